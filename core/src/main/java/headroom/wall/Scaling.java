package headroom.wall;

import headroom.stats.Correlation;
import headroom.stats.Quantiles;
import headroom.store.Series;
import java.util.List;

/**
 * Whether the number of instances follows the traffic, as under an autoscaler: then what one
 * instance does at today's loads says nothing about when all of them together are full.
 */
final class Scaling {
  /** Fewer instances than at other times, and more: not for single rows that were lost. */
  private static final double USUALLY_LEAST = 0.03;

  private static final double USUALLY_MOST = 0.97;
  private static final double FOLLOWS = 0.4;

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
    return Quantiles.of(instances, USUALLY_MOST) > Quantiles.of(instances, USUALLY_LEAST)
        && Correlation.of(instances, loads) > FOLLOWS;
  }
}
