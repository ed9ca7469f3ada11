package headroom.regime;

import headroom.stats.Cholesky;
import headroom.stats.Quantiles;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A level by block as it goes with load, and the step that is left: y = a + b x + c (x − k)⁺ + δ [t
 * ≥ τ], x the logarithm of the load and k its median. All τ in one pass, since what a step has in
 * common with the load is known from running sums (Frisch and Waugh, 1933). Outliers are drawn in
 * to three deviations.
 */
final class EqualLoad {
  private static final int COLUMNS = 3;
  private static final double RIDGE = 1e-3;
  private static final double OUTLIER = 3;

  final int n;
  private final double[] y;
  private final double[][] columns;
  private final Cholesky normal;

  private EqualLoad(double[] y, double[] load) {
    n = y.length;
    this.y = y;
    double middle = Quantiles.median(load);
    columns = new double[n][];
    double[][] matrix = new double[COLUMNS][COLUMNS];
    for (int t = 0; t < n; t++) {
      double x = load[t] - middle;
      columns[t] = new double[] {1, x, Math.max(0, x)};
      for (int i = 0; i < COLUMNS; i++) {
        for (int j = 0; j < COLUMNS; j++) {
          matrix[i][j] += columns[t][i] * columns[t][j];
        }
      }
    }
    for (int i = 0; i < COLUMNS; i++) {
      matrix[i][i] += RIDGE;
    }
    normal = Cholesky.of(matrix);
  }

  /** Of values and loads that are all known. */
  static EqualLoad of(double[] y, double[] load) {
    return new EqualLoad(y.clone(), load);
  }

  /**
   * What a step explains.
   *
   * @param gains by τ, what squares it takes away, signed as the step; 0 where none can be
   * @param rest what neither load nor the step explains
   */
  @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
  record Fit(int tau, double size, double information, double[] gains, double[] rest) {}

  /** The step that explains most, with as many blocks on both sides; null when none can be. */
  @Nullable Fit best(int before, int after) {
    Fit found = null;
    for (int pass = 0; pass < 2; pass++) {
      found = scan(before, n - after);
      if (found == null) {
        return null;
      }
      drawIn(found);
    }
    return scan(before, n - after);
  }

  /** The step at one place. */
  @Nullable Fit at(int tau) {
    return tau < 1 || tau >= n ? null : scan(tau, tau);
  }

  private @Nullable Fit scan(int first, int last) {
    double[] left = without(y);
    double[] gains = new double[n];
    double[] shared = new double[COLUMNS];
    double sum = 0;
    int best = -1;
    double bestSize = 0;
    double bestInformation = 0;
    for (int tau = n - 1; tau >= first; tau--) {
      sum += left[tau];
      for (int i = 0; i < COLUMNS; i++) {
        shared[i] += columns[tau][i];
      }
      double information = n - tau - dot(shared, normal.solve(shared));
      if (tau > last || information < 1e-6) {
        continue;
      }
      double size = sum / information;
      gains[tau] = size * Math.abs(size) * information;
      if (best < 0 || Math.abs(gains[tau]) > Math.abs(gains[best])) {
        best = tau;
        bestSize = size;
        bestInformation = information;
      }
    }
    return best < 0 ? null : new Fit(best, bestSize, bestInformation, gains, rest(best, bestSize));
  }

  /** y less what load explains. */
  private double[] without(double[] values) {
    double[] right = new double[COLUMNS];
    for (int t = 0; t < n; t++) {
      for (int i = 0; i < COLUMNS; i++) {
        right[i] += columns[t][i] * values[t];
      }
    }
    double[] coefficients = normal.solve(right);
    double[] left = new double[n];
    for (int t = 0; t < n; t++) {
      left[t] = values[t] - dot(columns[t], coefficients);
    }
    return left;
  }

  private double[] rest(int tau, double size) {
    double[] values = y.clone();
    for (int t = tau; t < n; t++) {
      values[t] -= size;
    }
    return without(values);
  }

  private void drawIn(Fit fit) {
    double limit = OUTLIER * Math.max(1e-4, Quantiles.robustSigma(fit.rest));
    for (int t = 0; t < n; t++) {
      y[t] += Math.clamp(fit.rest[t], -limit, limit) - fit.rest[t];
    }
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  /** The mean of a part of an array. */
  static double mean(double[] values, int from, int to) {
    return Arrays.stream(values, from, to).sum() / (to - from);
  }
}
