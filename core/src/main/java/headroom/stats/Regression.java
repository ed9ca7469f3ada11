package headroom.stats;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Robust linear regression with Gaussian priors: y = X β + ε.
 *
 * <p>Noise: Var[ε_t] = σ² / w_t with w_t the row's weight times Huber's (1 within three robust
 * standard deviations, falling beyond; Huber 1964). Priors: β_j ~ N(m_j, s_j²), and σ² as if {@code
 * noiseDegrees} earlier residuals had had the variance {@code noiseSigma}². Posterior precision of
 * β is XᵀWX / σ̂² + diag(1 / s²), where σ̂² is inflated by (1 + φ) / (1 − φ) for the
 * autocorrelation φ of the residuals; draws have Student's tails for σ̂² being an estimate.
 */
public final class Regression {
  private static final int PASSES = 8;

  /** The median of fewer residuals says little about their scale. */
  private static final int FEWEST_FOR_SCALE = 6;

  private static final double HUBER_LIMIT = 3;

  /** A larger share of rows cannot all be exceptions. */
  private static final double MOST_OUTLIERS = 0.2;

  private final double[] mean;
  private final Cholesky precision;
  private final double sigma;
  private final double autocorrelation;
  private final double degrees;

  private Regression(
      double[] mean, Cholesky precision, double sigma, double autocorrelation, double degrees) {
    this.mean = mean;
    this.precision = precision;
    this.sigma = sigma;
    this.autocorrelation = autocorrelation;
    this.degrees = degrees;
  }

  /**
   * What is believed before the data.
   *
   * @param mean m_j
   * @param sd s_j, &gt; 0
   * @param noiseSigma &gt; 0; standard deviation of a residual of weight 1
   * @param noiseDegrees &gt; 0; how many residuals that belief is worth
   */
  @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
  public record Prior(double[] mean, double[] sd, double noiseSigma, double noiseDegrees) {
    public Prior {
      if (mean.length != sd.length || !Arrays.stream(sd).allMatch(value -> value > 0)) {
        throw new IllegalArgumentException(
            "a mean and an sd > 0 are needed for each coefficient, got %s and %s"
                .formatted(Arrays.toString(mean), Arrays.toString(sd)));
      }
      if (!(noiseSigma > 0 && noiseDegrees > 0)) {
        throw new IllegalArgumentException(
            "noiseSigma and noiseDegrees must be > 0, got %s and %s"
                .formatted(noiseSigma, noiseDegrees));
      }
    }
  }

  /**
   * Fits rows in order of time.
   *
   * @param x one array of regressors per row
   * @param weights one per row, &gt; 0
   */
  public static Regression fit(double[][] x, double[] y, double[] weights, Prior prior) {
    if (x.length != y.length || x.length != weights.length) {
      throw new IllegalArgumentException(
          "rows, values and weights must be as many, got %d, %d, %d"
              .formatted(x.length, y.length, weights.length));
    }
    double[] robust = weights.clone();
    double sigma = prior.noiseSigma();
    double phi = 0;
    double[] mean = prior.mean();
    Cholesky precision = null;
    for (int pass = 0; pass < PASSES || precision == null; pass++) {
      double variance = sigma * sigma * Autocorrelation.varianceInflation(phi);
      precision = Cholesky.of(precision(x, robust, variance, prior));
      mean = precision.solve(evidence(x, y, robust, variance, prior));
      double[] residuals = standardised(x, y, weights, mean);
      phi = Autocorrelation.lagOne(residuals);
      sigma = sigma(residuals, robust, weights, prior);
      double scale = scale(residuals, sigma, prior);
      for (int t = 0; t < y.length; t++) {
        double far = Math.abs(residuals[t]) / (HUBER_LIMIT * scale);
        robust[t] = far > 1 ? weights[t] / far : weights[t];
      }
    }
    return new Regression(mean, precision, sigma, phi, prior.noiseDegrees() + y.length);
  }

  /**
   * Beyond three of these a residual is an outlier. The median of residuals tells it, unless many
   * lie beyond: then they are no outliers but what such rows are like, as where a level is sampled
   * that is mostly zero.
   */
  private static double scale(double[] residuals, double sigma, Prior prior) {
    if (residuals.length < FEWEST_FOR_SCALE) {
      return sigma;
    }
    double robust = Math.max(Quantiles.robustSigma(residuals), 0.1 * prior.noiseSigma());
    long beyond = Arrays.stream(residuals).filter(r -> Math.abs(r) > HUBER_LIMIT * robust).count();
    return beyond <= MOST_OUTLIERS * residuals.length
        ? robust
        : Math.max(robust, Math.sqrt(Arrays.stream(residuals).map(r -> r * r).average().orElse(0)));
  }

  private static double[][] precision(
      double[][] x, double[] weights, double variance, Prior prior) {
    int n = prior.mean().length;
    double[][] matrix = new double[n][n];
    for (int i = 0; i < n; i++) {
      matrix[i][i] = 1 / (prior.sd()[i] * prior.sd()[i]);
    }
    for (int t = 0; t < x.length; t++) {
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          matrix[i][j] += weights[t] * x[t][i] * x[t][j] / variance;
        }
      }
    }
    return matrix;
  }

  private static double[] evidence(
      double[][] x, double[] y, double[] weights, double variance, Prior prior) {
    double[] sum = new double[prior.mean().length];
    for (int i = 0; i < sum.length; i++) {
      sum[i] = prior.mean()[i] / (prior.sd()[i] * prior.sd()[i]);
      for (int t = 0; t < x.length; t++) {
        sum[i] += weights[t] * x[t][i] * y[t] / variance;
      }
    }
    return sum;
  }

  private static double[] standardised(double[][] x, double[] y, double[] weights, double[] mean) {
    double[] residuals = new double[y.length];
    for (int t = 0; t < y.length; t++) {
      residuals[t] = (y[t] - dot(x[t], mean)) * Math.sqrt(weights[t]);
    }
    return residuals;
  }

  private static double sigma(double[] residuals, double[] robust, double[] weights, Prior prior) {
    double squares = prior.noiseDegrees() * prior.noiseSigma() * prior.noiseSigma();
    for (int t = 0; t < residuals.length; t++) {
      squares += residuals[t] * residuals[t] * robust[t] / weights[t];
    }
    return Math.sqrt(squares / (prior.noiseDegrees() + residuals.length));
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  /** The central estimate of coefficient {@code j}. */
  public double coefficient(int j) {
    return mean[j];
  }

  /** The posterior standard deviation of coefficient {@code j}. */
  public double standardDeviation(int j) {
    return Math.sqrt(precision.inverseDiagonal(j));
  }

  /** σ̂ of a residual of weight 1, before the correction for autocorrelation. */
  public double sigma() {
    return sigma;
  }

  /** φ of the residuals. */
  public double autocorrelation() {
    return autocorrelation;
  }

  public double predict(double[] regressors) {
    return dot(regressors, mean);
  }

  /** One set of coefficients as they might be. */
  public double[] draw(RandomGenerator random) {
    double[] normal = new double[mean.length];
    for (int j = 0; j < normal.length; j++) {
      normal[j] = random.nextGaussian();
    }
    double[] away = precision.solveUpper(normal);
    double tail = Math.sqrt(degrees / chiSquared(degrees, random));
    double[] draw = mean.clone();
    for (int j = 0; j < draw.length; j++) {
      draw[j] += tail * away[j];
    }
    return draw;
  }

  /** Chi-squared by Wilson and Hilferty's cube root (1931), ample for five degrees and more. */
  private static double chiSquared(double degrees, RandomGenerator random) {
    double spread = 2 / (9 * degrees);
    double root = 1 - spread + random.nextGaussian() * Math.sqrt(spread);
    return degrees * Math.pow(Math.max(0.1, root), 3);
  }
}
