package headroom.score;

import headroom.sim.Truth;
import headroom.wall.Estimate;
import java.util.Locale;
import java.util.Optional;

/**
 * One predicted wall beside the true one.
 *
 * @param trueMultiple the true wall as a multiple of the peak that the prediction refers to
 * @param predicted of the first station to break; empty when nothing was predicted
 * @param station that was named first; empty for none
 * @param chance with which it was said to be the first, 0..1
 * @param hintedAt whether a hidden limit was said to be possible
 */
public record WallResult(
    WallScenario scenario,
    Truth truth,
    double trueMultiple,
    Optional<Estimate> predicted,
    String station,
    double chance,
    boolean hintedAt)
    implements WallVerdict {
  @Override
  public boolean mayHideLimit() {
    return scenario.hidesLimit();
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%-18s %-18s true %5.2f said %s error %+5.0f%% %s  %-16s P %.2f  true %-16s gap"
            + " %4.0f%%%s%s",
        scenario.series().label(),
        scenario.kind(),
        trueMultiple,
        predicted
            .map(p ->
                String.format(Locale.ROOT, "%5.2f [%5.2f %5.2f]", p.median(), p.low(), p.high()))
            .orElse("nothing"),
        100 * error(),
        isCovered() ? "in " : "OUT",
        station,
        chance,
        truth.first(),
        100 * truth.gap(),
        isClear() && !isFirstRight() ? " WRONG" : "",
        hintedAt ? " HINT" : "");
  }
}
