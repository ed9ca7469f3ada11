package headroom.cli.prometheus;

import headroom.model.Measure;
import headroom.rollup.Resolution;
import headroom.store.RollupStore;
import headroom.store.Series;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;

/** Metrics that a folder holds already: what is imported again would count twice. */
public final class OwnData {
  private OwnData() {}

  /**
   * When the first metrics within [from, to) were taken, to the hour; empty when there are none.
   */
  public static Optional<Instant> begin(RollupStore store, Instant from, Instant to) {
    EnumSet<Measure> metrics =
        EnumSet.complementOf(EnumSet.range(Measure.ACTION, Measure.ACTION_REPEATS));
    long[] first = {Long.MAX_VALUE};
    if (from.isBefore(to)) {
      store.scan(
          Resolution.HOUR,
          from,
          to,
          metrics,
          series -> {
            for (Series.Window window : series.windows()) {
              first[0] = Math.min(first[0], window.start());
            }
          });
    }
    return first[0] == Long.MAX_VALUE
        ? Optional.empty()
        : Optional.of(Instant.ofEpochSecond(first[0]));
  }
}
