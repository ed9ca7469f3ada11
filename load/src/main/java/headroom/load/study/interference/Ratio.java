package headroom.load.study.interference;

/**
 * How many times as long, with its 90 % interval: the geometric mean over paired blocks, and
 * Student's t on their logarithms.
 */
public record Ratio(double low, double value, double high) {
  /** The 95 % quantile of Student's t by degrees of freedom, from 1 on. */
  private static final double[] T95 = {
    6.314, 2.920, 2.353, 2.132, 2.015, 1.943, 1.895, 1.860, 1.833, 1.812
  };

  private static final double T95_BEYOND = 1.645 + 0.15;

  /** Whether the slow-down cannot well be chance. */
  public boolean isSlower() {
    return low > 1;
  }

  /**
   * @param ratios one per block, all above zero, at least two
   */
  static Ratio of(double[] ratios) {
    if (ratios.length < 2) {
      throw new IllegalArgumentException("ratios must be at least 2, got " + ratios.length);
    }
    int n = ratios.length;
    double sum = 0;
    double squares = 0;
    for (double ratio : ratios) {
      double log = Math.log(ratio);
      sum += log;
      squares += log * log;
    }
    double mean = sum / n;
    double variance = Math.max(0, (squares - n * mean * mean) / (n - 1));
    double t = n - 2 < T95.length ? T95[n - 2] : T95_BEYOND;
    double half = t * Math.sqrt(variance / n);
    return new Ratio(Math.exp(mean - half), Math.exp(mean), Math.exp(mean + half));
  }
}
