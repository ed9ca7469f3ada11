package headroom.ingest.otlp;

import org.jspecify.annotations.Nullable;

/** Reads OTLP's {@code KeyValue} into a key and a value as text. */
final class ProtobufKeyValue {
  private static final int KEY = 1 << 3 | WireReader.LENGTH;
  private static final int VALUE = 2 << 3 | WireReader.LENGTH;
  private static final int STRING = 1 << 3 | WireReader.LENGTH;
  private static final int BOOL = 2 << 3 | WireReader.VARINT;
  private static final int INT = 3 << 3 | WireReader.VARINT;
  private static final int DOUBLE = 4 << 3 | WireReader.FIXED64;
  private static final long VALUE_FIELDS = 1L << 1 | 1L << 2 | 1L << 3 | 1L << 4;

  private final WireReader wire;
  private final TextReader texts;
  private String key = "";
  private @Nullable String value;

  ProtobufKeyValue(WireReader wire, TextReader texts) {
    this.wire = wire;
    this.texts = texts;
  }

  String key() {
    return key;
  }

  /** The value as text; null for arrays, maps and bytes, which are not read. */
  @Nullable String value() {
    return value;
  }

  void read() throws MalformedTelemetryException {
    key = "";
    value = null;
    int outer = wire.enter("an attribute");
    while (wire.hasMore()) {
      int tag = wire.readTag();
      if (tag == KEY) {
        key = readText();
      } else if (tag == VALUE) {
        readValue();
      } else {
        wire.skipUnknown(tag, 1L << 1 | 1L << 2, "an attribute");
      }
    }
    wire.leave(outer);
  }

  private void readValue() throws MalformedTelemetryException {
    int outer = wire.enter("an attribute's value");
    while (wire.hasMore()) {
      int tag = wire.readTag();
      switch (tag) {
        case STRING -> value = readText();
        case INT -> value = Interner.digits(wire.readVarint("an integer"));
        case BOOL -> value = wire.readVarint("a boolean") != 0 ? "true" : "false";
        case DOUBLE -> value = Double.toString(wire.readDouble("a double"));
        default -> wire.skipUnknown(tag, VALUE_FIELDS, "an attribute's value");
      }
    }
    wire.leave(outer);
  }

  private String readText() throws MalformedTelemetryException {
    int length = wire.readLength("text");
    int from = wire.position();
    wire.goTo(from + length);
    return texts.read(wire.bytes(), from, length);
  }
}
