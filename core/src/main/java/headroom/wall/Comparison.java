package headroom.wall;

import static headroom.wall.belief.Errors.CHANGE_ERROR;
import static headroom.wall.belief.Errors.COVERAGE;

import headroom.stats.Quantiles;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Walls as they are, and as they would be with changes made.
 *
 * @param change the first wall's multiple after over that before, both drawn with the same luck;
 *     null where one of them is not known
 */
public record Comparison(Walls before, Walls after, @Nullable Estimate change) {
  /**
   * @param nearestBefore the first wall in each world that was drawn
   * @param nearestAfter in the same worlds with the changes
   * @param changed whether anything was; what the model errs in the effect of a change does not
   *     cancel, and is added in logarithms
   */
  static Comparison of(
      Walls before, Walls after, double[] nearestBefore, double[] nearestAfter, boolean changed) {
    int worlds = Math.min(nearestBefore.length, nearestAfter.length);
    if (worlds == 0) {
      return new Comparison(before, after, null);
    }
    double[] sorted =
        IntStream.range(0, worlds)
            .mapToDouble(i -> nearestAfter[i] / nearestBefore[i])
            .sorted()
            .toArray();
    double error = changed ? CHANGE_ERROR : 0;
    double median = Quantiles.ofSorted(sorted, 0.5);
    double below = Math.log(median / Quantiles.ofSorted(sorted, (1 - COVERAGE) / 2));
    double above = Math.log(Quantiles.ofSorted(sorted, (1 + COVERAGE) / 2) / median);
    return new Comparison(
        before,
        after,
        new Estimate(
            median * Math.exp(-Math.hypot(below, error)),
            median,
            median * Math.exp(Math.hypot(above, error)),
            COVERAGE));
  }
}
