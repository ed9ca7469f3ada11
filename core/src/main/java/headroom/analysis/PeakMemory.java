package headroom.analysis;

import headroom.forecast.DailyPeaks;
import headroom.requests.UserRequests;
import headroom.rollup.Resolution;
import headroom.store.RollupStore;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The daily peaks of a store, up to thirteen months of them, read again once an hour of the data
 * has passed. Series are read one after the other, since together they may not fit.
 */
final class PeakMemory {
  private final RollupStore store;
  private volatile @Nullable Remembered last;

  private record Remembered(long hour, DailyPeaks peaks) {}

  PeakMemory(RollupStore store) {
    this.store = store;
  }

  DailyPeaks until(Instant to, UserRequests requests) {
    long hour = Resolution.HOUR.windowStart(to.getEpochSecond());
    Remembered remembered = last;
    if (remembered == null || remembered.hour != hour) {
      Instant from = to.minus(Resolution.HOUR.retention());
      var peaks = new DailyPeaks.Gatherer(from, to);
      store.scan(
          Resolution.HOUR,
          from,
          to,
          UserRequests.LOAD,
          series -> requests.load(series).ifPresent(peaks::add));
      remembered = new Remembered(hour, peaks.peaks());
      last = remembered;
    }
    return remembered.peaks;
  }
}
