package headroom.wall.evidence;

import static headroom.wall.belief.Arrivals.MOST_CLASSES;
import static headroom.wall.belief.Arrivals.ONE_CLASS;
import static headroom.wall.belief.Arrivals.ROWS_PER_CLASS;
import static headroom.wall.belief.Arrivals.SMALLEST_CLASS;

import headroom.stats.Correlation;
import java.util.ArrayList;
import java.util.List;

/**
 * Root operations gathered into as many classes as the data can tell apart: the busiest ones and
 * the rest, classes that rise and fall together merged.
 */
final class TrafficClasses {
  private TrafficClasses() {}

  /** Arrivals by window, one array per class, at least one. */
  static List<double[]> of(Traffic traffic, List<StationUse.Sample> rows) {
    int most = Math.min(MOST_CLASSES, rows.size() / ROWS_PER_CLASS);
    List<double[]> classes = new ArrayList<>();
    double[] rest = new double[traffic.windows()];
    double all = traffic.actions().stream().mapToLong(action -> action.total().count()).sum();
    for (Traffic.Action action : traffic.actions()) {
      if (classes.size() + 1 < most && action.total().count() >= SMALLEST_CLASS * all) {
        classes.add(action.counts());
      } else {
        add(rest, action.counts());
      }
    }
    if (classes.isEmpty() || java.util.Arrays.stream(rest).sum() > 0) {
      classes.add(rest);
    }
    return mergeInseparable(classes, traffic, rows);
  }

  private static List<double[]> mergeInseparable(
      List<double[]> classes, Traffic traffic, List<StationUse.Sample> rows) {
    List<double[]> apart = new ArrayList<>();
    for (double[] candidate : classes) {
      double[] series = rates(candidate, traffic, rows);
      double[] twin = null;
      for (double[] other : apart) {
        if (Correlation.of(series, rates(other, traffic, rows)) > ONE_CLASS) {
          twin = other;
          break;
        }
      }
      if (twin == null) {
        apart.add(candidate.clone());
      } else {
        add(twin, candidate);
      }
    }
    return apart;
  }

  private static double[] rates(double[] counts, Traffic traffic, List<StationUse.Sample> rows) {
    return rows.stream()
        .mapToDouble(row -> traffic.perSecond(counts, row.from(), row.to()))
        .toArray();
  }

  private static void add(double[] to, double[] counts) {
    for (int i = 0; i < to.length; i++) {
      to[i] += counts[i];
    }
  }
}
