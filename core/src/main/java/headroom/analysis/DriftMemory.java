package headroom.analysis;

import headroom.drift.Drift;
import headroom.drift.DriftAnalysis;
import headroom.drift.HourlyHistory;
import headroom.requests.UserRequests;
import headroom.rollup.Resolution;
import headroom.store.RollupStore;
import headroom.store.RollupStore.Extent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became slower over the weeks of a store. A new hour of telemetry changes that, the minutes
 * within it do not: so weeks are read once an hour, and the hour that is not over yet is left out.
 */
final class DriftMemory {
  private final RollupStore store;
  private @Nullable Remembered last;

  private record Remembered(Instant until, List<Drift> found) {}

  DriftMemory(RollupStore store) {
    this.store = store;
  }

  /** As of now; none when the store holds too few hours to tell. */
  List<Drift> found(UserRequests requests) {
    Extent extent = store.extent(Resolution.HOUR).orElse(null);
    if (extent == null) {
      return List.of();
    }
    Instant to = extent.to().minusSeconds(Resolution.HOUR.seconds());
    if (Duration.between(extent.from(), to).compareTo(HourlyHistory.SHORTEST) < 0) {
      return List.of();
    }
    synchronized (this) {
      if (last == null || !last.until().equals(to)) {
        last = new Remembered(to, read(to, requests));
      }
      return last.found();
    }
  }

  private List<Drift> read(Instant to, UserRequests requests) {
    Instant from = to.minus(HourlyHistory.LONGEST);
    var hours = new HourlyHistory();
    store.scan(
        Resolution.HOUR,
        from,
        to,
        HourlyHistory.MEASURES,
        series -> {
          if (requests.tellsDurations(series.key())) {
            hours.accept(series);
          }
        });
    hours.events(store.events(from, to, "deploy"));
    return DriftAnalysis.of(hours);
  }
}
