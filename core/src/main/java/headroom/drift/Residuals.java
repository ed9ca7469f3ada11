package headroom.drift;

import headroom.stats.Autocorrelation;
import headroom.stats.Quantiles;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What neither load nor the time of day explains of a series, by hour, in logarithms; and how large
 * that usually is.
 *
 * <p>Whitened: e_t = r_t − φ r_{t−1}, or √(1−φ²) r_t after a gap, so that neighbours say new
 * things. A step of size δ from τ on is then δ at τ and (1−φ) δ after it; see {@link #template}.
 */
final class Residuals {
  private static final double CLIP = 3;
  private static final double SMALLEST_SIGMA = 5e-4;
  private static final int FEWEST = 200;

  final Timeframe span;
  final LoadFit fit;

  /** r, NaN in hours that are unknown or not comparable. */
  final double[] values;

  /** e, with NaN where r is. */
  final double[] white;

  /** Standard deviation of r and of e in the baseline. */
  final double sigma;

  final double whiteSigma;
  final double phi;
  final NoiseLaw law;

  /** Standard deviation of the means of days in the baseline. */
  final double dailySigma;

  /** Sums of r, of r with its outliers cut off, and counts, of the hours before each. */
  private final double[] sums;

  private final double[] clippedSums;
  private final int[] counts;

  private Residuals(Timeframe span, LoadFit fit, double[] values) {
    this.span = span;
    this.fit = fit;
    this.values = values;
    double[] usual = known(values, span.baseline());
    double crude = Math.max(SMALLEST_SIGMA, Quantiles.robustSigma(usual));
    double[] clipped = clip(usual, 4 * crude);
    phi = Autocorrelation.lagOne(clipped);
    // As many parameters were fitted to these hours; the hours to come owe them nothing.
    double fitted = LoadFit.size() + 0.75 * Season.size();
    double inflation = Math.sqrt((usual.length + fitted) / Math.max(1, usual.length - fitted));
    sigma = inflation * Math.max(crude, deviation(clipped));
    white = whiten(values, phi);
    double[] innovations = known(white, span.baseline());
    double robust = Math.max(SMALLEST_SIGMA, Quantiles.robustSigma(innovations));
    whiteSigma = inflation * Math.max(robust, deviation(clip(innovations, CLIP * robust)));
    law =
        NoiseLaw.of(values, span.baseline(), 4 * crude)
            .atLeast(Math.pow(whiteSigma / (1 - phi), 2));
    dailySigma = Math.sqrt(law.variance(24));
    sums = new double[values.length + 1];
    clippedSums = new double[values.length + 1];
    counts = new int[values.length + 1];
    for (int t = 0; t < values.length; t++) {
      boolean isKnown = !Double.isNaN(values[t]);
      sums[t + 1] = sums[t] + (isKnown ? values[t] : 0);
      clippedSums[t + 1] =
          clippedSums[t] + (isKnown ? Math.clamp(values[t], -12 * crude, 12 * crude) : 0);
      counts[t + 1] = counts[t] + (isKnown ? 1 : 0);
    }
  }

  /**
   * Of a series that goes with load.
   *
   * @param y logarithms by hour of the span; NaN where unknown
   * @param load the logarithm of the rate that it may depend on
   * @param mix the logarithm of a share that it may depend on
   * @return null when too little is known
   */
  static @Nullable Residuals of(Timeframe span, double[] y, double[] load, double[] mix) {
    LoadFit fit = LoadFit.of(y, load, mix, span.baseline());
    if (fit == null) {
      return null;
    }
    double[] left = new double[y.length];
    for (int t = 0; t < y.length; t++) {
      left[t] = fit.isComparable(load[t]) ? y[t] - fit.expected(load[t], mix[t]) : Double.NaN;
    }
    double[] usual = known(left, span.baseline());
    if (usual.length < FEWEST) {
      return null;
    }
    double limit = CLIP * Math.max(SMALLEST_SIGMA, Quantiles.robustSigma(usual));
    Season season = Season.of(left, span.baseline(), span.from(), limit);
    for (int t = 0; t < left.length; t++) {
      left[t] -= season.at(span.from() + t);
    }
    double level = Quantiles.mean(clip(known(left, span.baseline()), limit));
    for (int t = 0; t < left.length; t++) {
      left[t] -= level;
    }
    return new Residuals(span, fit, left);
  }

  private static double[] known(double[] values, int until) {
    return known(Arrays.copyOf(values, until));
  }

  private static double[] known(double[] values) {
    return Arrays.stream(values).filter(value -> !Double.isNaN(value)).toArray();
  }

  private static double[] clip(double[] values, double limit) {
    return Arrays.stream(values).map(value -> Math.clamp(value, -limit, limit)).toArray();
  }

  private static double deviation(double[] values) {
    return Math.sqrt(Arrays.stream(values).map(value -> value * value).sum() / values.length);
  }

  private static double[] whiten(double[] values, double phi) {
    double[] white = new double[values.length];
    for (int t = 0; t < values.length; t++) {
      boolean follows = t > 0 && !Double.isNaN(values[t - 1]);
      white[t] = follows ? values[t] - phi * values[t - 1] : Math.sqrt(1 - phi * phi) * values[t];
    }
    return white;
  }

  /** e_t, no farther from 0 than three deviations. */
  double clipped(int t) {
    return Math.clamp(white[t], -CLIP * whiteSigma, CLIP * whiteSigma);
  }

  private boolean follows(int t) {
    return t > 0 && !Double.isNaN(values[t - 1]);
  }

  /** What a lasting unit adds to e_t, in an hour after its first. */
  double template(int t) {
    return follows(t) ? 1 - phi : Math.sqrt(1 - phi * phi);
  }

  /** What a unit that begins in this hour adds to e_t. */
  double firstTemplate(int t) {
    return follows(t) ? 1 : Math.sqrt(1 - phi * phi);
  }

  /** Variance of a level estimated from so much evidence over so many hours, against the usual. */
  double variance(double information, double hours) {
    double independent = whiteSigma * whiteSigma / information;
    return Math.max(independent, law.variance(hours)) + law.variance(span.baseline());
  }

  /** The size of a step that begins at {@code tau}, seen until {@code end}. */
  Level stepAt(int tau, int end) {
    double sum = 0;
    double information = 0;
    int hours = 0;
    for (int t = tau; t < end; t++) {
      if (!Double.isNaN(values[t])) {
        double x = t == tau ? firstTemplate(t) : template(t);
        sum += x * clipped(t);
        information += x * x;
        hours++;
      }
    }
    if (hours < 3) {
      return Level.UNKNOWN;
    }
    return new Level(sum / information, Math.sqrt(variance(information, hours)));
  }

  /** The mean of r over these hours; NaN when none is known. */
  double mean(int from, int to) {
    return mean(sums, from, to);
  }

  /** The same with outliers cut off. */
  double clippedMean(int from, int to) {
    return mean(clippedSums, from, to);
  }

  private double mean(double[] of, int from, int to) {
    int start = Math.max(0, from);
    int n = counts[to] - counts[start];
    return n == 0 ? Double.NaN : (of[to] - of[start]) / n;
  }

  /**
   * The size of a change that was found here, as the median of the hours that it covers: detection
   * cuts off outliers, and so the height of large steps.
   */
  double size(Change change) {
    if (change.shape() == Drift.Shape.NIGHTLY) {
      return NightlyScan.at(this, change).size();
    }
    double[] covered = known(Arrays.copyOfRange(values, change.tau(), values.length));
    if (covered.length == 0) {
      return change.size();
    }
    // Half of a ramp lies below half of its height.
    return Quantiles.median(covered) * (change.shape() == Drift.Shape.RAMP ? 2 : 1);
  }

  /** What this series shows of a change that was found elsewhere. */
  Level shows(Change change) {
    return change.shape() == Drift.Shape.NIGHTLY
        ? NightlyScan.at(this, change)
        : stepAt(change.plainFrom(values.length), values.length);
  }

  /** An estimated change of a level. */
  record Level(double size, double sd) {
    static final Level UNKNOWN = new Level(0, Double.POSITIVE_INFINITY);

    double z() {
      return size / sd;
    }
  }
}
