package headroom.load.engine;

import headroom.load.network.EngineLoop;

/**
 * Decides when to wake for the next start. Waking a thread and the target's for every single start
 * costs several times what the request itself does; so where starts come closer than {@link
 * #LEAST_NANOS} on average, those within that time leave together. At lower rates every start is
 * exact: a kernel wakes a sleeper late, by some fifty microseconds on a virtual machine, so it is
 * asked to wake that much earlier, and what is left is waited for awake. The lag that results is
 * measured like any other.
 */
final class WakePacing {
  /**
   * Half a millisecond: below what a schedule of more than 2,000 starts a second can be read at.
   */
  static final long LEAST_NANOS = 500_000;

  /** Over how many starts the gap is averaged, as a power of two. */
  private static final int SMOOTHING_SHIFT = 6;

  /** The longest that is ever waited awake, so that a slow machine is not kept busy. */
  static final long MOST_AWAKE_NANOS = 100_000;

  /** By how much one wake-up moves what is known of all: their median, in the long run. */
  private static final long DELAY_STEP_NANOS = 1_000;

  private long wakeDelayNanos;
  private long plannedWakeNanos = EngineLoop.NEVER;
  private long lastDueNanos = Long.MIN_VALUE;
  private long meanGapNanos = LEAST_NANOS;
  private long lastWakeNanos = Long.MIN_VALUE;

  /** Something that was due at {@code dueNanos} is started at {@code nowNanos}. */
  void started(long dueNanos, long nowNanos) {
    if (lastDueNanos != Long.MIN_VALUE) {
      long gap = Math.max(0, Math.min(2 * LEAST_NANOS, dueNanos - lastDueNanos));
      meanGapNanos += (gap - meanGapNanos) >> SMOOTHING_SHIFT;
    }
    lastDueNanos = dueNanos;
    lastWakeNanos = nowNanos;
  }

  /** The loop is awake; learns from it when it slept for what {@link #wakeFor} said. */
  void awake(long nowNanos) {
    if (nowNanos >= plannedWakeNanos) {
      boolean later = nowNanos - plannedWakeNanos > wakeDelayNanos;
      long moved = wakeDelayNanos + (later ? DELAY_STEP_NANOS : -DELAY_STEP_NANOS);
      wakeDelayNanos = Math.clamp(moved, 0, MOST_AWAKE_NANOS);
      plannedWakeNanos = EngineLoop.NEVER;
    }
  }

  /**
   * Until when to sleep for something due at {@code dueNanos}; not after {@code nowNanos} when it
   * is so close that the rest is to be waited for awake.
   */
  long wakeFor(long dueNanos, long nowNanos) {
    if (dueNanos == EngineLoop.NEVER) {
      return dueNanos;
    }
    if (meanGapNanos < LEAST_NANOS - (1 << SMOOTHING_SHIFT) && lastWakeNanos != Long.MIN_VALUE) {
      return Math.max(dueNanos, lastWakeNanos + LEAST_NANOS);
    }
    long wake = dueNanos - wakeDelayNanos;
    if (wake > nowNanos) {
      plannedWakeNanos = wake;
    }
    return wake;
  }
}
