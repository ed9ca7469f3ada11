package headroom.server.api;

import headroom.store.Series;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The time that series really cover, which may be much less than was asked for. */
record Span(Instant from, Instant to) {
  /** From the first window with data to the end of the last; null when there is none. */
  static @Nullable Span of(List<Series> series, int resolutionSeconds) {
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
        : new Span(Instant.ofEpochSecond(first), Instant.ofEpochSecond(last + resolutionSeconds));
  }

  double seconds() {
    return Duration.between(from, to).toMillis() / 1e3;
  }
}
