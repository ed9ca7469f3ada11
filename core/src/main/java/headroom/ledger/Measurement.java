package headroom.ledger;

import headroom.model.Event;
import headroom.model.Station;
import headroom.wall.Objective;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A break that a test found: an event of kind {@code outcome}, or a {@code test} that says so.
 *
 * @param station that was full then, in whatever words it is told; empty when it was not found out
 * @param perSecond root operations at which the objective began to fail
 */
record Measurement(Instant at, String station, double perSecond) {
  /** The break that an event tells of, empty when it tells of none at this objective. */
  static Optional<Measurement> of(Event event, Objective objective) {
    if (!isTest(event, objective)) {
      return Optional.empty();
    }
    Map<String, String> attributes = event.attributes();
    OptionalDouble perSecond = positive(attributes, "perSecond");
    return perSecond.isPresent()
        ? Optional.of(
            new Measurement(
                event.at(), attributes.getOrDefault("station", ""), perSecond.getAsDouble()))
        : Optional.empty();
  }

  /** Whether this station is the one that broke. */
  boolean isAbout(Station one) {
    return Station.parse(station).filter(one::equals).isPresent();
  }

  /**
   * Whether an event tells of a test whose objective is the one that predictions are about. What
   * breaks 200 ms says nothing of 500 ms. An event without an objective is taken at its word.
   */
  static boolean isTest(Event event, Objective objective) {
    if (!event.kind().equals("outcome") && !event.kind().equals("test")) {
      return false;
    }
    Map<String, String> attributes = event.attributes();
    OptionalDouble errors = positive(attributes, "errorShare");
    if (errors.isPresent()) {
      return isAbout(errors.getAsDouble(), objective.errorShare());
    }
    OptionalDouble quantile = positive(attributes, "quantile");
    OptionalDouble seconds = positive(attributes, "limitSeconds");
    return quantile.isEmpty()
        || seconds.isEmpty()
        || (isAbout(quantile.getAsDouble(), objective.quantile())
            && isAbout(seconds.getAsDouble(), objective.seconds()));
  }

  private static boolean isAbout(double value, double other) {
    return Math.abs(value - other) <= 1e-3 * other;
  }

  static OptionalDouble positive(Map<String, String> attributes, String name) {
    String text = attributes.get(name);
    if (text == null) {
      return OptionalDouble.empty();
    }
    try {
      double value = Double.parseDouble(text);
      return value > 0 && Double.isFinite(value)
          ? OptionalDouble.of(value)
          : OptionalDouble.empty();
    } catch (NumberFormatException notANumber) {
      return OptionalDouble.empty();
    }
  }
}
