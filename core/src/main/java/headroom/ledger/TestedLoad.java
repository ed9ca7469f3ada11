package headroom.ledger;

import headroom.ledger.Entry.Verdict;
import headroom.model.Event;
import headroom.wall.Estimate;
import headroom.wall.Objective;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A load under which a test held or broke, which says on which side of it the wall is: an event of
 * kind {@code test} with {@code heldPerSecond} or {@code brokePerSecond} and no {@code perSecond}.
 *
 * @param held whether the objective held
 */
record TestedLoad(Instant at, double perSecond, boolean held) {
  static Optional<TestedLoad> of(Event event, Objective objective) {
    Map<String, String> attributes = event.attributes();
    if (!Measurement.isTest(event, objective)
        || Measurement.positive(attributes, "perSecond").isPresent()) {
      return Optional.empty();
    }
    OptionalDouble held = Measurement.positive(attributes, "heldPerSecond");
    OptionalDouble broke = Measurement.positive(attributes, "brokePerSecond");
    if (held.isPresent() == broke.isPresent()) {
      return Optional.empty();
    }
    return Optional.of(
        new TestedLoad(event.at(), held.orElseGet(broke::getAsDouble), held.isPresent()));
  }

  /**
   * What tests together say of a prediction: the wall lies above the highest load that held and at
   * or below the lowest that broke. Empty when that decides nothing.
   *
   * @param first whether it was said to be the first to break; what breaks does not say which
   *     station did, so only that one can be right, or too high
   */
  static Optional<Entry> score(Prediction said, boolean first, List<TestedLoad> tests) {
    Estimate claim = said.multiple();
    double held = 0;
    double broke = Double.POSITIVE_INFINITY;
    for (TestedLoad test : tests) {
      double multiple = test.perSecond / said.peakPerSecond();
      if (!test.at.isAfter(said.at())) {
        continue;
      }
      if (test.held) {
        held = Math.max(held, multiple);
      } else {
        broke = Math.min(broke, multiple);
      }
      if (held > claim.high()) {
        return decided(
            said, Verdict.WRONG, held, test.at, "a test held at %.2fx, beyond the interval");
      }
      if (first && broke < claim.low()) {
        return decided(
            said, Verdict.WRONG, broke, test.at, "a test broke at %.2fx, below the interval");
      }
      if (first && held >= claim.low() && broke <= claim.high() && held < broke) {
        return decided(
            said,
            Verdict.RIGHT,
            Math.sqrt(held * broke),
            test.at,
            "tests held below and broke above %.2fx, within the interval");
      }
    }
    return Optional.empty();
  }

  private static Optional<Entry> decided(
      Prediction said, Verdict verdict, double multiple, Instant at, String why) {
    // A load that is made says nothing about when traffic would have got there.
    return Optional.of(
        new Entry(
            said,
            verdict,
            said.date() == null ? null : Verdict.OPEN,
            OptionalDouble.of(multiple),
            at,
            String.format(Locale.ROOT, why, multiple)));
  }
}
