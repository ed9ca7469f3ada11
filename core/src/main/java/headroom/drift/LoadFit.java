package headroom.drift;

import headroom.stats.Cholesky;
import headroom.stats.Quantiles;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How log latency goes with load, learnt from the baseline: y = a + b x + Σ c_i (x − k_i)⁺ + d m,
 * with x the logarithm of the service's rate, k_i four of its quantiles, m that of the operation's
 * share of it. By Huber's regression (limit three robust deviations, three passes), with a weak
 * prior of no effect, so that what did not vary has no say.
 *
 * <p>Hours with a load that the baseline had nothing like are not comparable; only three per cent
 * beyond its range is. A mix beyond its range counts as the nearest in it: what more it does is a
 * change.
 */
final class LoadFit {
  private static final double[] KNOTS = {0.5, 0.75, 0.9, 0.97};
  private static final int SIZE = 3 + KNOTS.length;
  private static final double HUBER = 3;
  private static final int PASSES = 3;
  private static final double PRIOR_SD = 1;
  private static final double MARGIN = 0.03;

  /** Above this quantile latency is too steep for the few hours there to say how steep. */
  private static final double HIGHEST = 0.995;

  private static final int FEWEST = 200;

  private final double[] knots;
  private final double low;
  private final double high;
  private final double leastMix;
  private final double mostMix;
  private double[] coefficients = new double[SIZE];

  private LoadFit(double[] knots, double[] load, double[] mix) {
    this.knots = knots;
    low = load[0] - MARGIN;
    high = Quantiles.ofSorted(load, HIGHEST);
    leastMix = mix[0];
    mostMix = mix[mix.length - 1];
  }

  /**
   * @param y log latency by hour, NaN where unknown
   * @param load x
   * @param mix m
   * @param until rows before this are the baseline
   * @return null when too few hours of the baseline are known
   */
  static @Nullable LoadFit of(double[] y, double[] load, double[] mix, int until) {
    int[] rows = new int[until];
    int n = 0;
    for (int t = 0; t < until; t++) {
      if (Double.isFinite(y[t]) && Double.isFinite(load[t]) && Double.isFinite(mix[t])) {
        rows[n++] = t;
      }
    }
    if (n < FEWEST) {
      return null;
    }
    rows = Arrays.copyOf(rows, n);
    double[] x = Arrays.stream(rows).mapToDouble(t -> load[t]).sorted().toArray();
    double[] m = Arrays.stream(rows).mapToDouble(t -> mix[t]).sorted().toArray();
    double[] knots = Arrays.stream(KNOTS).map(q -> Quantiles.ofSorted(x, q)).toArray();
    var fit = new LoadFit(knots, x, m);
    fit.solve(y, load, mix, rows);
    return fit;
  }

  private void solve(double[] y, double[] load, double[] mix, int[] rows) {
    int n = rows.length;
    double[][] x = new double[n][];
    double[] weights = new double[n];
    Arrays.fill(weights, 1);
    double[] values = Arrays.stream(rows).mapToDouble(t -> y[t]).toArray();
    double centre = Quantiles.median(values);
    for (int i = 0; i < n; i++) {
      x[i] = regressors(load[rows[i]], mix[rows[i]]);
      values[i] -= centre;
    }
    double sigma = Math.max(1e-4, Quantiles.robustSigma(values));
    double[] residuals = new double[n];
    for (int pass = 0; pass < PASSES; pass++) {
      double[] found = normalEquations(x, values, weights, sigma);
      for (int i = 0; i < n; i++) {
        residuals[i] = values[i] - dot(x[i], found);
      }
      sigma = Math.max(1e-4, Quantiles.robustSigma(residuals));
      for (int i = 0; i < n; i++) {
        weights[i] = Math.min(1, HUBER * sigma / Math.max(1e-12, Math.abs(residuals[i])));
      }
      coefficients = found;
    }
    coefficients[0] += centre;
  }

  private static double[] normalEquations(
      double[][] x, double[] y, double[] weights, double sigma) {
    double[][] matrix = new double[SIZE][SIZE];
    double[] right = new double[SIZE];
    for (int j = 0; j < SIZE; j++) {
      matrix[j][j] = sigma * sigma / (PRIOR_SD * PRIOR_SD);
    }
    for (int i = 0; i < y.length; i++) {
      double[] row = x[i];
      for (int j = 0; j < SIZE; j++) {
        double part = weights[i] * row[j];
        right[j] += part * y[i];
        for (int k = 0; k <= j; k++) {
          matrix[j][k] += part * row[k];
        }
      }
    }
    for (int j = 0; j < SIZE; j++) {
      for (int k = j + 1; k < SIZE; k++) {
        matrix[j][k] = matrix[k][j];
      }
    }
    return Cholesky.of(matrix).solve(right);
  }

  private double[] regressors(double load, double mix) {
    double[] row = new double[SIZE];
    row[0] = 1;
    row[1] = load - knots[0];
    for (int i = 0; i < knots.length; i++) {
      row[2 + i] = Math.max(0, load - knots[i]);
    }
    row[SIZE - 1] = Math.clamp(mix, leastMix, mostMix);
    return row;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  static int size() {
    return SIZE;
  }

  /** Whether the baseline had such a load. */
  boolean isComparable(double load) {
    return load >= low && load <= high;
  }

  double expected(double load, double mix) {
    return dot(regressors(load, mix), coefficients);
  }

  /** The part of {@link #expected} that the mix has. */
  double ofMix(double mix) {
    return coefficients[SIZE - 1] * Math.clamp(mix, leastMix, mostMix);
  }
}
