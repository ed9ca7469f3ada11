package headroom.stats;

import java.util.Arrays;

/**
 * The median of the slopes of all pairs of points (Sen 1968), and by Mann and Kendall's S whether
 * there is a slope at all. Both are told from the ranks alone, so that single outliers do no harm.
 * The variance of S is that of independent values, n (n − 1)(2 n + 5) / 18, inflated for the
 * autocorrelation of what is left when the slope is taken out (Hamed and Rao 1998, with first-order
 * autocorrelation).
 *
 * @param slope change per unit of time
 * @param low of the interval of the slope that was asked for
 * @param high of it
 * @param z how many standard deviations S is from that of no trend, with its sign
 */
public record TheilSen(double slope, double low, double high, double z) {
  private static final int FEWEST = 4;

  /**
   * Of values at rising times.
   *
   * @param deviations half the width of the interval, in standard deviations of S: 2.576 for 99 %
   * @throws IllegalArgumentException for fewer than four values
   */
  public static TheilSen of(double[] times, double[] values, double deviations) {
    int n = values.length;
    if (n < FEWEST || times.length != n) {
      throw new IllegalArgumentException(
          "at least four values and as many times are needed, got %d and %d"
              .formatted(n, times.length));
    }
    double[] slopes = new double[n * (n - 1) / 2];
    int filled = 0;
    double s = 0;
    for (int i = 0; i < n; i++) {
      for (int j = i + 1; j < n; j++) {
        slopes[filled++] = (values[j] - values[i]) / (times[j] - times[i]);
        s += Math.signum(values[j] - values[i]);
      }
    }
    Arrays.sort(slopes);
    double slope = Quantiles.ofSorted(slopes, 0.5);
    double[] rest = new double[n];
    for (int i = 0; i < n; i++) {
      rest[i] = values[i] - slope * times[i];
    }
    double inflation = Autocorrelation.varianceInflation(Autocorrelation.lagOne(rest));
    double deviation = Math.sqrt(n * (n - 1.0) * (2.0 * n + 5) / 18 * inflation);
    double half = Math.min(0.5, deviations * deviation / 2 / slopes.length);
    return new TheilSen(
        slope,
        Quantiles.ofSorted(slopes, 0.5 - half),
        Quantiles.ofSorted(slopes, 0.5 + half),
        s / deviation);
  }
}
