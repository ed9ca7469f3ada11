package headroom.ingest.otlp;

import headroom.ingest.otlp.SpanAttributeKeys.Spelling;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of an earlier span of the same name, as they stood on the wire and as they were
 * understood. Most spans of one name begin with the same attributes in the same order, and a
 * comparison of two hundred bytes at once costs less than finding out what they mean:
 *
 * <pre>
 *   template  db.name=ledger | db.system=postgresql | db.statement=SELECT … | thread.id=40 | …
 *   next span db.name=ledger | db.system=postgresql | db.statement=SELECT … | thread.id=31 | …
 *             └────────────────────── equal ──────────────────────────────────┘
 * </pre>
 *
 * What differs is read the long way, unless it has the key of one that is not read, and the
 * comparison goes on behind it. Of limited size.
 */
final class AttributeTemplate {
  private static final int KEY = 1 << 3 | WireReader.LENGTH;
  private static final int MAX_BYTES = 2_048;
  private static final int MAX_ATTRIBUTES = 48;

  /** So many spans in a row must match badly before the template is taken anew. */
  private static final int PATIENCE = 3;

  private byte[] bytes = {};
  private int count;
  private int[] ends = {};
  private int[] keyStarts = {};
  private int[] keyEnds = {};
  private @Nullable Spelling[] spellings = {};
  private @Nullable String[] values = {};
  private int disappointments;

  int count() {
    return count;
  }

  /** Where an attribute begins. */
  int start(int index) {
    return index == 0 ? 0 : ends[index - 1];
  }

  int end(int index) {
    return ends[index];
  }

  /** Null when the attribute is not one that is read. */
  @Nullable Spelling spelling(int index) {
    return spellings[index];
  }

  @Nullable String value(int index) {
    return values[index];
  }

  /** Whether the content of an attribute begins with this one's key. */
  boolean hasKey(int index, byte[] message, int from, int length) {
    int keyFrom = keyStarts[index];
    int keyLength = keyEnds[index] - keyFrom;
    return keyLength > 0
        && keyLength <= length
        && Bytes.equal(bytes, keyFrom, message, from, keyLength);
  }

  /** How many bytes from {@code from} on equal the template's from {@code at} on. */
  int equalBytes(int at, byte[] message, int from, int to) {
    int limit = Math.min(ends[count - 1] - at, to - from);
    int mismatch = Arrays.mismatch(bytes, at, at + limit, message, from, from + limit);
    return mismatch < 0 ? limit : mismatch;
  }

  /** Whether to take the template anew, after a span of which so many attributes did not match. */
  boolean isOutdated(int matched, int unmatched) {
    if (matched >= unmatched) {
      disappointments = 0;
      return false;
    }
    return count == 0 || ++disappointments >= PATIENCE;
  }

  void clear() {
    count = 0;
    disappointments = 0;
  }

  /**
   * Adds the attribute whose field, tag included, stands in {@code [from, to)}; what does not fit
   * any more is left out, with all that would follow it.
   *
   * @param contentFrom where the tag and length of the field end
   * @return whether it was added
   */
  boolean add(
      byte[] message,
      int from,
      int to,
      int contentFrom,
      @Nullable Spelling spelling,
      @Nullable String value) {
    int start = start(count);
    int end = start + to - from;
    if (count == MAX_ATTRIBUTES || end > MAX_BYTES) {
      return false;
    }
    if (end > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.min(MAX_BYTES, end + end / 2));
    }
    if (count == ends.length) {
      int size = Math.min(MAX_ATTRIBUTES, count * 2 + 8);
      ends = Arrays.copyOf(ends, size);
      keyStarts = Arrays.copyOf(keyStarts, size);
      keyEnds = Arrays.copyOf(keyEnds, size);
      spellings = Arrays.copyOf(spellings, size);
      values = Arrays.copyOf(values, size);
    }
    System.arraycopy(message, from, bytes, start, to - from);
    ends[count] = end;
    keyStarts[count] = start + contentFrom - from;
    keyEnds[count] = keyEnd(keyStarts[count], end);
    spellings[count] = spelling;
    values[count] = value;
    count++;
    return true;
  }

  /** Where the key ends if it is short and stands first, as all senders have it; else its start. */
  private int keyEnd(int start, int end) {
    if (end - start < 2 || bytes[start] != KEY || bytes[start + 1] < 0) {
      return start;
    }
    int keyEnd = start + 2 + bytes[start + 1];
    return keyEnd <= end ? keyEnd : start;
  }
}
