package headroom.ledger;

import headroom.model.Event;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A break that a test found: an event of kind {@code outcome}, or a {@code test} that says so.
 *
 * @param station that was full then; empty when it was not found out
 * @param perSecond root operations at which the objective began to fail
 */
record Measurement(Instant at, String station, double perSecond) {
  static Optional<Measurement> of(Event event) {
    Map<String, String> attributes = event.attributes();
    if (!event.kind().equals("outcome") && !event.kind().equals("test")) {
      return Optional.empty();
    }
    try {
      double perSecond = Prediction.number(attributes, "perSecond");
      return perSecond > 0
          ? Optional.of(
              new Measurement(event.at(), attributes.getOrDefault("station", ""), perSecond))
          : Optional.empty();
    } catch (IllegalArgumentException notABreak) {
      return Optional.empty();
    }
  }
}
