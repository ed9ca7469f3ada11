package headroom.trace;

import headroom.model.Irregularities;
import headroom.model.Irregularity;
import headroom.model.SpanKind;
import java.util.Arrays;

/**
 * How the spans of a trace hang together, whatever order they arrived in:
 *
 * <ul>
 *   <li>{@link #order}: rows by start, then span id;
 *   <li>{@link #parent}: the row of the parent, {@link #NONE} for a root or where it is missing;
 *   <li>{@link #entry}: the row of the operation that the span is part of: the nearest span at or
 *       above it that is a server's or consumer's or has no parent in the same service;
 *   <li>{@link #depth}: services from the top down to it;
 *   <li>{@link #action}: the row of the top of its tree, the same for all trees of one action.
 * </ul>
 *
 * <p>A trace with a root is one action; trees whose parent is missing belong to it. Without a root,
 * because a caller is not instrumented, every tree that begins with a server's or consumer's span
 * is an action, and other trees belong to the earliest. A span that is its own ancestor is treated
 * as if its parent were missing.
 */
final class TraceShape {
  static final int NONE = -1;
  private static final int UNSEEN = -2;
  private static final int ON_STACK = -3;

  private final Irregularities irregularities;
  int[] order = {};
  int[] parent = {};
  int[] entry = {};
  int[] depth = {};
  int[] action = {};
  private int[] scratch = {};

  TraceShape(Irregularities irregularities) {
    this.irregularities = irregularities;
  }

  void read(OpenTrace trace) {
    int size = trace.size;
    if (order.length < size) {
      int capacity = Math.max(size, 2 * order.length);
      order = new int[capacity];
      parent = new int[capacity];
      entry = new int[capacity];
      depth = new int[capacity];
      action = new int[capacity];
      scratch = new int[capacity];
    }
    sort(trace);
    for (int row = 0; row < size; row++) {
      long parentId = trace.parentId[row];
      parent[row] = parentId == 0 ? NONE : trace.find(parentId);
    }
    Arrays.fill(entry, 0, size, UNSEEN);
    for (int i = 0; i < size; i++) {
      resolve(trace, order[i]);
    }
    joinTrees(trace);
  }

  /** Settles a row after the rows above it, and cuts a cycle. */
  private void resolve(OpenTrace trace, int row) {
    int[] stack = scratch;
    int height = 0;
    int at = row;
    while (at != NONE && entry[at] == UNSEEN) {
      entry[at] = ON_STACK;
      stack[height++] = at;
      at = parent[at];
    }
    if (at != NONE && entry[at] == ON_STACK) {
      parent[stack[height - 1]] = NONE;
      irregularities.count(Irregularity.SPAN_CYCLE);
    }
    while (height > 0) {
      settle(trace, stack[--height]);
    }
  }

  private void settle(OpenTrace trace, int row) {
    int above = parent[row];
    if (above == NONE) {
      entry[row] = row;
      depth[row] = 1;
      action[row] = row;
      return;
    }
    boolean sameService = trace.resource[row].service().equals(trace.resource[above].service());
    boolean called = trace.isEntryKind(row) && trace.isClientKind(above);
    entry[row] = trace.isEntryKind(row) || !sameService ? row : entry[above];
    depth[row] = depth[above] + (called || !sameService ? 1 : 0);
    action[row] = action[above];
  }

  /** Decides which trees are actions and hands the others to them. */
  private void joinTrees(OpenTrace trace) {
    int main = NONE;
    for (int i = 0; i < trace.size && main == NONE; i++) {
      if (parent[order[i]] == NONE && trace.parentId[order[i]] == 0) {
        main = order[i];
      }
    }
    boolean rooted = main != NONE;
    for (int i = 0; i < trace.size && main == NONE; i++) {
      if (parent[order[i]] == NONE && trace.isEntryKind(order[i])) {
        main = order[i];
      }
    }
    if (main == NONE) {
      main = earliestTop(trace);
    }
    int[] owner = scratch;
    for (int row = 0; row < trace.size; row++) {
      boolean own = rooted ? trace.parentId[row] == 0 : trace.isEntryKind(row);
      owner[row] = own ? row : main;
    }
    for (int row = 0; row < trace.size; row++) {
      action[row] = owner[action[row]];
    }
  }

  private int earliestTop(OpenTrace trace) {
    for (int i = 0; i < trace.size; i++) {
      if (parent[order[i]] == NONE) {
        return order[i];
      }
    }
    throw new IllegalStateException("a trace of " + trace.size + " spans has no top");
  }

  /** Merges runs of rows, bottom up; spans mostly arrive in some order already. */
  private void sort(OpenTrace trace) {
    int size = trace.size;
    int[] from = order;
    int[] to = scratch;
    for (int i = 0; i < size; i++) {
      from[i] = i;
    }
    for (int width = 1; width < size; width *= 2) {
      for (int low = 0; low < size; low += 2 * width) {
        merge(trace, from, to, low, Math.min(low + width, size), Math.min(low + 2 * width, size));
      }
      int[] merged = to;
      to = from;
      from = merged;
    }
    order = from;
    scratch = to;
  }

  private static void merge(OpenTrace trace, int[] from, int[] to, int low, int middle, int high) {
    int left = low;
    int right = middle;
    for (int i = low; i < high; i++) {
      boolean takeLeft =
          right >= high || (left < middle && !isBefore(trace, from[right], from[left]));
      to[i] = takeLeft ? from[left++] : from[right++];
    }
  }

  private static boolean isBefore(OpenTrace trace, int a, int b) {
    return trace.startNanos[a] != trace.startNanos[b]
        ? trace.startNanos[a] < trace.startNanos[b]
        : Long.compareUnsigned(trace.spanId[a], trace.spanId[b]) < 0;
  }

  /**
   * The row that an action is named and timed by: its top, or the one server's span that a client's
   * top calls, since the route is known there.
   */
  int face(OpenTrace trace, int top) {
    if (trace.kind[top] != SpanKind.CLIENT) {
      return top;
    }
    int called = NONE;
    for (int i = 0; i < trace.size; i++) {
      int row = order[i];
      if (parent[row] == top && trace.isEntryKind(row)) {
        if (called != NONE) {
          return top;
        }
        called = row;
      }
    }
    return called == NONE ? top : called;
  }
}
