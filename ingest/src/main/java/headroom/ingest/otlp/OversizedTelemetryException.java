package headroom.ingest.otlp;

/** A body that unpacks to more than is allowed, whatever it declares. */
public final class OversizedTelemetryException extends MalformedTelemetryException {
  private static final long serialVersionUID = 1;

  /**
   * @param packedBytes how long the body is as sent
   * @param maxBytes what it may unpack to
   */
  public OversizedTelemetryException(long packedBytes, long maxBytes) {
    super(
        maxBytes,
        "body of %,d bytes unpacks to more than %,d bytes; send smaller batches"
            .formatted(packedBytes, maxBytes));
  }
}
