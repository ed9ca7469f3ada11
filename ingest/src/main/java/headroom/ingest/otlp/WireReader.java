package headroom.ingest.otlp;

/**
 * A cursor over protobuf's wire format: a range of bytes, a position, and the end of the message
 * that is being read. Nothing read is copied, and nothing is believed before it was checked against
 * that end.
 *
 * <p>Groups, deprecated before OTLP began, count as malformed.
 */
public final class WireReader {
  public static final int VARINT = 0;
  public static final int FIXED64 = 1;
  public static final int LENGTH = 2;
  public static final int FIXED32 = 5;

  private static final int MAX_VARINT_BYTES = 10;

  private byte[] bytes = {};
  private int start;
  private int position;
  private int end;

  public void reset(byte[] message, int from, int length) {
    bytes = message;
    start = from;
    position = from;
    end = from + length;
  }

  public byte[] bytes() {
    return bytes;
  }

  public int position() {
    return position;
  }

  int end() {
    return end;
  }

  public boolean hasMore() {
    return position < end;
  }

  /** Goes to a position within the present message. */
  public void goTo(int newPosition) {
    position = newPosition;
  }

  /** Reads a length and narrows the range to that many bytes; returns what {@link #leave} needs. */
  public int enter(String what) throws MalformedTelemetryException {
    int length = readLength(what);
    int outer = end;
    end = position + length;
    return outer;
  }

  /** Goes behind the message that was entered. */
  public void leave(int outer) {
    position = end;
    end = outer;
  }

  /** The next field's number and wire type, as they stand on the wire. */
  public int readTag() throws MalformedTelemetryException {
    int at = position;
    int first = bytes[position];
    if (first >= 0) {
      position++;
    }
    long tag = first >= 0 ? first : readVarint("a field's tag");
    if (tag >>> 3 == 0 || tag >>> 32 != 0) {
      throw malformed(at, "a field number from 1 to 2^29-1", "tag " + Long.toUnsignedString(tag));
    }
    return (int) tag;
  }

  public long readVarint(String what) throws MalformedTelemetryException {
    long value = 0;
    int from = position;
    int last = Math.min(end, from + MAX_VARINT_BYTES);
    for (int shift = 0; position < last; shift += 7) {
      byte next = bytes[position++];
      value |= (long) (next & 0x7F) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw malformed(
        from,
        what + " as a varint",
        position - from == MAX_VARINT_BYTES ? "more than 10 bytes of it" : "the message's end");
  }

  long readFixed64(String what) throws MalformedTelemetryException {
    need(Long.BYTES, what);
    long value = Bytes.littleLong(bytes, position);
    position += Long.BYTES;
    return value;
  }

  public double readDouble(String what) throws MalformedTelemetryException {
    return Double.longBitsToDouble(readFixed64(what));
  }

  public int readSigned32(String what) throws MalformedTelemetryException {
    int zigzag = (int) readVarint(what);
    return zigzag >>> 1 ^ -(zigzag & 1);
  }

  /** Reads the length of what follows, which is known to be there. */
  public int readLength(String what) throws MalformedTelemetryException {
    int at = position;
    long length = readVarint(what);
    if (length < 0 || length > end - position) {
      throw malformed(
          at,
          what + " of at most " + (end - position) + " bytes",
          "a length of " + Long.toUnsignedString(length));
    }
    return (int) length;
  }

  public void skip(int tag, String what) throws MalformedTelemetryException {
    switch (tag & 7) {
      case VARINT -> readVarint(what);
      case FIXED64 -> {
        need(Long.BYTES, what);
        position += Long.BYTES;
      }
      case LENGTH -> {
        int length = readLength(what);
        position += length;
      }
      case FIXED32 -> {
        need(Integer.BYTES, what);
        position += Integer.BYTES;
      }
      default -> throw malformed(position, "a wire type of 0, 1, 2 or 5", describe(tag));
    }
  }

  /**
   * Skips a field that is not read, unless it is one that is, in disguise.
   *
   * @param known the numbers of the fields that are read, one bit each
   */
  void skipUnknown(int tag, long known, String what) throws MalformedTelemetryException {
    requireUnknown(tag, position, known, what);
    skip(tag, what);
  }

  void requireUnknown(int tag, int at, long known, String what) throws MalformedTelemetryException {
    int field = tag >>> 3;
    if (field < Long.SIZE && (known >>> field & 1) != 0) {
      throw malformed(at, "the wire type OTLP gives a field of " + what, describe(tag));
    }
  }

  // What follows is for hot loops that keep the position themselves: each reads at a given position
  // within a message that ends at a given one, and leaves its own position behind what it read.

  int tagAt(int at, int to) throws MalformedTelemetryException {
    int outer = end;
    position = at;
    end = to;
    int tag = readTag();
    end = outer;
    return tag;
  }

  long varintAt(int at, int to) throws MalformedTelemetryException {
    int first = at < to ? bytes[at] : -1;
    position = at + 1;
    return first >= 0 ? first : longVarintAt(at, to);
  }

  /** Reads the length of what follows, which is known to be there. */
  int lengthAt(int at, int to) throws MalformedTelemetryException {
    int length = at < to ? bytes[at] : -1;
    position = at + 1;
    if (length < 0) {
      length = longLengthAt(at, to);
    }
    if (length > to - position) {
      throw tooLong(at, to, length);
    }
    return length;
  }

  /** Steps over the whole field whose tag stands there; returns the position behind it. */
  int skipFieldAt(int at, int to, long known, String what) throws MalformedTelemetryException {
    int tag = tagAt(at, to);
    return skipAt(tag, position, to, known, what);
  }

  /** Steps over the field whose tag stood before; returns the position behind it. */
  int skipAt(int tag, int at, int to, long known, String what) throws MalformedTelemetryException {
    int outer = end;
    position = at;
    end = to;
    skipUnknown(tag, known, what);
    end = outer;
    return position;
  }

  MalformedTelemetryException cut(int at, int to) {
    return malformed(at, "a number of 8 bytes", "the message's end after " + (to - at));
  }

  private int longLengthAt(int at, int to) throws MalformedTelemetryException {
    if (to - at >= 2 && bytes[at + 1] >= 0) {
      position = at + 2;
      return bytes[at + 1] << 7 | (bytes[at] & 0x7F);
    }
    long length = longVarintAt(at, to);
    if (length < 0 || length > to - position) {
      throw tooLong(at, to, length);
    }
    return (int) length;
  }

  private long longVarintAt(int at, int to) throws MalformedTelemetryException {
    int outer = end;
    position = at;
    end = to;
    long value = readVarint("a number");
    end = outer;
    return value;
  }

  private MalformedTelemetryException tooLong(int at, int to, long length) {
    return malformed(
        at, "a length of at most " + (to - position) + " bytes", Long.toUnsignedString(length));
  }

  MalformedTelemetryException malformed(int at, String expected, String got) {
    return new MalformedTelemetryException(at - start, expected, got);
  }

  static String describe(int tag) {
    return "field " + (tag >>> 3) + " with wire type " + (tag & 7);
  }

  private void need(int count, String what) throws MalformedTelemetryException {
    if (end - position < count) {
      throw malformed(
          position,
          what + " of " + count + " bytes",
          "the message's end after " + (end - position));
    }
  }
}
