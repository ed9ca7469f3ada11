package headroom.model;

/** OpenTelemetry's span kinds, in the order of their numbers on the wire. */
public enum SpanKind {
  UNSPECIFIED,
  INTERNAL,
  SERVER,
  CLIENT,
  PRODUCER,
  CONSUMER;

  private static final SpanKind[] VALUES = values();

  /** The kind with this number on the wire; {@link #UNSPECIFIED} for an unknown one. */
  public static SpanKind ofWire(int number) {
    return number >= 0 && number < VALUES.length ? VALUES[number] : UNSPECIFIED;
  }
}
