package headroom.analysis;

import headroom.store.Series;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The time that series really cover, which may be much less than was asked for. */
public record CoveredTime(Instant from, Instant to) {
  /** From the first window with data to the end of the last; null when there is none. */
  public static @Nullable CoveredTime of(List<Series> series, int resolutionSeconds) {
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;
    for (Series one : series) {
      if (!one.windows().isEmpty()) {
        first = Math.min(first, one.windows().getFirst().start());
        last = Math.max(last, one.windows().getLast().start());
      }
    }
    return first > last
        ? null
        : new CoveredTime(
            Instant.ofEpochSecond(first), Instant.ofEpochSecond(last + resolutionSeconds));
  }

  /** Its length in seconds. */
  public double seconds() {
    return Duration.between(from, to).toMillis() / 1e3;
  }
}
