package headroom.telemetry;

import headroom.model.Irregularities;
import headroom.model.MetricPoint;
import headroom.model.Resource;
import headroom.rollup.SeriesCells;

/** Placeholder. */
final class MetricRollup {
  MetricRollup(int maxSeries, SeriesCells cells, Irregularities irregularities) {}

  void add(MetricPoint point, Resource resource) {}

  void expire(long nowNanos) {}

  int series() {
    return 0;
  }
}
