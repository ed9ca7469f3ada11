package headroom.cli.exam;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import headroom.cli.terminal.Table;
import headroom.score.Marks;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The scoreboard as tables and as JSON. */
final class ScoreText {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What machines may rely on finding, if only as null where it was not asked for. */
  private static final List<String> KEYS =
      List.of("tiers", "short", "dates", "drift", "causes", "metastable", "memory");

  private ScoreText() {}

  static List<String> table(Marks marks) {
    var table = new Table(marks.head().toArray(String[]::new));
    marks.rows().forEach(row -> table.row(row.toArray(String[]::new)));
    List<String> lines = new ArrayList<>(table.lines());
    lines.addAll(marks.notes());
    return lines;
  }

  static String json(int seeds, boolean tuning, List<Marks> marks) {
    ObjectNode document = JSON.createObjectNode();
    document.put("seeds", seeds);
    document.put("set", tuning ? "tuning" : "held out");
    KEYS.forEach(document::putNull);
    marks.forEach(some -> put(document, some.figures()));
    return document.toPrettyString();
  }

  /** Of recordings, with what could not be used of them. */
  static String json(List<Marks> marks, List<String> problems) {
    ObjectNode document = JSON.createObjectNode();
    marks.forEach(some -> put(document, some.figures()));
    problems.forEach(document.putArray("problems")::add);
    return document.toPrettyString();
  }

  private static void put(ObjectNode node, Map<?, ?> figures) {
    figures.forEach((key, value) -> {
      String name = key.toString();
      switch (value) {
        case Map<?, ?> inner -> put(node.putObject(name), inner);
        case Integer whole -> node.put(name, whole);
        case Boolean bool -> node.put(name, bool);
        case Number number -> number(node, name, number.doubleValue());
        default -> node.put(name, value.toString());
      }
    });
  }

  /** JSON has no infinity; a median that is one is left out as null. */
  private static void number(ObjectNode node, String name, double value) {
    if (Double.isFinite(value)) {
      node.put(name, Math.round(value * 1e4) / 1e4);
    } else {
      node.putNull(name);
    }
  }
}
