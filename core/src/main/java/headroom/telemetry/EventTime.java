package headroom.telemetry;

import java.time.Duration;

/**
 * Which event times are believed, seen from now.
 *
 * @param maxPast how old telemetry may be
 * @param maxFuture how far a sender's clock may be ahead
 */
public record EventTime(Duration maxPast, Duration maxFuture) {
  private static final long YEAR_2000_NANOS = 946_684_800L * 1_000_000_000L;

  /** For telemetry as it happens. */
  public static final EventTime LIVE = new EventTime(Duration.ofHours(6), Duration.ofMinutes(10));

  /** For recordings, which are of any age. */
  public static final EventTime RECORDED =
      new EventTime(Duration.ofDays(36_500), Duration.ofDays(36_500));

  public EventTime {
    if (maxPast.isNegative() || maxFuture.isNegative()) {
      throw new IllegalArgumentException(
          "maxPast and maxFuture must be >= 0, got " + maxPast + ", " + maxFuture);
    }
  }

  /**
   * Whether to believe a time.
   *
   * @param nowNanos {@link Long#MIN_VALUE} when not known yet
   */
  boolean accepts(long timeNanos, long nowNanos) {
    if (timeNanos < YEAR_2000_NANOS) {
      return false;
    }
    if (nowNanos == Long.MIN_VALUE) {
      return true;
    }
    long age = nowNanos - timeNanos;
    return age <= maxPast.toNanos() && -age <= maxFuture.toNanos();
  }
}
