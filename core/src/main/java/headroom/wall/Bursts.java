package headroom.wall;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * How much more unevenly requests arrive than independent users make them.
 *
 * <p>The index of dispersion I = Var[N] / E[N] of the arrivals N in a window is 1 for a Poisson
 * process. The tide is taken out by comparing each window with its neighbours, e = n_i − (n_{i−1} +
 * n_{i+1}) / 2 with Var[e] = 1.5 I E[N]; the largest fifth of e² is left out, so that neither gaps
 * nor steps of the traffic count. In heavy traffic waits grow as (I + cv²) / (1 + cv²) (Whitt,
 * Stochastic-Process Limits, 2002; I is then that of long windows). I − 1 grows in proportion to
 * the rate.
 */
final class Bursts {
  private static final double KEPT = 0.8;

  /** The mean of the smaller four fifths of squared standard normal values. */
  private static final double MEAN_OF_KEPT = 0.4377;

  private static final double FEWEST_IN_WINDOW = 8;
  private static final int FEWEST_WINDOWS = 100;

  /** Standard errors, each 2 / √windows, that must be exceeded before bursts are believed. */
  private static final double DOUBT = 4;

  private static final double MOST = 20;

  /**
   * The part of I − 1 that waits feel: the bursts of a few seconds that a long window sees are no
   * shorter than the waits that matter, as the limit assumes. From the tuning scenarios.
   */
  private static final double FELT = 0.5;

  private Bursts() {}

  /** By how much the variability of arrivals at this rate exceeds one, as waits feel it. */
  static double felt(Traffic traffic, double perSecond) {
    return FELT * excess(traffic) * perSecond / traffic.perSecond(0, traffic.windows());
  }

  /**
   * I − 1 at the mean rate; 0 when arrivals may be independent, and for short histories, which
   * cannot tell.
   */
  static double excess(Traffic traffic) {
    double[] n = traffic.totals();
    double[] squares =
        IntStream.range(2, n.length - 2)
            .filter(i -> near(n, i) >= FEWEST_IN_WINDOW)
            .mapToDouble(i -> {
              double away = n[i] - 0.5 * (n[i - 1] + n[i + 1]);
              return away * away / (1.5 * near(n, i));
            })
            .sorted()
            .toArray();
    if (squares.length < FEWEST_WINDOWS) {
      return 0;
    }
    int kept = (int) (KEPT * squares.length);
    double index = Arrays.stream(squares, 0, kept).average().orElse(0) / MEAN_OF_KEPT;
    boolean certain = index > 1 + DOUBT * 2 / Math.sqrt(squares.length);
    return certain ? Math.min(MOST, index - 1) : 0;
  }

  private static double near(double[] n, int i) {
    return (n[i - 1] + n[i] + n[i + 1]) / 3;
  }
}
