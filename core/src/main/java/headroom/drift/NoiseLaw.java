package headroom.drift;

import java.util.Arrays;

/**
 * The variance of the mean of k hours, as blocks of the baseline show it: upper estimates at some
 * lengths, in between by interpolation of logarithms. Short memory would make it a power of k;
 * levels that wander make it flatter the longer the block, and no formula for short memory knows.
 *
 * <pre>
 *   log V ╲
 *          ╲___      wandering: long blocks differ nearly as much as short ones
 *           ╲  ────
 *            ╲       independent hours: V ~ 1/k
 *             log k
 * </pre>
 */
final class NoiseLaw {
  private static final int[] LENGTHS = {6, 12, 24, 48, 96, 168};
  private static final double[] LOG_LENGTHS =
      Arrays.stream(LENGTHS).mapToDouble(Math::log).toArray();
  private static final int FEWEST_BLOCKS = 4;

  /** Beyond the longest block the variance falls at most like this power. */
  private static final double SLOPE_BEYOND = -0.5;

  /** What upper estimates of so few blocks come to without any wandering. */
  private static final double TOLERATED = 2;

  private static final double MOST_DISTRUST = 4;

  private final double[] logVariances;
  private final int known;

  private NoiseLaw(double[] logVariances, int known) {
    this.logVariances = logVariances;
    this.known = known;
  }

  /**
   * @param residuals around 0, NaN where unknown
   * @param until end of the baseline
   * @param limit values farther from 0 count as this far
   */
  static NoiseLaw of(double[] residuals, int until, double limit) {
    double[] logs = new double[LENGTHS.length];
    int known = 0;
    for (int length : LENGTHS) {
      double blocks = (double) until / length;
      double square = meanSquare(residuals, until, length, limit);
      if (blocks < FEWEST_BLOCKS || !(square > 0)) {
        break;
      }
      // Their own mean was taken out of them; and a variance of n blocks is known to √(2/n).
      double upper = (1 + Math.sqrt(2 / blocks)) / (1 - 1 / blocks);
      logs[known++] = Math.log(square * upper);
    }
    if (known == 0) {
      logs[known++] = Math.log(limit * limit);
    }
    return new NoiseLaw(logs, known);
  }

  /**
   * The same with distrust: where blocks of a day and longer differ more than short memory
   * explains, the level wanders, and weeks show too little of how far it can go.
   *
   * @param perHour variance of a mean of many hours, times their number, were memory short
   */
  NoiseLaw atLeast(double perHour) {
    double excess = 1;
    for (int i = 2; i < known; i++) {
      excess = Math.max(excess, Math.exp(logVariances[i]) * LENGTHS[i] / perHour / TOLERATED);
    }
    double[] logs = logVariances.clone();
    for (int i = 2; i < known; i++) {
      logs[i] += Math.log(Math.min(MOST_DISTRUST, excess));
    }
    return new NoiseLaw(logs, known);
  }

  private static double meanSquare(double[] residuals, int until, int length, double limit) {
    double squares = 0;
    int blocks = 0;
    int step = Math.max(1, length / 2);
    for (int start = until - length; start >= 0; start -= step) {
      double sum = 0;
      int n = 0;
      for (int t = start; t < start + length; t++) {
        if (!Double.isNaN(residuals[t])) {
          sum += Math.clamp(residuals[t], -limit, limit);
          n++;
        }
      }
      if (n >= length / 2) {
        squares += (sum / n) * (sum / n);
        blocks++;
      }
    }
    return blocks == 0 ? 0 : squares / blocks;
  }

  double variance(double hours) {
    double x = Math.log(Math.max(1, hours));
    int next = 0;
    while (next < known && LOG_LENGTHS[next] < x) {
      next++;
    }
    if (next == 0) {
      return Math.exp(logVariances[0] + LOG_LENGTHS[0] - x);
    }
    double left = LOG_LENGTHS[next - 1];
    if (next == known) {
      return Math.exp(logVariances[next - 1] + SLOPE_BEYOND * (x - left));
    }
    double share = (x - left) / (LOG_LENGTHS[next] - left);
    return Math.exp(logVariances[next - 1] + share * (logVariances[next] - logVariances[next - 1]));
  }
}
