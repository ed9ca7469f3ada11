package headroom.score;

import headroom.sim.Truth;
import headroom.wall.Estimate;
import java.util.Optional;

/** A prediction of the first wall beside the true one, wherever the two come from. */
public interface WallVerdict {
  /** From this gap on, a first station can be told from the second. */
  double CLEAR_GAP = 0.1;

  /** Below this chance a prediction says that it is a tie. */
  double SURE = 0.8;

  Truth truth();

  /** The true wall as a multiple of the peak that the prediction refers to. */
  double trueMultiple();

  /** Of the first station to break; empty when nothing was predicted. */
  Optional<Estimate> predicted();

  /** That was named first; empty for none. */
  String station();

  /** With which it was said to be the first, 0..1. */
  double chance();

  /** Whether a hidden limit was said to be possible. */
  boolean hintedAt();

  /** Whether the system has a limit that reports nothing, or may have one. */
  boolean mayHideLimit();

  /** Outside of the interval, and nothing said that a limit may be hidden. */
  default boolean isConfidentMiss() {
    return !isCovered() && !hintedAt();
  }

  /** Predicted over true wall, less one; infinite without a prediction. */
  default double error() {
    return predicted().map(p -> p.median() / trueMultiple() - 1).orElse(Double.POSITIVE_INFINITY);
  }

  default boolean isCovered() {
    return predicted().map(p -> p.contains(trueMultiple())).orElse(false);
  }

  /** Width of the interval over its median; infinite without a prediction. */
  default double width() {
    return predicted().map(p -> (p.high() - p.low()) / p.median()).orElse(Double.POSITIVE_INFINITY);
  }

  /** Whether there is one station that should have been named. */
  default boolean isClear() {
    return truth().gap() >= CLEAR_GAP;
  }

  /** Whether the second station breaks so soon after the first that a tie should be told. */
  default boolean isTie() {
    return !isClear();
  }

  default boolean isFirstRight() {
    return station().equals(truth().first());
  }

  default boolean isTieSaid() {
    return chance() < SURE;
  }
}
