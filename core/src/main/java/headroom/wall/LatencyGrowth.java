package headroom.wall;

/**
 * By how much responses take longer at the peak than without load, beyond what the reported
 * stations explain, should something that nobody reports hold them up.
 *
 * @param chance that there is something like that, 0..1, see {@link UsableCores}
 * @param atPeak seconds at the peak
 * @param deviation standard deviation of that, seconds
 * @param latency mean response time at the usual mix, seconds
 * @param leastShare the least load, as a share of the peak
 */
record LatencyGrowth(
    double chance, double atPeak, double deviation, double latency, double leastShare) {
  private static final double CERTAIN = 0.75;

  /** Standard deviations that growth must be above zero besides. */
  private static final double CLEAR = 2;

  private static final double ONE_SIDED_95 = 1.64;

  /** What else makes responses grow does so without an end that is known. */
  private static final double CHANCE_OF_ONE_SERVER = 0.8;

  boolean isCertain() {
    return chance > CERTAIN && atPeak > CLEAR * deviation;
  }

  /** The lowest multiple at which one server that all requests visit one by one would be full. */
  double fullAt(double peakPerSecond) {
    double grown = Math.max(0, atPeak + ONE_SIDED_95 * deviation);
    return 1 / HiddenServer.utilizationAtPeak(grown, leastShare, peakPerSecond);
  }

  /** That server, as it breaks after so long a wait. */
  HiddenServer server(double peakPerSecond, double patience) {
    return new HiddenServer(
        atPeak, deviation, leastShare, peakPerSecond, patience, chance * CHANCE_OF_ONE_SERVER);
  }

  double share() {
    return atPeak / latency;
  }
}
