package headroom.score;

import headroom.sim.Truth;
import headroom.wall.Estimate;
import java.util.Locale;
import java.util.Optional;

/**
 * What came of one examination.
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
    boolean hintedAt) {
  /** From this gap on, a first station can be told from the second. */
  private static final double CLEAR_GAP = 0.1;

  /** Below this chance a prediction says that it is a tie. */
  private static final double SURE = 0.8;

  /** Predicted over true wall, less one; infinite without a prediction. */
  public double error() {
    return predicted.map(p -> p.median() / trueMultiple - 1).orElse(Double.POSITIVE_INFINITY);
  }

  public boolean isCovered() {
    return predicted.map(p -> p.contains(trueMultiple)).orElse(false);
  }

  /** Width of the interval over its median; infinite without a prediction. */
  public double width() {
    return predicted.map(p -> (p.high() - p.low()) / p.median()).orElse(Double.POSITIVE_INFINITY);
  }

  /** Outside of the interval, and nothing said that a limit may be hidden. */
  public boolean isConfidentMiss() {
    return !isCovered() && !hintedAt;
  }

  public boolean isClear() {
    return truth.gap() >= CLEAR_GAP;
  }

  public boolean isFirstRight() {
    return station.equals(truth.first());
  }

  public boolean isTieSaid() {
    return chance < SURE;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%-18s %-18s true %5.2f said %s error %+5.0f%% %s  %-16s P %.2f  true %-16s gap %4.0f%%%s%s",
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
