package headroom.load.study.capacity;

import java.util.Arrays;

/**
 * Where a series of equally long intervals has settled, and whether it has.
 *
 * <p>The beginning is cut off by the marginal standard error rule: at the {@code d} that makes
 * {@code var(x_d … x_n) / (n − d)} least, looking only at the first half. What remains is
 * stationary when a straight line through it rises by no more than its own uncertainty, or by
 * little. Source: K. P. White, An effective truncation heuristic for bias reduction in simulation
 * output, Simulation 69 (1997).
 *
 * @param warmUp how many intervals were cut off
 * @param change of the fitted line over what remains, relative to its mean
 * @param tValue of that change
 */
public record Stationarity(int warmUp, double change, double tValue) {
  /** Fewer intervals than this say nothing. */
  public static final int LEAST = 5;

  private static final double SIGNIFICANT = 3;
  private static final double SMALL_CHANGE = 0.1;

  /** Whether the series has settled. */
  public boolean isStationary() {
    return Math.abs(tValue) < SIGNIFICANT || Math.abs(change) < SMALL_CHANGE;
  }

  /**
   * @throws IllegalArgumentException for fewer than {@link #LEAST} values
   */
  public static Stationarity of(double[] values) {
    if (values.length < LEAST) {
      throw new IllegalArgumentException(
          "values must be at least %d, got %d".formatted(LEAST, values.length));
    }
    int warmUp = truncation(values);
    double[] rest = Arrays.copyOfRange(values, warmUp, values.length);
    return trend(warmUp, rest);
  }

  private static int truncation(double[] values) {
    int best = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int d = 0; d <= values.length / 2 && values.length - d >= LEAST; d++) {
      int n = values.length - d;
      double mean = mean(values, d);
      double squares = 0;
      for (int i = d; i < values.length; i++) {
        squares += (values[i] - mean) * (values[i] - mean);
      }
      double error = squares / n / n;
      if (error < least * (1 - 1e-9)) {
        least = error;
        best = d;
      }
    }
    return best;
  }

  /** Least squares against time; the error is widened for what neighbours have in common. */
  private static Stationarity trend(int warmUp, double[] values) {
    int n = values.length;
    double mean = mean(values, 0);
    double middle = (n - 1) / 2.0;
    double times = 0;
    double product = 0;
    for (int i = 0; i < n; i++) {
      times += (i - middle) * (i - middle);
      product += (i - middle) * (values[i] - mean);
    }
    double slope = product / times;
    double squares = 0;
    double neighbours = 0;
    double before = 0;
    for (int i = 0; i < n; i++) {
      double residual = values[i] - mean - slope * (i - middle);
      squares += residual * residual;
      neighbours += residual * before;
      before = residual;
    }
    double correlation = squares == 0 ? 0 : Math.max(0, Math.min(0.9, neighbours / squares));
    double widening = (1 + correlation) / (1 - correlation);
    double error = Math.sqrt(squares / (n - 2) / times * widening);
    double change = mean == 0 ? 0 : slope * (n - 1) / mean;
    double t = slope == 0 ? 0 : error == 0 ? Math.copySign(1e9, slope) : slope / error;
    return new Stationarity(warmUp, change, t);
  }

  private static double mean(double[] values, int from) {
    double sum = 0;
    for (int i = from; i < values.length; i++) {
      sum += values[i];
    }
    return sum / (values.length - from);
  }
}
