package headroom.trace;

import java.util.Arrays;

/**
 * Groups of rows that agree in another row and two names, such as the statements of one text under
 * one parent: how many there are, the last one, and the time from the first start to the last end.
 * Reused; an open-addressed table of group + 1.
 */
final class RowGroups {
  private int[] table = new int[64];
  private int[] rows = new int[32];
  private String[] names = new String[32];
  private String[] targets = new String[32];
  private int[] count = new int[32];
  private int[] last = new int[32];
  private long[] startNanos = new long[32];
  private long[] endNanos = new long[32];
  private int size;

  void clear() {
    Arrays.fill(table, 0);
    Arrays.fill(names, 0, size, null);
    Arrays.fill(targets, 0, size, null);
    size = 0;
  }

  int size() {
    return size;
  }

  int row(int group) {
    return rows[group];
  }

  String name(int group) {
    return names[group];
  }

  String target(int group) {
    return targets[group];
  }

  int count(int group) {
    return count[group];
  }

  /** The row that was added last, {@link TraceShape#NONE} before the first. */
  int last(int group) {
    return last[group];
  }

  /** From the first start to the last end. */
  long spanNanos(int group) {
    return endNanos[group] - startNanos[group];
  }

  void add(int group, int row, OpenTrace trace) {
    count[group]++;
    last[group] = row;
    startNanos[group] = Math.min(startNanos[group], trace.startNanos[row]);
    endNanos[group] = Math.max(endNanos[group], trace.endNanos[row]);
  }

  /** The group's number, in order of first use from 0. */
  int of(int row, String name, String target) {
    int mask = table.length - 1;
    int slot = hash(row, name, target) & mask;
    while (table[slot] != 0) {
      int group = table[slot] - 1;
      if (rows[group] == row && names[group].equals(name) && targets[group].equals(target)) {
        return group;
      }
      slot = (slot + 1) & mask;
    }
    if (size == rows.length) {
      grow();
      return of(row, name, target);
    }
    rows[size] = row;
    names[size] = name;
    targets[size] = target;
    count[size] = 0;
    last[size] = TraceShape.NONE;
    startNanos[size] = Long.MAX_VALUE;
    endNanos[size] = Long.MIN_VALUE;
    table[slot] = ++size;
    return size - 1;
  }

  private static int hash(int row, String name, String target) {
    int hash = ((row * 31 + name.hashCode()) * 31 + target.hashCode()) * 0x9E3779B9;
    return hash >>> 8;
  }

  private void grow() {
    int capacity = size * 2;
    rows = Arrays.copyOf(rows, capacity);
    names = Arrays.copyOf(names, capacity);
    targets = Arrays.copyOf(targets, capacity);
    count = Arrays.copyOf(count, capacity);
    last = Arrays.copyOf(last, capacity);
    startNanos = Arrays.copyOf(startNanos, capacity);
    endNanos = Arrays.copyOf(endNanos, capacity);
    table = new int[capacity * 2];
    int mask = table.length - 1;
    for (int group = 0; group < size; group++) {
      int slot = hash(rows[group], names[group], targets[group]) & mask;
      while (table[slot] != 0) {
        slot = (slot + 1) & mask;
      }
      table[slot] = group + 1;
    }
  }
}
