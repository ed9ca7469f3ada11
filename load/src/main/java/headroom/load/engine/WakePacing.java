package headroom.load.engine;

/**
 * Decides how soon after the last wake-up the next may come. Waking a thread and the target's for
 * every single start costs several times what the request itself does; so where starts come closer
 * than {@link #LEAST_NANOS} on average, those within that time leave together. At lower rates every
 * start is exact. The lag that results is measured like any other.
 */
final class WakePacing {
  /**
   * Half a millisecond: below what a schedule of more than 2,000 starts a second can be read at.
   */
  static final long LEAST_NANOS = 500_000;

  /** Over how many starts the gap is averaged, as a power of two. */
  private static final int SMOOTHING_SHIFT = 6;

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

  /** When to wake for something due at {@code dueNanos}. */
  long wakeFor(long dueNanos) {
    if (meanGapNanos >= LEAST_NANOS - (1 << SMOOTHING_SHIFT) || lastWakeNanos == Long.MIN_VALUE) {
      return dueNanos;
    }
    return Math.max(dueNanos, lastWakeNanos + LEAST_NANOS);
  }
}
