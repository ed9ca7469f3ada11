package headroom.wall.model;

import static headroom.wall.belief.Errors.FARTHEST;

import headroom.queueing.Monotone;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;

/**
 * One server that nobody reports and that requests visit one by one, as it would be to make
 * responses grow as they do: M/M/1.
 *
 * <p>Its wait is λ S² / (1 − λ S). A straight line through the waits between r times the peak and
 * the peak, with z = λ S at the peak, has the slope z² / ((1 − z) (1 − r z)) / λ per peak; its
 * growth is drawn as it was measured, and z and S follow. It breaks where P(W &gt; x) = ρ e^(−(1 −
 * ρ) x / S) is what may miss the objective.
 *
 * @param growth of the response time from no load to the peak, as a straight line, seconds
 * @param deviation standard deviation of that
 * @param leastShare r, the least load that was seen as a share of the peak
 * @param peakPerSecond λ
 * @param patience x, seconds
 * @param chance that the growth is due to such a server, 0..1
 */
public record HiddenServer(
    double growth,
    double deviation,
    double leastShare,
    double peakPerSecond,
    double patience,
    double chance) {
  private static final double FULL = 0.999;

  /** The multiple of the peak at which it breaks in one world; empty where there is none. */
  OptionalDouble draw(RandomGenerator random, double mayMiss) {
    double drawn = growth + deviation * random.nextGaussian();
    boolean exists = random.nextDouble() < chance;
    return exists && drawn > 0 ? OptionalDouble.of(wall(drawn, mayMiss)) : OptionalDouble.empty();
  }

  double wall(double grown, double mayMiss) {
    double z = utilizationAtPeak(grown, leastShare, peakPerSecond);
    double service = z / peakPerSecond;
    double full =
        Monotone.inverse(
            utilization -> utilization * Math.exp(-(1 - utilization) * patience / service),
            0,
            1,
            mayMiss);
    return Math.min(FARTHEST, Math.max(z, full) / z);
  }

  /** z, from the growth: the inverse of λ growth = z² / ((1 − z) (1 − r z)). */
  static double utilizationAtPeak(double grown, double leastShare, double peakPerSecond) {
    return Math.max(
        1e-6,
        Monotone.inverse(
            z -> z * z / ((1 - z) * (1 - leastShare * z)), 0, FULL, grown * peakPerSecond));
  }
}
