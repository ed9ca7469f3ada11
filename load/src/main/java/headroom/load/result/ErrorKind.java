package headroom.load.result;

/** Why a request failed. */
public enum ErrorKind {
  /** An answer of a status that the step does not expect. */
  STATUS("unexpected status"),
  /** An answer whose content the step does not expect. */
  CHECK("check failed"),
  /** An answer without a value that a later step needs. */
  SAVE("value to save not found"),
  /** An answer that only says where to ask instead, and was not followed, or not to its end. */
  REDIRECT("redirect not followed"),
  /** A statement that the database refused. */
  SQL("statement failed"),
  /** No complete answer within the timeout. */
  TIMEOUT("timed out"),
  /** The target closed the connection before the answer was complete. */
  CLOSED("connection closed"),
  /** The connection broke while the request or its answer was under way. */
  BROKEN("connection broken"),
  /** The answer was not HTTP. */
  PROTOCOL("malformed answer"),
  /** The answer was longer than the limit. */
  TOO_LARGE("answer too large"),
  /** No connection was accepted. */
  CONNECT("cannot connect"),
  /** No connection could be secured. */
  TLS("TLS failed"),
  /** This machine had no port or file descriptor left. */
  LOCAL("out of local ports or files"),
  /** The queue for connections was full. */
  QUEUE_FULL("queue full"),
  /** Still under way when the run ended. */
  UNFINISHED("unfinished at the end");

  private final String label;

  ErrorKind(String label) {
    this.label = label;
  }

  /** For people. */
  public String label() {
    return label;
  }

  /** Whether the request had left before it failed, so that its time means something. */
  public boolean wasSent() {
    return switch (this) {
      case STATUS, CHECK, SAVE, REDIRECT, SQL, TOO_LARGE -> true;
      case TIMEOUT, CLOSED, BROKEN, PROTOCOL -> true;
      case CONNECT, TLS, LOCAL, QUEUE_FULL, UNFINISHED -> false;
    };
  }

  /** Whether the target did answer, though not as it should. */
  public boolean wasAnswered() {
    return switch (this) {
      case STATUS, CHECK, SAVE, REDIRECT, SQL, TOO_LARGE -> true;
      case TIMEOUT, CLOSED, BROKEN, PROTOCOL, CONNECT, TLS, LOCAL, QUEUE_FULL, UNFINISHED -> false;
    };
  }
}
