package headroom.ingest.pipeline;

/** There is no room for the request now; the same request may succeed a little later. */
public final class OverloadedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Cause cause;

  OverloadedException(Cause cause, String message) {
    super(message);
    this.cause = cause;
  }

  public Cause reason() {
    return cause;
  }

  /** Why there is no room. */
  public enum Cause {
    BUSY,
    STOPPING
  }
}
