package headroom.ingest.otlp;

/**
 * Bytes that are not the telemetry they claim to be. Sending them again does not help.
 *
 * <p>It tells about data, not about code, and garbage may come by the thousand: so it carries no
 * stack trace.
 */
public class MalformedTelemetryException extends Exception {
  private static final long serialVersionUID = 1;

  private final long offset;

  /**
   * @param offset of the byte, within the message, at which reading stopped
   * @param expected what should have stood there
   * @param got what stands there
   */
  public MalformedTelemetryException(long offset, String expected, String got) {
    this(offset, "at byte " + offset + ": expected " + expected + ", got " + got);
  }

  MalformedTelemetryException(long offset, String message) {
    super(message, null, false, false);
    this.offset = offset;
  }

  /** The byte, within the message, at which reading stopped. */
  public long offset() {
    return offset;
  }
}
