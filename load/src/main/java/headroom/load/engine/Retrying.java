package headroom.load.engine;

import headroom.load.result.ErrorKind;

/**
 * A request that is sent again: what came of the attempts before, while the user pauses and then
 * waits for a connection.
 */
final class Retrying implements UserState {
  private int failed;
  private long firstSentNanos;
  private ErrorKind kind = ErrorKind.UNFINISHED;
  private String detail = "";
  private long endedNanos;
  private long dueNanos;

  /**
   * Another attempt has failed, and the next is to be made.
   *
   * @param sentNanos when it left; 0 for one that did not
   * @param endedNanos when it failed
   * @param dueNanos when the next is to be made
   */
  void failed(ErrorKind why, String because, long sentNanos, long endedNanos, long dueNanos) {
    failed++;
    kind = why;
    detail = because;
    firstSentNanos = firstSentNanos == 0 ? sentNanos : firstSentNanos;
    this.endedNanos = endedNanos;
    this.dueNanos = dueNanos;
  }

  /** Attempts that have failed. */
  int failed() {
    return failed;
  }

  /** When the request first left; 0 while it never has. */
  long firstSentNanos() {
    return firstSentNanos;
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
