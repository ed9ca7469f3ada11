package headroom.ledger;

import headroom.model.Event;
import headroom.model.Station;
import headroom.wall.Estimate;
import headroom.wall.Wall;
import headroom.wall.Wall.DateEstimate;
import headroom.wall.Walls;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What was said of a station at some moment, as it is kept: an event of kind {@code prediction}.
 *
 * @param multiple of {@code peakPerSecond} at which the objective was said to fail
 * @param date when traffic was said to get there; null where no date was named
 */
public record Prediction(
    Instant at,
    Station station,
    Estimate multiple,
    double peakPerSecond,
    @Nullable DateEstimate date) {
  public static final String KIND = "prediction";

  private static final double USUAL_COVERAGE = 0.9;

  /** A prediction made of these parts. */
  public Prediction(
      Instant at,
      Station station,
      Estimate multiple,
      double peakPerSecond,
      @Nullable DateEstimate date) {
    if (!(peakPerSecond > 0)) {
      throw new IllegalArgumentException("peakPerSecond must be > 0, got " + peakPerSecond);
    }
    this.at = at;
    this.station = station;
    this.multiple = multiple;
    this.peakPerSecond = peakPerSecond;
    this.date = date;
  }

  /** What walls say of every station that has a number. */
  public static List<Prediction> of(Walls walls, Instant at) {
    List<Prediction> predictions = new ArrayList<>();
    Walls.Load load = walls.load();
    for (Wall wall : walls.walls()) {
      Estimate multiple = wall.multiple();
      // A wall that is failed already is a finding, not a prediction.
      if (load != null && multiple != null && multiple.high() > 1) {
        predictions.add(
            new Prediction(at, wall.station(), multiple, load.peakPerSecond(), wall.date()));
      }
    }
    return predictions;
  }

  /** Loads at which it was said to fail, root operations per second. */
  Estimate perSecond() {
    return new Estimate(
        multiple.low() * peakPerSecond,
        multiple.median() * peakPerSecond,
        multiple.high() * peakPerSecond,
        multiple.coverage());
  }

  /** The event that keeps it. */
  public Event event() {
    Map<String, String> attributes = new HashMap<>();
    attributes.put("station", station.text());
    attributes.put("low", String.valueOf(multiple.low()));
    attributes.put("median", String.valueOf(multiple.median()));
    attributes.put("high", String.valueOf(multiple.high()));
    attributes.put("coverage", String.valueOf(multiple.coverage()));
    attributes.put("peakPerSecond", String.valueOf(peakPerSecond));
    if (date != null) {
      attributes.put("dateLow", date.low().toString());
      attributes.put("dateMedian", date.median().toString());
      attributes.put("dateHigh", date.high().toString());
      attributes.put("dateCoverage", String.valueOf(date.coverage()));
      attributes.put("dateOpenEnded", String.valueOf(date.openEnded()));
    }
    return new Event(KIND, at, station.text(), attributes);
  }

  /** The prediction that an event keeps; empty when it keeps none that can be read. */
  public static Optional<Prediction> of(Event event) {
    Map<String, String> attributes = event.attributes();
    Optional<Station> station =
        Optional.ofNullable(attributes.get("station")).flatMap(Station::parse);
    if (!event.kind().equals(KIND) || station.isEmpty()) {
      return Optional.empty();
    }
    try {
      var multiple =
          new Estimate(
              number(attributes, "low"),
              number(attributes, "median"),
              number(attributes, "high"),
              attributes.containsKey("coverage") ? number(attributes, "coverage") : USUAL_COVERAGE);
      return Optional.of(
          new Prediction(
              event.at(),
              station.get(),
              multiple,
              number(attributes, "peakPerSecond"),
              date(attributes)));
    } catch (IllegalArgumentException | DateTimeException unreadable) {
      return Optional.empty();
    }
  }

  private static @Nullable DateEstimate date(Map<String, String> attributes) {
    String low = attributes.get("dateLow");
    String median = attributes.get("dateMedian");
    String high = attributes.get("dateHigh");
    if (low == null || median == null || high == null) {
      return null;
    }
    return new DateEstimate(
        LocalDate.parse(low),
        LocalDate.parse(median),
        LocalDate.parse(high),
        attributes.containsKey("dateCoverage")
            ? number(attributes, "dateCoverage")
            : USUAL_COVERAGE,
        Boolean.parseBoolean(attributes.get("dateOpenEnded")),
        new TreeMap<>(),
        "");
  }

  static double number(Map<String, String> attributes, String name) {
    String text = attributes.get(name);
    if (text == null) {
      throw new IllegalArgumentException(name + " is missing");
    }
    return Double.parseDouble(text);
  }
}
