package headroom.trace;

import org.jspecify.annotations.Nullable;

/** Open traces by trace id: open addressing, at most half full, of a size fixed beforehand. */
final class TraceTable {
  private final @Nullable OpenTrace[] slots;
  private final int mask;
  private int size;

  TraceTable(int maxTraces) {
    int length = Integer.highestOneBit(Math.max(2, maxTraces) * 2 - 1) * 2;
    slots = new OpenTrace[length];
    mask = length - 1;
  }

  int size() {
    return size;
  }

  @Nullable OpenTrace find(long high, long low) {
    int slot = home(high, low);
    for (OpenTrace trace = slots[slot]; trace != null; trace = slots[slot]) {
      if (trace.idLow == low && trace.idHigh == high) {
        return trace;
      }
      slot = (slot + 1) & mask;
    }
    return null;
  }

  void add(OpenTrace trace) {
    int slot = home(trace.idHigh, trace.idLow);
    while (slots[slot] != null) {
      slot = (slot + 1) & mask;
    }
    slots[slot] = trace;
    size++;
  }

  void remove(OpenTrace trace) {
    int slot = home(trace.idHigh, trace.idLow);
    while (slots[slot] != trace) {
      slot = (slot + 1) & mask;
    }
    slots[slot] = null;
    size--;
    closeGap(slot);
  }

  /** Moves those behind the gap that cannot be found across it. */
  private void closeGap(int gap) {
    int slot = (gap + 1) & mask;
    for (OpenTrace trace = slots[slot]; trace != null; trace = slots[slot]) {
      int home = home(trace.idHigh, trace.idLow);
      if (((slot - home) & mask) >= ((slot - gap) & mask)) {
        slots[gap] = trace;
        slots[slot] = null;
        gap = slot;
      }
      slot = (slot + 1) & mask;
    }
  }

  static long mix(long high, long low) {
    long mixed = (low ^ Long.rotateLeft(high, 32)) * 0x9E3779B97F4A7C15L;
    return mixed ^ (mixed >>> 29);
  }

  private int home(long high, long low) {
    return (int) (mix(high, low) >>> 20) & mask;
  }
}
