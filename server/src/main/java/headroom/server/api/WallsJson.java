package headroom.server.api;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import headroom.wall.Comparison;
import headroom.wall.Disturbance;
import headroom.wall.Estimate;
import headroom.wall.HiddenLimit;
import headroom.wall.Objective;
import headroom.wall.Wall;
import headroom.wall.Walls;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The document of {@code walls --json} and {@code GET /api/v1/walls}. */
public final class WallsJson {
  private static final JsonMapper JSON = new JsonMapper();

  private WallsJson() {}

  /**
   * The walls, and for each multiple in {@code at} which of them it breaks: {@code breaks} where
   * the median lies at or below it, {@code mayBreak} where only the interval reaches down to it.
   *
   * @param objective what they were judged by
   */
  public static ObjectNode write(Walls walls, Objective objective, List<Double> at) {
    ObjectNode document = JSON.createObjectNode();
    document.put("asOf", walls.asOf().toString());
    ObjectivesJson.write(document, objective);
    Walls.Load load = walls.load();
    if (load != null) {
      ObjectNode node = document.putObject("load");
      JsonNumbers.put(node, "peakPerSecond", load.peakPerSecond());
      node.put("windowStart", load.windowStart().toString());
      node.put("windowEnd", load.windowEnd().toString());
    }
    ArrayNode array = document.putArray("walls");
    walls.walls().forEach(wall -> write(array.addObject(), wall));
    walls.firstToBreak().ifPresent(station -> document.put("firstToBreak", station.text()));
    if (walls.hidden() != null) {
      write(document.putObject("hidden"), walls.hidden());
    }
    ArrayNode disturbances = document.putArray("disturbances");
    for (Disturbance one : walls.disturbances()) {
      ObjectNode inner = disturbances.addObject();
      inner.put("from", one.from().toString());
      inner.put("to", one.to().toString());
      inner.put("what", one.what());
    }
    if (!at.isEmpty()) {
      ArrayNode answers = document.putArray("at");
      at.forEach(multiple -> writeAt(answers.addObject(), walls, multiple));
    }
    return document;
  }

  /**
   * The walls as they are, with what they would be under {@code whatIf}: the changes, the first
   * wall's multiple over that of today, and all walls then.
   */
  public static ObjectNode write(
      Comparison comparison, Objective objective, List<String> changes, List<Double> at) {
    ObjectNode document = write(comparison.before(), objective, at);
    ObjectNode node = document.putObject("whatIf");
    ArrayNode texts = node.putArray("changes");
    changes.forEach(texts::add);
    write(node, "change", comparison.change());
    node.set("after", write(comparison.after(), objective, at));
    return document;
  }

  private static void write(ObjectNode node, HiddenLimit hidden) {
    node.put("name", hidden.name());
    hidden.atLeast().ifPresent(multiple -> JsonNumbers.put(node, "atLeast", multiple));
    node.put("because", hidden.because());
    node.put("wouldTell", hidden.wouldTell());
  }

  private static void write(ObjectNode node, Wall wall) {
    node.put("station", wall.station().text());
    node.put("kind", wall.kind().wireName());
    Wall.Limit limit = wall.limit();
    if (limit != null) {
      ObjectNode inner = node.putObject("limit");
      JsonNumbers.put(inner, "value", limit.value());
      inner.put("unit", limit.unit());
    }
    wall.utilizationAtPeak()
        .ifPresent(utilization -> JsonNumbers.put(node, "utilizationAtPeak", utilization));
    write(node, "multiple", wall.multiple());
    write(node, "saturation", wall.saturation());
    Wall.DateEstimate date = wall.date();
    if (date != null) {
      write(node.putObject("date"), date);
    }
    if (wall.noDate() != null) {
      node.put("noDate", wall.noDate());
    }
    node.put("breaks", wall.breaks());
    ArrayNode because = node.putArray("because");
    for (Wall.Cause cause : wall.because()) {
      ObjectNode inner = because.addObject();
      inner.put(cause.what().name().toLowerCase(Locale.ROOT), cause.name());
      JsonNumbers.put(inner, "share", cause.share());
    }
    node.put("confidence", wall.confidence().name().toLowerCase(Locale.ROOT).replace('_', ' '));
    JsonNumbers.put(node, "probabilityFirst", wall.probabilityFirst());
    ArrayNode notes = node.putArray("notes");
    wall.notes().forEach(notes::add);
  }

  static void write(ObjectNode node, Wall.DateEstimate date) {
    node.put("low", date.low().toString());
    node.put("median", date.median().toString());
    node.put("high", date.high().toString());
    JsonNumbers.put(node, "coverage", date.coverage());
    if (date.openEnded()) {
      node.put("openEnded", true);
    }
    date.within()
        .forEach((days, chance) -> JsonNumbers.put(node, "within" + days + "Days", chance));
    if (!date.basis().isEmpty()) {
      node.put("basis", date.basis());
    }
  }

  static void write(ObjectNode node, String name, @Nullable Estimate estimate) {
    if (estimate != null) {
      ObjectNode inner = node.putObject(name);
      JsonNumbers.put(inner, "low", estimate.low());
      JsonNumbers.put(inner, "median", estimate.median());
      JsonNumbers.put(inner, "high", estimate.high());
      JsonNumbers.put(inner, "coverage", estimate.coverage());
    }
  }

  private static void writeAt(ObjectNode node, Walls walls, double multiple) {
    JsonNumbers.put(node, "multiple", multiple);
    ArrayNode breaks = node.putArray("breaks");
    ArrayNode mayBreak = node.putArray("mayBreak");
    for (Wall wall : walls.walls()) {
      Estimate estimate = wall.multiple();
      if (estimate == null || estimate.low() > multiple) {
        continue;
      }
      (estimate.median() <= multiple ? breaks : mayBreak).add(wall.station().text());
    }
  }
}
