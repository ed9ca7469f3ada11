package headroom.score;

import java.util.List;

/**
 * The score of the walls of several scenarios: a row of the scoreboard. Shares are 0..1, and NaN
 * where there is no case to take a share of.
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
 * @param ties how many have not
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
    int clear,
    int ties) {
  private static final double WITHIN = 0.1;

  public static WallScore of(List<? extends WallVerdict> results) {
    return ofAll(List.copyOf(results));
  }

  private static WallScore ofAll(List<WallVerdict> results) {
    List<WallVerdict> clear = results.stream().filter(WallVerdict::isClear).toList();
    List<WallVerdict> ties = results.stream().filter(WallVerdict::isTie).toList();
    List<WallVerdict> misses = results.stream().filter(result -> !result.isCovered()).toList();
    List<WallVerdict> open = results.stream().filter(result -> !result.mayHideLimit()).toList();
    return new WallScore(
        results.size(),
        ResultSummary.share(results, result -> Math.abs(result.error()) <= WITHIN),
        ResultSummary.median(results, result -> Math.abs(result.error())),
        ResultSummary.median(results, WallVerdict::error),
        ResultSummary.share(results, WallVerdict::isCovered),
        ResultSummary.median(results, WallVerdict::width),
        ResultSummary.share(clear, WallVerdict::isFirstRight),
        ResultSummary.share(ties, WallVerdict::isTieSaid),
        ResultSummary.share(results, WallVerdict::isConfidentMiss),
        ResultSummary.share(misses, WallVerdict::hintedAt),
        ResultSummary.share(open, WallVerdict::hintedAt),
        clear.size(),
        ties.size());
  }
}
