package headroom.ingest.otlp;

import java.util.Arrays;

/**
 * The names of spans that were seen lately, each with a template of the attributes that usually
 * follow it. Of fixed size: a name takes the place of an older one, and its arrays. Not safe for
 * use by several threads.
 */
final class SpanNames {
  /** A name as it stands on the wire, and what is known of its spans. */
  static final class Entry {
    final AttributeTemplate template = new AttributeTemplate();
    String text = "";
    private byte[] bytes = {};
    private int length = -1;
  }

  private static final int MAX_BYTES = 256;
  private static final int BITS = 9;
  private static final long MIX_FIRST = 0x9E3779B97F4A7C15L;
  private static final long MIX_LAST = 0xD6E8FEB86659FD93L;

  private final Entry[] entries = new Entry[1 << BITS];
  private final TextReader texts;
  private final int maxBytes;

  SpanNames(TextReader texts, IngestLimits limits) {
    this.texts = texts;
    maxBytes = Math.min(MAX_BYTES, limits.maxValueBytes());
    Arrays.setAll(entries, i -> new Entry());
  }

  /** Longer names are read without being remembered. */
  boolean canHold(int length) {
    return length <= maxBytes;
  }

  /** The entry of a name that {@link #canHold}; one that was not there has an empty template. */
  Entry get(byte[] bytes, int from, int length) {
    int slot = slot(bytes, from, length);
    Entry entry = entries[slot];
    if (entry.length == length && Bytes.equal(entry.bytes, 0, bytes, from, length)) {
      return entry;
    }
    Entry other = entries[slot ^ 1];
    if (other.length == length && Bytes.equal(other.bytes, 0, bytes, from, length)) {
      return other;
    }
    entries[slot ^ 1] = entry;
    entries[slot] = other;
    set(other, bytes, from, length);
    return other;
  }

  private void set(Entry entry, byte[] bytes, int from, int length) {
    if (entry.bytes.length < length) {
      entry.bytes = new byte[length];
    }
    System.arraycopy(bytes, from, entry.bytes, 0, length);
    entry.length = length;
    entry.text = texts.read(bytes, from, length);
    entry.template.clear();
  }

  /** By three samples of eight bytes: good enough where a collision costs little. */
  private static int slot(byte[] bytes, int from, int length) {
    if (length < Long.BYTES) {
      return Bytes.hash(bytes, from, length) >>> (Integer.SIZE - BITS);
    }
    long first = Bytes.littleLong(bytes, from);
    long middle = Bytes.littleLong(bytes, from + (length >>> 1) - 4);
    long last = Bytes.littleLong(bytes, from + length - Long.BYTES);
    long sum = (first ^ length) * MIX_FIRST + (middle ^ (last * MIX_LAST));
    return (int) (((sum ^ (sum >>> 29)) * MIX_FIRST) >>> (Long.SIZE - BITS));
  }
}
