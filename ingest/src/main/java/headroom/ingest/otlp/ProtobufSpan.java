package headroom.ingest.otlp;

import headroom.ingest.otlp.SpanAttributeKeys.Spelling;
import headroom.model.Span;
import headroom.model.SpanAttribute;
import headroom.model.SpanKind;
import org.jspecify.annotations.Nullable;

/**
 * Fills a span from OTLP's {@code Span} message. This is the hot path of the whole product: the
 * position is a local variable, lengths of one byte are read in place, and everything that is not
 * needed is stepped over by its length.
 */
@SuppressWarnings("EnumOrdinal") // as an index that nobody stores
final class ProtobufSpan {
  private static final int TRACE_ID = 1 << 3 | WireReader.LENGTH;
  private static final int SPAN_ID = 2 << 3 | WireReader.LENGTH;
  private static final int PARENT_SPAN_ID = 4 << 3 | WireReader.LENGTH;
  private static final int NAME = 5 << 3 | WireReader.LENGTH;
  private static final int KIND = 6 << 3 | WireReader.VARINT;
  private static final int START_TIME = 7 << 3 | WireReader.FIXED64;
  private static final int END_TIME = 8 << 3 | WireReader.FIXED64;
  private static final int ATTRIBUTE = 9 << 3 | WireReader.LENGTH;
  private static final int LINK = 13 << 3 | WireReader.LENGTH;
  private static final int STATUS = 15 << 3 | WireReader.LENGTH;
  private static final long SPAN_FIELDS =
      1L << 1 | 1L << 2 | 1L << 4 | 1L << 5 | 1L << 6 | 1L << 7 | 1L << 8 | 1L << 9 | 1L << 13
          | 1L << 15;

  private static final int KEY = 1 << 3 | WireReader.LENGTH;
  private static final int VALUE = 2 << 3 | WireReader.LENGTH;
  private static final long KEY_VALUE_FIELDS = 1L << 1 | 1L << 2;

  private static final int STRING = 1 << 3 | WireReader.LENGTH;
  private static final int BOOL = 2 << 3 | WireReader.VARINT;
  private static final int INT = 3 << 3 | WireReader.VARINT;
  private static final int DOUBLE = 4 << 3 | WireReader.FIXED64;
  private static final long VALUE_FIELDS = 1L << 1 | 1L << 2 | 1L << 3 | 1L << 4;

  private static final int STATUS_CODE = 3 << 3 | WireReader.VARINT;
  private static final int STATUS_CODE_ERROR = 2;

  private final WireReader wire;
  private final TextReader texts;
  private final Span span;

  /** The rank of the spelling that each attribute of the present span was read from. */
  private final byte[] ranks = new byte[SpanAttribute.values().length];

  private boolean idsValid;

  /** The position behind what a helper read. */
  private int next;

  ProtobufSpan(WireReader wire, TextReader texts, Span span) {
    this.wire = wire;
    this.texts = texts;
    this.span = span;
  }

  /**
   * Reads the message in {@code [from, to)}.
   *
   * @return whether the ids had a valid length
   */
  boolean read(int from, int to) throws MalformedTelemetryException {
    byte[] bytes = wire.bytes();
    span.clear();
    idsValid = true;
    int position = from;
    while (position < to) {
      int tag = bytes[position++];
      if (tag <= 0) {
        tag = longTag(position - 1, to);
        position = next;
      }
      switch (tag & 7) {
        case WireReader.LENGTH -> {
          int length = length(bytes, position, to);
          position = next;
          lengthField(bytes, tag, position, length);
          position += length;
        }
        case WireReader.FIXED64 -> {
          if (to - position < Long.BYTES) {
            throw cut(position, to);
          }
          fixedField(tag, position, Bytes.littleLong(bytes, position));
          position += Long.BYTES;
        }
        case WireReader.VARINT -> {
          long value = varint(bytes, position, to);
          varintField(tag, position, value);
          position = next;
        }
        default -> position = skipOther(tag, position, to);
      }
    }
    return idsValid;
  }

  private void lengthField(byte[] bytes, int tag, int at, int length)
      throws MalformedTelemetryException {
    switch (tag) {
      case ATTRIBUTE -> attribute(bytes, at, at + length);
      case TRACE_ID -> {
        if (length == 2 * Long.BYTES) {
          span.traceIdHigh = Bytes.bigLong(bytes, at);
          span.traceIdLow = Bytes.bigLong(bytes, at + Long.BYTES);
        } else {
          idsValid = false;
        }
      }
      case SPAN_ID -> span.spanId = id(bytes, at, length);
      case PARENT_SPAN_ID -> span.parentSpanId = length == 0 ? 0 : id(bytes, at, length);
      case NAME -> span.name = texts.read(bytes, at, length);
      case STATUS -> status(at, at + length);
      case LINK -> span.links++;
      default -> requireUnknown(tag, SPAN_FIELDS, at);
    }
  }

  private void fixedField(int tag, int at, long value) throws MalformedTelemetryException {
    if (tag == START_TIME) {
      span.startNanos = value;
    } else if (tag == END_TIME) {
      span.endNanos = value;
    } else {
      requireUnknown(tag, SPAN_FIELDS, at);
    }
  }

  private void varintField(int tag, int at, long value) throws MalformedTelemetryException {
    if (tag == KIND) {
      span.kind = SpanKind.ofWire((int) value);
    } else {
      requireUnknown(tag, SPAN_FIELDS, at);
    }
  }

  private long id(byte[] bytes, int at, int length) {
    if (length == Long.BYTES) {
      return Bytes.bigLong(bytes, at);
    }
    idsValid = false;
    return 0;
  }

  private void attribute(byte[] bytes, int from, int to) throws MalformedTelemetryException {
    Spelling spelling = null;
    int valueFrom = -1;
    int valueTo = -1;
    int position = from;
    while (position < to) {
      int tag = bytes[position++];
      if (tag == KEY) {
        int length = length(bytes, position, to);
        position = next;
        spelling = SpanAttributeKeys.find(bytes, position, length);
        if (spelling == null) {
          return;
        }
        position += length;
      } else if (tag == VALUE) {
        int length = length(bytes, position, to);
        valueFrom = next;
        valueTo = valueFrom + length;
        position = valueTo;
      } else {
        position = skipField(position - 1, to, KEY_VALUE_FIELDS);
      }
    }
    if (spelling != null && valueFrom >= 0) {
      String value = value(bytes, valueFrom, valueTo);
      if (value != null) {
        set(spelling, value);
      }
    }
  }

  private void set(Spelling spelling, String value) {
    SpanAttribute attribute = spelling.attribute;
    int index = attribute.ordinal();
    if (span.get(attribute) == null || spelling.rank <= ranks[index]) {
      span.set(attribute, value);
      ranks[index] = (byte) spelling.rank;
    }
  }

  /** The value as text; null for arrays, maps and bytes, which are not read. */
  private @Nullable String value(byte[] bytes, int from, int to)
      throws MalformedTelemetryException {
    String value = null;
    int position = from;
    while (position < to) {
      int tag = bytes[position++];
      switch (tag) {
        case STRING -> {
          int length = length(bytes, position, to);
          position = next;
          value = texts.read(bytes, position, length);
          position += length;
        }
        case INT -> {
          value = Interner.digits(varint(bytes, position, to));
          position = next;
        }
        case BOOL -> {
          value = varint(bytes, position, to) != 0 ? "true" : "false";
          position = next;
        }
        case DOUBLE -> {
          if (to - position < Long.BYTES) {
            throw cut(position, to);
          }
          value = Double.toString(Double.longBitsToDouble(Bytes.littleLong(bytes, position)));
          position += Long.BYTES;
        }
        default -> position = skipField(position - 1, to, VALUE_FIELDS);
      }
    }
    return value;
  }

  private void status(int from, int to) throws MalformedTelemetryException {
    byte[] bytes = wire.bytes();
    int position = from;
    while (position < to) {
      int tag = bytes[position++];
      if (tag == STATUS_CODE) {
        span.error = varint(bytes, position, to) == STATUS_CODE_ERROR;
        position = next;
      } else {
        position = skipField(position - 1, to, 1L << 3);
      }
    }
  }

  /** Reads the length of what follows up to {@code to}; {@link #next} is where that begins. */
  private int length(byte[] bytes, int position, int to) throws MalformedTelemetryException {
    int length = position < to ? bytes[position] : -1;
    next = position + 1;
    if (length < 0) {
      length = longLength(position, to);
    }
    if (length > to - next) {
      throw wire.malformed(
          position, "a length of at most " + (to - next), Integer.toString(length));
    }
    return length;
  }

  private int longLength(int position, int to) throws MalformedTelemetryException {
    long length = longVarint(position, to);
    if (length < 0 || length > to - next) {
      throw wire.malformed(
          position, "a length of at most " + (to - next), Long.toUnsignedString(length));
    }
    return (int) length;
  }

  private long varint(byte[] bytes, int position, int to) throws MalformedTelemetryException {
    int first = position < to ? bytes[position] : -1;
    if (first < 0) {
      return longVarint(position, to);
    }
    next = position + 1;
    return first;
  }

  private long longVarint(int position, int to) throws MalformedTelemetryException {
    wire.goTo(position);
    int outer = wire.narrow(to);
    long value = wire.readVarint("a number");
    wire.widen(outer);
    next = wire.position();
    return value;
  }

  private int longTag(int position, int to) throws MalformedTelemetryException {
    wire.goTo(position);
    int outer = wire.narrow(to);
    int tag = wire.readTag();
    wire.widen(outer);
    next = wire.position();
    return tag;
  }

  /** Steps over the whole field whose tag stands at {@code position}. */
  private int skipField(int position, int to, long known) throws MalformedTelemetryException {
    wire.goTo(position);
    int outer = wire.narrow(to);
    int tag = wire.readTag();
    wire.skipUnknown(tag, known, "an attribute or status");
    wire.widen(outer);
    return wire.position();
  }

  private int skipOther(int tag, int position, int to) throws MalformedTelemetryException {
    wire.goTo(position);
    int outer = wire.narrow(to);
    wire.skipUnknown(tag, SPAN_FIELDS, "a span");
    wire.widen(outer);
    return wire.position();
  }

  private void requireUnknown(int tag, long known, int at) throws MalformedTelemetryException {
    int field = tag >>> 3;
    if (field < Long.SIZE && (known >>> field & 1) != 0) {
      throw wire.malformed(
          at, "the wire type OTLP gives a field of a span", WireReader.describe(tag));
    }
  }

  private MalformedTelemetryException cut(int position, int to) {
    return wire.malformed(
        position, "a number of 8 bytes", "the message's end after " + (to - position));
  }
}
