package headroom.wall;

/**
 * By how much responses take longer at the peak than without load, beyond what the reported
 * stations explain, should something that nobody reports hold them up.
 *
 * @param chance that there is something like that, 0..1, see {@link UsableCores}
 * @param atPeak seconds at the peak
 * @param deviation standard deviation of that, seconds
 * @param latency mean response time at the usual mix, seconds
 */
record LatencyGrowth(double chance, double atPeak, double deviation, double latency) {
  private static final double CERTAIN = 0.75;

  /** Standard deviations that growth must be above zero besides. */
  private static final double CLEAR = 2;

  private static final double ONE_SIDED_95 = 1.64;

  boolean isCertain() {
    return chance > CERTAIN && atPeak > CLEAR * deviation;
  }

  /**
   * The lowest multiple at which one server that all requests visit one by one would be full, had
   * it caused this growth: its wait is λ S² / (1 − λ S) (M/M/1), so that with q = λ times the
   * growth and z = λ S at the peak, q = z² / (1 − z).
   */
  double fullAt(double peakPerSecond) {
    double q = Math.max(0, atPeak + ONE_SIDED_95 * deviation) * peakPerSecond;
    return 2 / (Math.sqrt(q * q + 4 * q) - q);
  }

  double share() {
    return atPeak / latency;
  }
}
