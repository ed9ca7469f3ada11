package headroom.stats;

/** How much neighbouring values of a series repeat each other, and what that costs in evidence. */
public final class Autocorrelation {
  /** Beyond this a series is a trend rather than noise, and the correction would have no bound. */
  private static final double GREATEST = 0.9;

  private Autocorrelation() {}

  /**
   * φ: the correlation of a series with itself one step later, corrected for its bias of −(1 + 3φ)
   * / n (Marriott and Pope 1954) and kept within 0..0.9. 0 for fewer than four values.
   */
  public static double lagOne(double[] values) {
    int n = values.length;
    if (n < 4) {
      return 0;
    }
    double mean = Quantiles.mean(values);
    double together = 0;
    double alone = 0;
    for (int i = 0; i < n; i++) {
      alone += (values[i] - mean) * (values[i] - mean);
      if (i > 0) {
        together += (values[i] - mean) * (values[i - 1] - mean);
      }
    }
    if (alone == 0) {
      return 0;
    }
    double raw = together / alone;
    double corrected = (n * raw + 1) / Math.max(1, n - 3);
    return Math.max(0, Math.min(GREATEST, corrected));
  }

  /**
   * (1 + φ) / (1 − φ): by how much the variance of a mean of first-order autoregressive noise
   * exceeds that of as many independent values (Bartlett 1946).
   */
  public static double varianceInflation(double phi) {
    if (!(phi >= 0 && phi < 1)) {
      throw new IllegalArgumentException("phi must be within 0..1 and below 1, got " + phi);
    }
    return (1 + phi) / (1 - phi);
  }
}
