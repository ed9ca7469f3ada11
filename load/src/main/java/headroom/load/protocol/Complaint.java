package headroom.load.protocol;

import headroom.load.result.ErrorKind;

/** What is wrong with an answer. */
public record Complaint(ErrorKind kind, String detail) {
  /** In a few words. */
  public String describe() {
    return switch (kind) {
      case STATUS, CHECK -> detail;
      case SAVE -> detail + " is not in the answer";
      case REDIRECT, SQL, TIMEOUT, CLOSED, BROKEN, PROTOCOL, TOO_LARGE -> labelled();
      case CONNECT, TLS, LOCAL, QUEUE_FULL, UNFINISHED -> labelled();
    };
  }

  private String labelled() {
    return detail.isEmpty() ? kind.label() : kind.label() + ": " + detail;
  }
}
