package headroom.score;

import headroom.stats.Quantiles;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * A row of the scoreboard. Shares are 0..1.
 *
 * @param cases how many predictions were examined
 * @param within10 share whose central estimate lies within ten per cent of the truth
 * @param medianError median of the absolute error
 * @param bias median of the error with its sign
 * @param coverage90 share whose 90 % interval holds the truth
 * @param medianWidth of the intervals, over their medians
 * @param firstToBreak share with the right station first, of the cases where the second breaks at
 *     least ten per cent later
 * @param tiesSaid share in which a tie was said to be one, of the other cases
 * @param clear how many cases have a clear first
 */
public record WallScore(
    int cases,
    double within10,
    double medianError,
    double bias,
    double coverage90,
    double medianWidth,
    double firstToBreak,
    double tiesSaid,
    int clear) {
  private static final double WITHIN = 0.1;

  /** Of at least one result. */
  public static WallScore of(List<? extends WallVerdict> results) {
    List<? extends WallVerdict> clear = results.stream().filter(WallVerdict::isClear).toList();
    List<? extends WallVerdict> ties = results.stream().filter(WallVerdict::isTie).toList();
    return new WallScore(
        results.size(),
        share(results, result -> Math.abs(result.error()) <= WITHIN),
        median(results, result -> Math.abs(result.error())),
        median(results, WallVerdict::error),
        share(results, WallVerdict::isCovered),
        median(results, WallVerdict::width),
        share(clear, WallVerdict::isFirstRight),
        share(ties, WallVerdict::isTieSaid),
        clear.size());
  }

  private static double share(List<? extends WallVerdict> results, Predicate<WallVerdict> counted) {
    return results.isEmpty()
        ? 1
        : (double) results.stream().filter(counted).count() / results.size();
  }

  private static double median(
      List<? extends WallVerdict> results, ToDoubleFunction<WallVerdict> value) {
    return Quantiles.median(results.stream().mapToDouble(value).toArray());
  }
}
