package headroom.ledger;

import java.time.Instant;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * A prediction and what became of it.
 *
 * @param load what became of the multiple
 * @param date what became of the date; null where none was named
 * @param actualMultiple of the prediction's own peak at which it really broke, or that held
 * @param at when that was; null as long as nothing decided it
 * @param why in words
 */
public record Entry(
    Prediction prediction,
    Verdict load,
    @Nullable Verdict date,
    OptionalDouble actualMultiple,
    @Nullable Instant at,
    String why) {

  /** The state of a claim; the name on the wire is in lower case with spaces. */
  public enum Verdict {
    /** Nothing has come near what was claimed. */
    TOO_EARLY,
    /** Within the interval, and still undecided. */
    OPEN,
    RIGHT,
    WRONG;

    public boolean isDecided() {
      return this == RIGHT || this == WRONG;
    }
  }
}
