package headroom.cli.exam.recordings;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import headroom.cli.exam.recordings.KnownTruth.KnownChange;
import headroom.model.Spelling;
import headroom.sim.Truth;
import headroom.sim.Truth.StationWall;
import headroom.wall.Objective;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalDouble;

/** Reads what is known of a recorded system. */
public final class TruthReader {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long MOST_BYTES = 1 << 20;

  /** Those that are only for readers too. */
  private static final List<String> KEYS =
      List.of(
          "wall",
          "peakPerSecond",
          "firstToBreak",
          "walls",
          "goal",
          "changes",
          "jobs",
          "scenario",
          "service",
          "seed",
          "from",
          "to",
          "note");

  /** From here on two letters may have slipped. */
  private static final int LONG_KEY = 8;

  private static final String NO_WALL =
      "it must say where the system breaks, such as \"wall\": { \"perSecond\": 121.5 }";

  private final Path file;
  private final JsonNode json;

  private TruthReader(Path file, JsonNode json) {
    this.file = file;
    this.json = json;
  }

  /**
   * Reads a file.
   *
   * @throws UnusableFileException when it does not say what it should; the message tells what
   * @throws IOException when it cannot be read
   */
  public static KnownTruth read(Path file) throws IOException, UnusableFileException {
    if (Files.size(file) > MOST_BYTES) {
      throw new UnusableFileException(file, "is larger than a mebibyte, which no truth is");
    }
    JsonNode json;
    try {
      json = JSON.readTree(file.toFile());
    } catch (JsonProcessingException e) {
      throw new UnusableFileException(file, "is not JSON: " + e.getOriginalMessage());
    }
    if (json == null || !json.isObject()) {
      throw new UnusableFileException(file, "is not a JSON object");
    }
    return new TruthReader(file, json).read();
  }

  private KnownTruth read() throws UnusableFileException {
    noTypos();
    JsonNode wall = json.path("wall");
    if (!wall.isObject() || !(wall.has("perSecond") || wall.has("multiple"))) {
      throw new UnusableFileException(file, NO_WALL);
    }
    onlyKnown(wall, List.of("perSecond", "multiple", "low", "high"));
    OptionalDouble perSecond = positive(wall, "perSecond");
    OptionalDouble multiple = positive(wall, "multiple");
    double rate = perSecond.orElse(multiple.isPresent() ? Double.NaN : Double.POSITIVE_INFINITY);
    return new KnownTruth(
        objective(),
        new Truth(rate, stations(rate)),
        multiple,
        positive(json, "peakPerSecond"),
        changes());
  }

  private Objective objective() throws UnusableFileException {
    JsonNode goal = json.path("goal");
    onlyKnown(goal, List.of("quantile", "seconds", "errors"));
    Objective usual = Objective.DEFAULT;
    try {
      return new Objective(
          positive(goal, "quantile").orElse(usual.quantile()),
          positive(goal, "seconds").orElse(usual.seconds()),
          positive(goal, "errors").orElse(usual.errorShare()));
    } catch (IllegalArgumentException e) {
      throw new UnusableFileException(file, "goal: " + e.getMessage());
    }
  }

  /** Those whose own wall is known; else the one that broke first. */
  private List<StationWall> stations(double rate) throws UnusableFileException {
    List<StationWall> stations = new ArrayList<>();
    for (JsonNode wall : json.path("walls")) {
      OptionalDouble perSecond = positive(wall, "perSecond");
      if (perSecond.isPresent() && wall.path("station").isTextual()) {
        stations.add(new StationWall(wall.path("station").asText(), perSecond.getAsDouble()));
      }
    }
    stations.sort(Comparator.comparingDouble(StationWall::perSecond));
    String first = json.path("firstToBreak").asText("");
    if (stations.isEmpty() && !first.isEmpty()) {
      stations.add(new StationWall(first, rate));
    }
    if (!first.isEmpty() && !stations.getFirst().station().equals(first)) {
      throw new UnusableFileException(
          file,
          "firstToBreak is %s, but the lowest of its walls is %s"
              .formatted(first, stations.getFirst().station()));
    }
    return stations;
  }

  private List<KnownChange> changes() throws UnusableFileException {
    List<KnownChange> changes = new ArrayList<>();
    for (JsonNode change : json.path("changes")) {
      // What became faster is nothing to warn of.
      if (change.path("factor").asDouble(2) > 1) {
        try {
          changes.add(
              new KnownChange(
                  Instant.parse(change.path("onset").asText()),
                  change.path("operation").asText("")));
        } catch (DateTimeException e) {
          throw new UnusableFileException(
              file,
              "the onset of a change must be a time such as 2026-11-03T14:10:00Z, got '%s'"
                  .formatted(change.path("onset").asText()));
        }
      }
    }
    return changes;
  }

  private OptionalDouble positive(JsonNode object, String key) throws UnusableFileException {
    JsonNode value = object.path(key);
    if (value.isMissingNode() || value.isNull()) {
      return OptionalDouble.empty();
    }
    if (!(value.isNumber() && value.asDouble() > 0)) {
      throw new UnusableFileException(
          file, "%s must be a number greater than 0, got %s".formatted(key, value));
    }
    return OptionalDouble.of(value.asDouble());
  }

  /** What else is told is for readers, unless it looks like a key that was meant. */
  private void noTypos() throws UnusableFileException {
    for (Iterator<String> names = json.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      int slips = name.length() >= LONG_KEY ? 2 : 1;
      if (!KEYS.contains(name)
          && KEYS.stream().anyMatch(key -> Spelling.distance(name, key) <= slips)) {
        throw new UnusableFileException(
            file, "unknown key '%s'; there are %s".formatted(name, String.join(", ", KEYS)));
      }
    }
  }

  private void onlyKnown(JsonNode object, List<String> keys) throws UnusableFileException {
    for (Iterator<String> names = object.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!keys.contains(name)) {
        throw new UnusableFileException(
            file, "unknown key '%s'; there are %s".formatted(name, String.join(", ", keys)));
      }
    }
  }
}
