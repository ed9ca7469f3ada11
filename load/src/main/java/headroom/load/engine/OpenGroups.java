package headroom.load.engine;

import java.util.Arrays;

/** The groups that a user is in, the innermost last. */
final class OpenGroups {
  private int[] groups = new int[2];
  private long[] begunNanos = new long[2];
  private int depth;

  /** Receives a group and how long its requests took. */
  interface Ended {
    void ended(int group, long nanos);
  }

  /**
   * @param responseNanos the sum of the response times of the journey so far
   */
  void begin(int group, long responseNanos) {
    if (depth == groups.length) {
      groups = Arrays.copyOf(groups, 2 * depth);
      begunNanos = Arrays.copyOf(begunNanos, 2 * depth);
    }
    groups[depth] = group;
    begunNanos[depth++] = responseNanos;
  }

  /** Leaves the innermost group and returns how long its requests took. */
  long end(int group, long responseNanos) {
    if (depth == 0 || groups[depth - 1] != group) {
      throw new IllegalStateException("group " + group + " is not the innermost");
    }
    return responseNanos - begunNanos[--depth];
  }

  /** Leaves all groups, the innermost first. */
  void endAll(long responseNanos, Ended ended) {
    while (depth > 0) {
      depth--;
      ended.ended(groups[depth], responseNanos - begunNanos[depth]);
    }
  }
}
