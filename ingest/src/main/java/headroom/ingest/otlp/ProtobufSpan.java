package headroom.ingest.otlp;

import headroom.model.Span;
import headroom.model.SpanKind;

/**
 * Fills a span from OTLP's {@code Span} message. This is the hot path of the whole product: the
 * position is a local variable, lengths of one byte are read in place, and everything that is not
 * needed is stepped over by its length.
 */
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

  /** The two bytes of the tag of {@code flags}, which every span has and nobody reads here. */
  private static final byte FLAGS_LOW = (byte) 0x85;

  private static final byte FLAGS_HIGH = 1;

  /** The rest of the tag and the value. */
  private static final int FLAGS_BYTES = 1 + Integer.BYTES;

  private static final int STATUS_CODE = 3 << 3 | WireReader.VARINT;
  private static final int STATUS_CODE_ERROR = 2;

  private final WireReader wire;
  private final TextReader texts;
  private final Span span;
  private final SpanAttributeReader attributes;
  private final SpanNames names;

  /** What is known of spans of the present one's name, null when that is not known yet. */
  private AttributeTemplate template;

  /** Takes the place of a template where none can be had. */
  private final AttributeTemplate none = new AttributeTemplate();

  private boolean idsValid;

  ProtobufSpan(WireReader wire, TextReader texts, IngestLimits limits, Span span) {
    this.wire = wire;
    this.texts = texts;
    this.span = span;
    attributes = new SpanAttributeReader(wire, texts, limits, span);
    names = new SpanNames(texts, limits);
    template = none;
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
    template = none;
    attributes.begin();
    int position = from;
    while (position < to) {
      int tag = bytes[position++];
      if (tag <= 0) {
        if (tag == FLAGS_LOW && to - position >= FLAGS_BYTES && bytes[position] == FLAGS_HIGH) {
          position += FLAGS_BYTES;
          continue;
        }
        tag = wire.tagAt(position - 1, to);
        position = wire.position();
      }
      if (tag == ATTRIBUTE) {
        position = attributes.read(template, position, to);
        continue;
      }
      switch (tag & 7) {
        case WireReader.LENGTH -> {
          int length = wire.lengthAt(position, to);
          position = wire.position();
          lengthField(bytes, tag, position, length);
          position += length;
        }
        case WireReader.FIXED64 -> {
          if (to - position < Long.BYTES) {
            throw wire.cut(position, to);
          }
          fixedField(tag, position, Bytes.littleLong(bytes, position));
          position += Long.BYTES;
        }
        case WireReader.VARINT -> {
          long value = wire.varintAt(position, to);
          varintField(tag, position, value);
          position = wire.position();
        }
        default -> position = wire.skipAt(tag, position, to, SPAN_FIELDS, "a span");
      }
    }
    if (template != none && attributes.findsOutdated(template)) {
      renew(from, to);
    }
    return idsValid;
  }

  private void lengthField(byte[] bytes, int tag, int at, int length)
      throws MalformedTelemetryException {
    switch (tag) {
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
      case NAME -> name(bytes, at, length);
      case STATUS -> status(bytes, at, at + length);
      case LINK -> span.links++;
      default -> wire.requireUnknown(tag, at, SPAN_FIELDS, "a span");
    }
  }

  private void fixedField(int tag, int at, long value) throws MalformedTelemetryException {
    if (tag == START_TIME) {
      span.startNanos = value;
    } else if (tag == END_TIME) {
      span.endNanos = value;
    } else {
      wire.requireUnknown(tag, at, SPAN_FIELDS, "a span");
    }
  }

  private void varintField(int tag, int at, long value) throws MalformedTelemetryException {
    if (tag == KIND) {
      span.kind = SpanKind.ofWire((int) value);
    } else {
      wire.requireUnknown(tag, at, SPAN_FIELDS, "a span");
    }
  }

  private long id(byte[] bytes, int at, int length) {
    if (length == Long.BYTES) {
      return Bytes.bigLong(bytes, at);
    }
    idsValid = false;
    return 0;
  }

  /** Names are few, so each has room for a template of what usually follows it. */
  private void name(byte[] bytes, int from, int length) {
    if (!names.canHold(length)) {
      span.name = texts.read(bytes, from, length);
      return;
    }
    SpanNames.Entry entry = names.get(bytes, from, length);
    span.name = entry.text;
    template = entry.template;
  }

  private void status(byte[] bytes, int from, int to) throws MalformedTelemetryException {
    int position = from;
    while (position < to) {
      int tag = bytes[position++];
      if (tag == STATUS_CODE) {
        span.error = wire.varintAt(position, to) == STATUS_CODE_ERROR;
        position = wire.position();
      } else {
        position = wire.skipFieldAt(position - 1, to, 1L << 3, "a status");
      }
    }
  }

  /** Goes through the span once more and takes its attributes as the template. */
  private void renew(int from, int to) throws MalformedTelemetryException {
    template.clear();
    int position = from;
    while (position < to) {
      int fieldFrom = position;
      int tag = wire.tagAt(position, to);
      if (tag == ATTRIBUTE) {
        if (!attributes.addTo(template, fieldFrom, wire.position(), to)) {
          return;
        }
        position = wire.position();
      } else {
        position = wire.skipFieldAt(position, to, 0, "a span");
      }
    }
  }
}
