package headroom.wall.evidence;

import static headroom.wall.belief.Arrivals.INSTANCES_FOLLOW;
import static headroom.wall.belief.Arrivals.USUALLY_LEAST_INSTANCES;
import static headroom.wall.belief.Arrivals.USUALLY_MOST_INSTANCES;

import headroom.stats.Correlation;
import headroom.stats.Quantiles;
import headroom.store.Series;
import java.util.List;

/**
 * Whether the number of instances follows the traffic, as under an autoscaler: then what one
 * instance does at today's loads says nothing about when all of them together are full.
 */
final class Scaling {
  private Scaling() {}

  /**
   * Whether it does.
   *
   * @param byInstance what each instance reports, at any time
   */
  static boolean followsTraffic(List<List<Series>> byInstance, Traffic traffic) {
    int windows = traffic.windows() - 2;
    if (byInstance.size() < 2 || windows < 3) {
      return false;
    }
    double[] instances = new double[windows];
    for (List<Series> one : byInstance) {
      boolean[] reports = new boolean[windows];
      for (Series series : one) {
        for (Series.Window window : series.windows()) {
          int at = traffic.indexOf(window.start()) - 1;
          if (at >= 0 && at < windows && !reports[at] && window.cell().count() > 0) {
            reports[at] = true;
            instances[at]++;
          }
        }
      }
    }
    double[] loads = new double[windows];
    for (int i = 0; i < windows; i++) {
      loads[i] = traffic.perSecond(i + 1, i + 2);
    }
    return Quantiles.of(instances, USUALLY_MOST_INSTANCES)
            > Quantiles.of(instances, USUALLY_LEAST_INSTANCES)
        && Correlation.of(instances, loads) > INSTANCES_FOLLOW;
  }
}
