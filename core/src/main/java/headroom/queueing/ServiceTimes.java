package headroom.queueing;

import java.util.Arrays;

/**
 * A distribution of service times as weighted points: what a histogram of measured times holds.
 *
 * <p>Symbols: S service time in seconds, E[S] mean, cv² = Var[S] / E[S]² squared coefficient of
 * variation, M(θ) = E[e^(θS)] moment generating function.
 */
public final class ServiceTimes {
  private final double[] seconds;
  private final double[] shares;
  private final double mean;
  private final double cv2;

  private ServiceTimes(double[] seconds, double[] shares) {
    this.seconds = seconds;
    this.shares = shares;
    double first = 0;
    double second = 0;
    for (int i = 0; i < seconds.length; i++) {
      first += shares[i] * seconds[i];
      second += shares[i] * seconds[i] * seconds[i];
    }
    this.mean = first;
    this.cv2 = first == 0 ? 0 : Math.max(0, second / (first * first) - 1);
  }

  /**
   * Times with their weights; weights need not add up to one.
   *
   * @throws IllegalArgumentException when a time or weight is negative, or nothing has weight
   */
  public static ServiceTimes of(double[] seconds, double[] weights) {
    if (seconds.length != weights.length) {
      throw new IllegalArgumentException(
          "as many weights as times are needed, got %d for %d"
              .formatted(weights.length, seconds.length));
    }
    double total = 0;
    for (int i = 0; i < seconds.length; i++) {
      if (!(seconds[i] >= 0 && weights[i] >= 0)) {
        throw new IllegalArgumentException(
            "times and weights must be >= 0, got %s weighing %s".formatted(seconds[i], weights[i]));
      }
      total += weights[i];
    }
    if (!(total > 0 && total < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("the weights must add up to > 0, got " + total);
    }
    double[] shares = new double[weights.length];
    for (int i = 0; i < shares.length; i++) {
      shares[i] = weights[i] / total;
    }
    return new ServiceTimes(seconds.clone(), shares);
  }

  /** The distribution of visits that all take the same time. */
  public static ServiceTimes constant(double seconds) {
    return of(new double[] {seconds}, new double[] {1});
  }

  /** The gamma distribution with this mean and variability, as equally likely points. */
  public static ServiceTimes gamma(double mean, double cv2) {
    if (cv2 < 1e-6) {
      return constant(mean);
    }
    int points = 200;
    var gamma = new org.hipparchus.distribution.continuous.GammaDistribution(1 / cv2, mean * cv2);
    double[] seconds = new double[points];
    double[] weights = new double[points];
    for (int i = 0; i < points; i++) {
      seconds[i] = gamma.inverseCumulativeProbability((i + 0.5) / points);
      weights[i] = 1;
    }
    return of(seconds, weights).withMean(mean);
  }

  /** The same shape with another mean. */
  public ServiceTimes withMean(double newMean) {
    if (!(newMean >= 0)) {
      throw new IllegalArgumentException("mean must be >= 0, got " + newMean);
    }
    double factor = mean == 0 ? 0 : newMean / mean;
    return new ServiceTimes(Arrays.stream(seconds).map(value -> value * factor).toArray(), shares);
  }

  public double mean() {
    return mean;
  }

  public double cv2() {
    return cv2;
  }

  public double max() {
    return Arrays.stream(seconds).max().orElse(0);
  }

  /** The share of all time that is spent in visits longer than this, 0..1. */
  public double timeBeyond(double limit) {
    double beyond = 0;
    for (int i = 0; i < seconds.length; i++) {
      beyond += seconds[i] > limit ? shares[i] * seconds[i] : 0;
    }
    return mean == 0 ? 0 : beyond / mean;
  }

  /** Mean time that a visit longer than this, met at any moment, still takes. */
  double residualBeyond(double limit) {
    double first = 0;
    double second = 0;
    for (int i = 0; i < seconds.length; i++) {
      if (seconds[i] > limit) {
        first += shares[i] * seconds[i];
        second += shares[i] * seconds[i] * seconds[i];
      }
    }
    return first == 0 ? 0 : 0.5 * second / first;
  }

  /** Only the visits that are no longer than this, of which there must be some. */
  ServiceTimes upTo(double limit) {
    double[] kept = shares.clone();
    for (int i = 0; i < kept.length; i++) {
      kept[i] = seconds[i] > limit ? 0 : kept[i];
    }
    return of(seconds, kept);
  }

  /** ln M(θ), computed around the largest time so that it does not overflow. */
  double logMoment(double theta) {
    double top = theta > 0 ? theta * max() : 0;
    double sum = 0;
    for (int i = 0; i < seconds.length; i++) {
      sum += shares[i] * Math.exp(theta * seconds[i] - top);
    }
    return top + Math.log(sum);
  }
}
