package headroom.cli.exam.recordings;

import headroom.sim.Truth;
import headroom.wall.Objective;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What is known of a recorded system, as {@code simulate} writes it or as somebody noted it after a
 * load test. Of this only the wall must be there, by rate or by multiple; null means that none is
 * within reach.
 *
 * <pre>
 * { "wall": { "perSecond": 121.5, "multiple": 3.03 }, "peakPerSecond": 40.1,
 *   "firstToBreak": "wallet/pool/ledger",
 *   "goal": { "quantile": 0.99, "seconds": 0.5, "errors": 0.01 },
 *   "changes": [ { "onset": "2026-11-03T14:10:00Z", "operation": "POST /exchange" } ] }
 * </pre>
 *
 * @param objective at which the wall was found
 * @param truth its rate is infinite when no wall is within reach, NaN when only a multiple is
 *     known; its stations are empty when it is not known which one broke
 * @param multiple of the peak; empty when only a rate was noted
 * @param peakPerSecond that the multiple refers to; empty when it was not noted
 */
public record KnownTruth(
    Objective objective,
    Truth truth,
    OptionalDouble multiple,
    OptionalDouble peakPerSecond,
    List<KnownChange> changes) {
  public KnownTruth {
    changes = List.copyOf(changes);
  }

  /**
   * Something that made the system slower from then on.
   *
   * @param operation empty for any
   */
  public record KnownChange(Instant onset, String operation) {}
}
