package headroom.load.engine;

import headroom.load.result.ErrorKind;

/** A request that is sent again: what came of the attempts before. */
final class Retrying {
  /** When the request first left; 0 while it never has. */
  long firstSentNanos;

  /** Attempts that have failed. */
  int failed;

  private ErrorKind kind = ErrorKind.UNFINISHED;
  private String detail = "";
  private long endedNanos;
  private long dueNanos;

  /**
   * Another attempt has failed.
   *
   * @param endedNanos when that was
   * @param dueNanos when the next is to be made
   */
  void failed(ErrorKind kind, String detail, long endedNanos, long dueNanos) {
    failed++;
    this.kind = kind;
    this.detail = detail;
    this.endedNanos = endedNanos;
    this.dueNanos = dueNanos;
  }

  /** Why the last attempt failed. */
  ErrorKind kind() {
    return kind;
  }

  String detail() {
    return detail;
  }

  /** When the last attempt ended. */
  long endedNanos() {
    return endedNanos;
  }

  /** When the next attempt is to be made. */
  long dueNanos() {
    return dueNanos;
  }
}
