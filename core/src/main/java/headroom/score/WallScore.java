package headroom.score;

import java.util.List;

/**
 * A row of the scoreboard. Shares are 0..1, and NaN where there is no case to take a share of.
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
 * @param confidentMisses share whose interval misses the truth while no hidden limit is hinted at
 * @param missesHinted share of the misses with such a hint
 * @param falseHints share with a hint, of the systems that hide no limit
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
    double confidentMisses,
    double missesHinted,
    double falseHints,
    int clear) {
  private static final double WITHIN = 0.1;

  public static WallScore of(List<WallResult> results) {
    List<WallResult> clear = results.stream().filter(WallResult::isClear).toList();
    List<WallResult> ties = results.stream().filter(result -> !result.isClear()).toList();
    List<WallResult> misses = results.stream().filter(result -> !result.isCovered()).toList();
    List<WallResult> open =
        results.stream().filter(result -> !result.scenario().hidesLimit()).toList();
    return new WallScore(
        results.size(),
        Tally.share(results, result -> Math.abs(result.error()) <= WITHIN),
        Tally.median(results, result -> Math.abs(result.error())),
        Tally.median(results, WallResult::error),
        Tally.share(results, WallResult::isCovered),
        Tally.median(results, WallResult::width),
        Tally.share(clear, WallResult::isFirstRight),
        Tally.share(ties, WallResult::isTieSaid),
        Tally.share(results, WallResult::isConfidentMiss),
        Tally.share(misses, WallResult::hintedAt),
        Tally.share(open, WallResult::hintedAt),
        clear.size());
  }
}
