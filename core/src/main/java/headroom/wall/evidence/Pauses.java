package headroom.wall.evidence;

import static headroom.wall.belief.Cores.FELT_OF_PAUSES;
import static headroom.wall.belief.Cores.MOST_OF_PAUSES;

import headroom.model.Discipline;
import headroom.model.Measure;
import headroom.rollup.Cell;
import headroom.rollup.ExponentialHistogram;
import headroom.store.History;
import headroom.store.Series;
import java.util.List;
import java.util.Locale;

/**
 * By how much the collection of memory makes the work of a processor more uneven. A pause of P
 * seconds comes as one piece of work for all c cores, before all other; requests bring pieces of D.
 * Where a server is nearly full delays are in proportion to the rate times the mean square of what
 * arrives (Pollaczek and Khinchine), so that they are longer by the factor 1 + ν c² E[P²] / (λ 2
 * D²), the work of requests being taken as exponential. That pauses become more frequent with the
 * load is part of that: both rates grow alike.
 */
public final class Pauses {
  private Pauses() {}

  /**
   * What responses feel of that factor less one, 0 without pauses.
   *
   * @param perSecond requests per second, all instances together
   * @param demand core seconds that one of them needs
   */
  public static double unevenness(
      History history,
      StationUse use,
      Spread spread,
      Traffic traffic,
      double perSecond,
      double demand) {
    if (use.discipline() != Discipline.SHARE || !(perSecond > 0 && demand > 0)) {
      return 0;
    }
    var time = SampledTime.of(use.samples(), traffic);
    double squares = 0;
    for (Series series : history.of(Measure.GC_DURATION)) {
      if (series.key().service().equals(use.service()) && stops(series.key().subject())) {
        squares += squares(time.total(List.of(series)));
      }
    }
    double cores = use.servers().orElse(1);
    double pauses = squares / spread.instances() / time.seconds() * cores * cores;
    double requests = perSecond * spread.busiest() * 2 * demand * demand;
    return Math.min(MOST_OF_PAUSES, FELT_OF_PAUSES * pauses / requests);
  }

  /** Whether requests stand still meanwhile: what a collector does beside them is no pause. */
  private static boolean stops(String collector) {
    String name = collector.toLowerCase(Locale.ROOT);
    return !name.contains("cycle") && !name.contains("concurrent");
  }

  /** Sum of the squared durations. */
  private static double squares(Cell cell) {
    ExponentialHistogram histogram = cell.histogram();
    if (histogram == null) {
      return cell.count() == 0 ? 0 : cell.sum() * cell.sum() / cell.count();
    }
    double[] sum = {0};
    histogram.forEachBucket((bucket, count) -> {
      double seconds = histogram.middle(bucket);
      sum[0] += count * seconds * seconds;
    });
    return sum[0];
  }
}
