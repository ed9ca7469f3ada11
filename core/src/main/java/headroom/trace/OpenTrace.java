package headroom.trace;

import headroom.model.Resource;
import headroom.model.SpanKind;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The spans of one trace as far as they have arrived: a row each in parallel arrays, with an index
 * from span id to row. Reused for other traces.
 *
 * <pre>
 *   row  spanId parentId start end  kind    flags     name                  target
 *   0    7      5        120   180  CLIENT  DATABASE  SELECT … WHERE id = ?  ledger
 *   1    5      0        100   200  SERVER  -         POST /exchange         ""
 * </pre>
 */
final class OpenTrace {
  static final int ERROR = 1;
  static final int DATABASE = 2;
  static final int RESENT = 4;

  /** Of a database, but no statement: a connection is got. */
  static final int GETTING = 8;

  /** What a row takes, with its share of the index. */
  static final int BYTES_PER_ROW = 4 * Long.BYTES + 2 + 3 * Integer.BYTES + 2 * Integer.BYTES;

  private static final int FIRST_CAPACITY = 16;

  long idHigh;
  long idLow;
  long firstSeenNanos;
  long lastSeenNanos;
  boolean hasRoot;

  /** Neighbours in order of last arrival; null at the ends. */
  @Nullable OpenTrace older;

  @Nullable OpenTrace newer;

  int size;
  long[] spanId = new long[FIRST_CAPACITY];
  long[] parentId = new long[FIRST_CAPACITY];
  long[] startNanos = new long[FIRST_CAPACITY];
  long[] endNanos = new long[FIRST_CAPACITY];
  SpanKind[] kind = new SpanKind[FIRST_CAPACITY];
  byte[] flags = new byte[FIRST_CAPACITY];
  Resource[] resource = new Resource[FIRST_CAPACITY];
  String[] name = new String[FIRST_CAPACITY];
  String[] target = new String[FIRST_CAPACITY];

  /** Row + 1 by hash of the span id, at most half full; 0 where there is none. */
  private int[] index = new int[2 * FIRST_CAPACITY];

  int capacity() {
    return spanId.length;
  }

  /** The row of a span, -1 when it has not arrived. */
  int find(long id) {
    int mask = index.length - 1;
    for (int slot = slot(id, mask); index[slot] != 0; slot = (slot + 1) & mask) {
      int row = index[slot] - 1;
      if (spanId[row] == id) {
        return row;
      }
    }
    return -1;
  }

  /** A new row for a span that has none; the caller fills it in. */
  int add(long id) {
    if (size == spanId.length) {
      grow();
    }
    spanId[size] = id;
    insert(id, size);
    return size++;
  }

  boolean has(int row, int flag) {
    return (flags[row] & flag) != 0;
  }

  boolean isEntryKind(int row) {
    return kind[row] == SpanKind.SERVER || kind[row] == SpanKind.CONSUMER;
  }

  boolean isClientKind(int row) {
    return kind[row] == SpanKind.CLIENT || kind[row] == SpanKind.PRODUCER;
  }

  private void insert(long id, int row) {
    int mask = index.length - 1;
    int slot = slot(id, mask);
    while (index[slot] != 0) {
      slot = (slot + 1) & mask;
    }
    index[slot] = row + 1;
  }

  private static int slot(long id, int mask) {
    long mixed = id * 0x9E3779B97F4A7C15L;
    return (int) (mixed >>> 32) & mask;
  }

  private void grow() {
    int capacity = size * 2;
    spanId = Arrays.copyOf(spanId, capacity);
    parentId = Arrays.copyOf(parentId, capacity);
    startNanos = Arrays.copyOf(startNanos, capacity);
    endNanos = Arrays.copyOf(endNanos, capacity);
    kind = Arrays.copyOf(kind, capacity);
    flags = Arrays.copyOf(flags, capacity);
    resource = Arrays.copyOf(resource, capacity);
    name = Arrays.copyOf(name, capacity);
    target = Arrays.copyOf(target, capacity);
    index = new int[2 * capacity];
    for (int row = 0; row < size; row++) {
      insert(spanId[row], row);
    }
  }

  /** Makes it an empty trace with this id. */
  void reset(long high, long low, long nowNanos) {
    idHigh = high;
    idLow = low;
    firstSeenNanos = nowNanos;
    lastSeenNanos = nowNanos;
    hasRoot = false;
    older = null;
    newer = null;
    size = 0;
    Arrays.fill(index, 0);
  }
}
