package headroom.server.otlp;

/** There is no room for the request now; the same request may succeed a little later. */
final class OverloadedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Cause cause;

  OverloadedException(Cause cause, String message) {
    super(message);
    this.cause = cause;
  }

  Cause reason() {
    return cause;
  }

  enum Cause {
    BUSY,
    STOPPING
  }
}
