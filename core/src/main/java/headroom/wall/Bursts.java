package headroom.wall;

import headroom.stats.Quantiles;
import java.util.ArrayList;
import java.util.List;

/**
 * How much more unevenly requests arrive than independent users make them.
 *
 * <p>The index of dispersion I = Var[N] / E[N] of the arrivals N in a window is 1 for a Poisson
 * process. The tide is taken out by comparing each window with its neighbours, e = n_i − (n_{i−1} +
 * n_{i+1}) / 2 with Var[e] = 1.5 I E[N]; the median of e² makes it robust against steps. In heavy
 * traffic waits grow as (I + cv²) / (1 + cv²) (Whitt, Stochastic-Process Limits, 2002; I is then
 * that of long windows). I − 1 grows in proportion to the rate.
 */
final class Bursts {
  /** The median of a squared standard normal value. */
  private static final double MEDIAN_OF_SQUARE = 0.4549;

  private static final double FEWEST_IN_WINDOW = 8;
  private static final int FEWEST_WINDOWS = 100;

  /** Standard errors of the estimate that must be exceeded before bursts are believed. */
  private static final double DOUBT = 3;

  private static final double MOST = 20;

  private Bursts() {}

  /**
   * I − 1 at the mean rate, as far as it is certain; 0 when arrivals look independent, and for
   * short histories, which cannot tell.
   */
  static double excess(Traffic traffic) {
    double[] n = traffic.totals();
    List<Double> squares = new ArrayList<>();
    for (int i = 2; i + 2 < n.length; i++) {
      double mean = (n[i - 1] + n[i] + n[i + 1]) / 3;
      if (mean >= FEWEST_IN_WINDOW) {
        double away = n[i] - 0.5 * (n[i - 1] + n[i + 1]);
        squares.add(away * away / (1.5 * mean));
      }
    }
    if (squares.size() < FEWEST_WINDOWS) {
      return 0;
    }
    double[] values = squares.stream().mapToDouble(value -> value).toArray();
    double index = Quantiles.median(values) / MEDIAN_OF_SQUARE;
    double certain = Math.max(0, 1 - DOUBT / Math.sqrt(values.length));
    return Math.clamp(index * certain - 1, 0.0, MOST);
  }
}
