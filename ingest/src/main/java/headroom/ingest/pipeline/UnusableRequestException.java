package headroom.ingest.pipeline;

/** A request that nobody can read, however often it is sent; the message is for its sender. */
public final class UnusableRequestException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Reason reason;

  public UnusableRequestException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }

  /** Why a request cannot be used. */
  public enum Reason {
    /** Truncated, garbage, not the message that the path promises. */
    MALFORMED,
    /** Larger than the limit, before or after decompression. */
    TOO_LARGE,
    /** A content type or compression that is not spoken here. */
    UNSUPPORTED
  }
}
