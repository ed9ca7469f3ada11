package headroom.stats;

import java.util.Arrays;
import java.util.Optional;

/**
 * Whether a series moves over time once what else moves it is accounted for: y = a + b t + c x + ε
 * by robust regression, t from −½ to ½, so that b is the change over the whole of the series.
 *
 * @param change b
 * @param standardDeviation of b, autocorrelation included
 */
public record Trend(double change, double standardDeviation) {
  private static final int FEWEST = 12;

  /** A scale so wide that the prior says nothing. */
  private static final double VAGUE = 1e3;

  /**
   * The trend of values at rising times.
   *
   * @param other a second explanation, such as the load; all zero for none
   * @return empty for fewer than twelve values or ones that never vary
   */
  public static Optional<Trend> of(double[] times, double[] values, double[] other) {
    int n = values.length;
    if (n < FEWEST) {
      return Optional.empty();
    }
    double scale = deviation(values);
    if (scale == 0) {
      return Optional.empty();
    }
    double mean = Quantiles.mean(values);
    double span = times[n - 1] - times[0];
    double otherMean = Quantiles.mean(other);
    double otherScale = deviation(other);
    double[][] x = new double[n][3];
    double[] y = new double[n];
    double[] weights = new double[n];
    for (int i = 0; i < n; i++) {
      x[i][0] = 1;
      x[i][1] = span == 0 ? 0 : (times[i] - times[0]) / span - 0.5;
      x[i][2] = otherScale == 0 ? 0 : (other[i] - otherMean) / otherScale;
      y[i] = (values[i] - mean) / scale;
      weights[i] = 1;
    }
    double[] sd = new double[3];
    Arrays.fill(sd, VAGUE);
    var fit = Regression.fit(x, y, weights, new Regression.Prior(new double[3], sd, 0.5, 1));
    return Optional.of(
        new Trend(fit.coefficient(1) * scale, Math.abs(fit.standardDeviation(1) * scale)));
  }

  private static double deviation(double[] values) {
    double mean = Quantiles.mean(values);
    double sum = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    return Math.sqrt(sum / values.length);
  }

  /** By how many standard deviations the change differs from none. */
  public double z() {
    return standardDeviation == 0 ? 0 : change / standardDeviation;
  }
}
