package headroom.wall.model;

import static headroom.wall.belief.ResponseTimes.CERTAINLY_HIDDEN;
import static headroom.wall.belief.ResponseTimes.CHANCE_OF_ONE_SERVER;
import static headroom.wall.belief.ResponseTimes.CLEARLY_GROWING;
import static headroom.wall.belief.ResponseTimes.ONE_SIDED_95;

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
public record LatencyGrowth(
    double chance, double atPeak, double deviation, double latency, double leastShare) {
  /** Whether there clearly is something. */
  public boolean isCertain() {
    return chance > CERTAINLY_HIDDEN && atPeak > CLEARLY_GROWING * deviation;
  }

  /** The lowest multiple at which one server that all requests visit one by one would be full. */
  public double fullAt(double peakPerSecond) {
    double grown = Math.max(0, atPeak + ONE_SIDED_95 * deviation);
    return 1 / HiddenServer.utilizationAtPeak(grown, leastShare, peakPerSecond);
  }

  /** That server, as it breaks after so long a wait. */
  public HiddenServer server(double peakPerSecond, double patience) {
    return new HiddenServer(
        atPeak, deviation, leastShare, peakPerSecond, patience, chance * CHANCE_OF_ONE_SERVER);
  }

  /** Of the response time. */
  public double share() {
    return atPeak / latency;
  }
}
