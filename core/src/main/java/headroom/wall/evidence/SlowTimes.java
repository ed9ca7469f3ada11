package headroom.wall.evidence;

import static headroom.wall.belief.Disturbing.ALIKE;
import static headroom.wall.belief.Disturbing.FEWEST_ALIKE;
import static headroom.wall.belief.Disturbing.FEWEST_REQUESTS;
import static headroom.wall.belief.Disturbing.LEAST_FACTOR;
import static headroom.wall.belief.Disturbing.LEAST_OF_ALL;
import static headroom.wall.belief.Disturbing.LONGEST_GAP;
import static headroom.wall.belief.Disturbing.MOST_TIME;
import static headroom.wall.belief.Disturbing.SHORTEST_WINDOWS;
import static headroom.wall.belief.Disturbing.STANDS_OUT;

import headroom.rollup.Cell;
import headroom.stats.Autocorrelation;
import headroom.stats.Quantiles;
import headroom.store.Series;
import headroom.wall.evidence.Traffic.Action;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * How much slower each window was than others at equal load, and the stretches in which that stands
 * out: slow for a reason that is not load.
 *
 * <pre>
 *   load     5 5 6 5 5 6 5 5
 *   median  20 21 22 61 58 22 20 21 ms      two windows, 2.8 times as slow
 * </pre>
 *
 * <p>How slow a window is, is the median response time of each operation over its usual one,
 * weighted by traffic, so that the mix does not matter.
 *
 * @param variation standard deviation from one window to another at equal load, in logarithms,
 *     without stretches and without what the number of requests gives by chance
 * @param error of the mean over all windows, in logarithms
 * @param windows in stretches
 */
public record SlowTimes(double variation, double error, List<Stretch> stretches, BitSet windows) {
  /** Quantiles between which the density at the median is taken, from that. */
  private static final double AROUND = 0.1;

  public SlowTimes {
    stretches = List.copyOf(stretches);
  }

  /**
   * Windows [from, to) that were slow.
   *
   * @param factor by which they were slower than others at equal load
   */
  public record Stretch(int from, int to, double factor) {}

  /** Of the windows that are wanted. */
  public static SlowTimes of(Traffic traffic, IntPredicate wanted) {
    double[] chance = new double[traffic.windows()];
    double[] slowness = slowness(traffic, chance);
    int[] known =
        IntStream.range(1, Math.max(1, traffic.windows() - 1))
            .filter(i -> wanted.test(i) && slowness[i] > 0)
            .toArray();
    double[] loads = Arrays.stream(known).mapToDouble(i -> traffic.perSecond(i, i + 1)).toArray();
    double[] away = new double[known.length];
    boolean[] compared = new boolean[known.length];
    for (int i = 0; i < known.length; i++) {
      double load = loads[i];
      double[] alike =
          IntStream.range(0, known.length)
              .filter(j -> loads[j] >= load / ALIKE && loads[j] <= load * ALIKE)
              .mapToDouble(j -> Math.log(slowness[known[j]]))
              .toArray();
      compared[i] = alike.length >= FEWEST_ALIKE;
      away[i] = compared[i] ? Math.log(slowness[known[i]]) - Quantiles.median(alike) : 0;
    }
    double[] told =
        IntStream.range(0, known.length)
            .filter(i -> compared[i])
            .mapToDouble(i -> away[i])
            .toArray();
    if (told.length < FEWEST_ALIKE) {
      return new SlowTimes(0, 0, List.of(), new BitSet());
    }
    List<Stretch> stretches = stretches(known, away, fromOneToTheNext(told));
    var windows = new BitSet();
    stretches.forEach(one -> windows.set(one.from, one.to));
    boolean usual = windows.cardinality() > MOST_TIME * known.length;
    double[] rest =
        IntStream.range(0, known.length)
            .filter(i -> compared[i] && (usual || !windows.get(known[i])))
            .mapToDouble(i -> away[i])
            .toArray();
    // What few requests in a window give by chance is no property of the service.
    double byChance = Quantiles.median(Arrays.stream(known).mapToDouble(i -> chance[i]).toArray());
    double variation = Math.sqrt(Math.max(0, Math.pow(Quantiles.robustSigma(rest), 2) - byChance));
    double independent =
        rest.length / Autocorrelation.varianceInflation(Autocorrelation.lagOne(rest));
    return new SlowTimes(
        variation,
        variation / Math.sqrt(Math.max(1, independent)),
        usual ? List.of() : stretches,
        usual ? new BitSet() : windows);
  }

  /**
   * Standard deviation as steps from one window to the next have it, which a lasting shift does not
   * widen; not much less than that of all, since what wanders slowly is no disturbance.
   */
  private static double fromOneToTheNext(double[] away) {
    double[] steps = new double[away.length - 1];
    Arrays.setAll(steps, i -> (away[i + 1] - away[i]) / Math.sqrt(2));
    return Math.max(Quantiles.robustSigma(steps), LEAST_OF_ALL * Quantiles.robustSigma(away));
  }

  private static List<Stretch> stretches(int[] known, double[] away, double sigma) {
    double least = Math.max(STANDS_OUT * sigma, Math.log(LEAST_FACTOR));
    List<Stretch> found = new ArrayList<>();
    for (int i = 0; i < known.length; i++) {
      if (away[i] < least) {
        continue;
      }
      int last = i;
      double sum = away[i];
      int count = 1;
      for (int j = i + 1; j < known.length && known[j] - known[last] <= LONGEST_GAP; j++) {
        if (away[j] >= least) {
          last = j;
          sum += away[j];
          count++;
        }
      }
      if (count >= SHORTEST_WINDOWS) {
        found.add(new Stretch(known[i], known[last] + 1, Math.exp(sum / count)));
      }
      i = last;
    }
    return found;
  }

  /**
   * How slow each window was, 1 for as usual; 0 where too few requests tell.
   *
   * @param chance takes the variance of its logarithm, that of the median of so many requests
   */
  private static double[] slowness(Traffic traffic, double[] chance) {
    double[] sums = new double[traffic.windows()];
    double[] weights = new double[traffic.windows()];
    for (Action action : traffic.actions()) {
      double usual = action.total().quantile(0.5).orElse(0);
      double variance = varianceOfMedian(action.total());
      if (usual <= 0) {
        continue;
      }
      Cell[] cells = new Cell[traffic.windows()];
      for (Series part : action.parts()) {
        for (Series.Window window : part.windows()) {
          int at = traffic.indexOf(window.start());
          if (at >= 0 && at < cells.length) {
            if (cells[at] == null) {
              cells[at] = window.cell();
            } else {
              Cell both = cells[at].copy();
              both.merge(window.cell());
              cells[at] = both;
            }
          }
        }
      }
      for (int i = 0; i < cells.length; i++) {
        if (cells[i] != null && cells[i].count() >= FEWEST_REQUESTS) {
          double weight = action.total().count();
          sums[i] +=
              weight * Math.log(Math.max(1e-9, cells[i].quantile(0.5).orElse(usual) / usual));
          weights[i] += weight;
          chance[i] += weight * weight * variance / cells[i].count();
        }
      }
    }
    Arrays.setAll(chance, i -> weights[i] > 0 ? chance[i] / (weights[i] * weights[i]) : 0);
    double[] slowness = new double[traffic.windows()];
    Arrays.setAll(slowness, i -> weights[i] > 0 ? Math.exp(sums[i] / weights[i]) : 0);
    return slowness;
  }

  /**
   * Of the logarithm of the median of one request, to be divided by how many there are: 1 / (4 f²)
   * with the density f of the logarithm at the median (asymptotic, as for any sample quantile).
   */
  private static double varianceOfMedian(Cell all) {
    double above = all.quantile(0.5 + AROUND).orElse(0);
    double below = all.quantile(0.5 - AROUND).orElse(0);
    if (below <= 0 || above <= below) {
      return 0;
    }
    double perShare = Math.log(above / below) / (2 * AROUND);
    return perShare * perShare / 4;
  }
}
