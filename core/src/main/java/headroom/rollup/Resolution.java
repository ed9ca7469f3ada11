package headroom.rollup;

import java.time.Duration;
import java.time.Instant;

/** The widths of windows that are kept, finest first, each with how long it is kept. */
public enum Resolution {
  TEN_SECONDS(10, Duration.ofHours(6)),
  MINUTE(60, Duration.ofDays(8)),
  TEN_MINUTES(600, Duration.ofDays(62)),
  HOUR(3_600, Duration.ofDays(400)),
  DAY(86_400, Duration.ofDays(3_650));

  private final int seconds;
  private final Duration retention;

  Resolution(int seconds, Duration retention) {
    this.seconds = seconds;
    this.retention = retention;
  }

  public int seconds() {
    return seconds;
  }

  public Duration retention() {
    return retention;
  }

  /** The start, in epoch seconds, of the window that holds this second. */
  public long windowStart(long epochSecond) {
    return Math.floorDiv(epochSecond, seconds) * seconds;
  }

  /** The first whole epoch second that is not before this moment. */
  public static long firstSecond(Instant moment) {
    return moment.getEpochSecond() + (moment.getNano() > 0 ? 1 : 0);
  }
}
