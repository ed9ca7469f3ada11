package headroom.ingest.otlp;

import headroom.ingest.otlp.SpanAttributeKeys.Spelling;
import headroom.model.Span;
import headroom.model.SpanAttribute;
import org.jspecify.annotations.Nullable;

/**
 * Sets a span's attributes from OTLP's {@code KeyValue} messages. Three ways, the cheapest first:
 * the template of the span's name, the memo of single attributes, and reading key and value.
 */
@SuppressWarnings("EnumOrdinal") // as an index that nobody stores
final class SpanAttributeReader {
  /** The field of a span that an attribute is. */
  private static final int TAG = 9 << 3 | WireReader.LENGTH;

  private static final int KEY = 1 << 3 | WireReader.LENGTH;
  private static final int VALUE = 2 << 3 | WireReader.LENGTH;
  private static final long KEY_VALUE_FIELDS = 1L << 1 | 1L << 2;

  private static final int STRING = 1 << 3 | WireReader.LENGTH;
  private static final int BOOL = 2 << 3 | WireReader.VARINT;
  private static final int INT = 3 << 3 | WireReader.VARINT;
  private static final int DOUBLE = 4 << 3 | WireReader.FIXED64;
  private static final long VALUE_FIELDS = 1L << 1 | 1L << 2 | 1L << 3 | 1L << 4;

  private final WireReader wire;
  private final TextReader texts;
  private final Span span;
  private final int maxTemplateField;

  /** The rank of the spelling that each attribute of the present span was read from. */
  private final byte[] ranks = new byte[SpanAttribute.values().length];

  /** The attribute of the template that is compared next. */
  private int cursor;

  private int unmatched;

  /** What was read last: null where it is not read. */
  private @Nullable Spelling spelling;

  private @Nullable String value;

  SpanAttributeReader(WireReader wire, TextReader texts, IngestLimits limits, Span span) {
    this.wire = wire;
    this.texts = texts;
    this.span = span;
    maxTemplateField = limits.maxValueBytes();
  }

  /** Begins a span. */
  void begin() {
    cursor = 0;
    unmatched = 0;
  }

  /**
   * Reads the attribute whose tag ends before {@code position}, and those behind it that equal the
   * template's.
   *
   * @return the position behind what was read
   */
  int read(AttributeTemplate template, int position, int to) throws MalformedTelemetryException {
    byte[] bytes = wire.bytes();
    int at = position;
    if (cursor < template.count()) {
      at = readEqual(template, position - 1, to);
      if (cursor == template.count() || at >= to || bytes[at] != TAG) {
        return at;
      }
      at++;
    }
    int length = wire.lengthAt(at, to);
    int from = wire.position();
    if (cursor < template.count()) {
      int index = cursor++;
      if (template.spelling(index) == null && template.hasKey(index, bytes, from, length)) {
        return from + length;
      }
    }
    unmatched++;
    readKeyValue(bytes, from, from + length);
    set(spelling, value);
    return from + length;
  }

  /** Whether too little of the span that was read equalled its template. */
  boolean findsOutdated(AttributeTemplate template) {
    return template.isOutdated(cursor - unmatched, unmatched);
  }

  /**
   * Adds the attribute whose field, tag included, begins at {@code fieldFrom} to a template, and
   * does nothing else.
   *
   * @return whether there was room for it; the wire's position is then behind it
   */
  boolean addTo(AttributeTemplate template, int fieldFrom, int position, int to)
      throws MalformedTelemetryException {
    int length = wire.lengthAt(position, to);
    int from = wire.position();
    if (length > maxTemplateField) {
      return false;
    }
    readKeyValue(wire.bytes(), from, from + length);
    wire.goTo(from + length);
    return template.add(wire.bytes(), fieldFrom, from + length, from, spelling, value);
  }

  /** Sets the attributes that equal the template's; returns the position behind them. */
  private int readEqual(AttributeTemplate template, int from, int to) {
    int start = template.start(cursor);
    int equal = start + template.equalBytes(start, wire.bytes(), from, to);
    int index = cursor;
    int count = template.count();
    while (index < count && template.end(index) <= equal) {
      set(template.spelling(index), template.value(index));
      index++;
    }
    cursor = index;
    return from + template.start(index) - start;
  }

  private void set(@Nullable Spelling found, @Nullable String text) {
    if (found == null || text == null) {
      return;
    }
    SpanAttribute attribute = found.attribute;
    int index = attribute.ordinal();
    if (span.get(attribute) == null || found.rank <= ranks[index]) {
      span.set(attribute, text);
      ranks[index] = (byte) found.rank;
    }
  }

  /** Leaves what it read in {@link #spelling} and {@link #value}. */
  private void readKeyValue(byte[] bytes, int from, int to) throws MalformedTelemetryException {
    spelling = null;
    value = null;
    int valueFrom = -1;
    int valueTo = -1;
    int position = from;
    while (position < to) {
      int tag = bytes[position++];
      if (tag == KEY) {
        int length = wire.lengthAt(position, to);
        position = wire.position();
        spelling = SpanAttributeKeys.find(bytes, position, length);
        if (spelling == null) {
          return;
        }
        position += length;
      } else if (tag == VALUE) {
        int length = wire.lengthAt(position, to);
        valueFrom = wire.position();
        valueTo = valueFrom + length;
        position = valueTo;
      } else {
        position = wire.skipFieldAt(position - 1, to, KEY_VALUE_FIELDS, "an attribute");
      }
    }
    if (spelling != null && valueFrom >= 0) {
      value = readValue(bytes, valueFrom, valueTo);
    }
  }

  /** The value as text; null for arrays, maps and bytes, which are not read. */
  private @Nullable String readValue(byte[] bytes, int from, int to)
      throws MalformedTelemetryException {
    String text = null;
    int position = from;
    while (position < to) {
      int tag = bytes[position++];
      switch (tag) {
        case STRING -> {
          int length = wire.lengthAt(position, to);
          position = wire.position();
          text = texts.read(bytes, position, length);
          position += length;
        }
        case INT -> {
          text = Interner.digits(wire.varintAt(position, to));
          position = wire.position();
        }
        case BOOL -> {
          text = wire.varintAt(position, to) != 0 ? "true" : "false";
          position = wire.position();
        }
        case DOUBLE -> {
          if (to - position < Long.BYTES) {
            throw wire.cut(position, to);
          }
          text = Double.toString(Double.longBitsToDouble(Bytes.littleLong(bytes, position)));
          position += Long.BYTES;
        }
        default ->
            position = wire.skipFieldAt(position - 1, to, VALUE_FIELDS, "an attribute's value");
      }
    }
    return text;
  }
}
