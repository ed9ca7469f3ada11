package headroom.server.api;

import headroom.rollup.Resolution;
import headroom.store.RollupStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which windows a chart shows, at the finest resolution that is still kept and gives at most {@link
 * #MOST_WINDOWS} of them.
 */
record TimeRange(Resolution resolution, Instant from, Instant to) {
  static final int MOST_WINDOWS = 240;
  private static final Duration DEFAULT = Duration.ofMinutes(30);

  /**
   * The range asked for. Without an end it ends now, or where the data end when that is earlier;
   * without a start it spans half an hour. Empty when the store holds nothing in it.
   */
  static Optional<TimeRange> choose(
      RollupStore store, Instant now, @Nullable Instant from, @Nullable Instant to) {
    for (Resolution resolution : Resolution.values()) {
      Optional<RollupStore.Extent> extent = store.extent(resolution);
      if (extent.isEmpty()) {
        continue;
      }
      Instant end = to != null ? to : earlier(extent.get().to(), now);
      Instant start = later(from != null ? from : end.minus(DEFAULT), extent.get().from());
      TimeRange range = aligned(resolution, start, end);
      boolean reachesBack =
          from == null || resolution == Resolution.DAY || covers(store, resolution, start, from);
      if (start.isBefore(end) && range.windows() <= MOST_WINDOWS && reachesBack) {
        return Optional.of(range);
      }
    }
    return Optional.empty();
  }

  /** Whether no coarser tier knows an earlier part of what was asked for. */
  private static boolean covers(
      RollupStore store, Resolution resolution, Instant start, Instant from) {
    if (!start.isAfter(from)) {
      return true;
    }
    for (Resolution coarser : Resolution.values()) {
      if (coarser.compareTo(resolution) > 0
          && store
              .extent(coarser)
              .filter(extent -> extent.from().isBefore(start.minusSeconds(coarser.seconds())))
              .isPresent()) {
        return false;
      }
    }
    return true;
  }

  private static TimeRange aligned(Resolution resolution, Instant from, Instant to) {
    long start = resolution.windowStart(from.getEpochSecond());
    long end = resolution.windowStart(to.getEpochSecond() + resolution.seconds() - 1);
    return new TimeRange(resolution, Instant.ofEpochSecond(start), Instant.ofEpochSecond(end));
  }

  private long windows() {
    return Duration.between(from, to).toSeconds() / resolution.seconds();
  }

  private static Instant earlier(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }
}
