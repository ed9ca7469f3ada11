package headroom.load.engine;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Users that think, the one who wakes first in front: a heap with four children per node over two
 * plain arrays, twelve bytes for each user.
 */
final class TimerHeap {
  private static final int CHILDREN = 4;

  private long[] dueNanos = new long[64];
  private @Nullable VirtualUser[] users = new VirtualUser[64];
  private int size;

  int size() {
    return size;
  }

  /** When the first wakes, {@link Long#MAX_VALUE} for nobody. */
  long firstDueNanos() {
    return size == 0 ? Long.MAX_VALUE : dueNanos[0];
  }

  void add(long due, VirtualUser user) {
    if (size == users.length) {
      dueNanos = Arrays.copyOf(dueNanos, size * 2);
      users = Arrays.copyOf(users, size * 2);
    }
    int at = size++;
    while (at > 0) {
      int parent = (at - 1) / CHILDREN;
      if (dueNanos[parent] <= due) {
        break;
      }
      dueNanos[at] = dueNanos[parent];
      users[at] = users[parent];
      at = parent;
    }
    dueNanos[at] = due;
    users[at] = user;
  }

  /** Removes the first; absent when there is none. */
  @Nullable VirtualUser poll() {
    if (size == 0) {
      return null;
    }
    VirtualUser first = users[0];
    size--;
    long due = dueNanos[size];
    VirtualUser moved = users[size];
    users[size] = null;
    if (size > 0) {
      sink(due, moved);
    }
    return first;
  }

  private void sink(long due, @Nullable VirtualUser user) {
    int at = 0;
    while (true) {
      int child = at * CHILDREN + 1;
      if (child >= size) {
        break;
      }
      int least = child;
      for (int i = child + 1; i < Math.min(child + CHILDREN, size); i++) {
        if (dueNanos[i] < dueNanos[least]) {
          least = i;
        }
      }
      if (dueNanos[least] >= due) {
        break;
      }
      dueNanos[at] = dueNanos[least];
      users[at] = users[least];
      at = least;
    }
    dueNanos[at] = due;
    users[at] = user;
  }
}
