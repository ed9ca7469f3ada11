package headroom.server.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import headroom.wall.Objective;
import headroom.wall.Objectives;
import java.util.Map;

/** What an answer was judged by, as a part of its document. */
final class ObjectivesJson {
  private ObjectivesJson() {}

  /** Adds the one that all is judged by. */
  static void write(ObjectNode document, Objective usual) {
    fill(document.putObject("objective"), usual);
  }

  /** Adds the usual one, and in it those that operations have of their own. */
  static void write(ObjectNode document, Objectives objectives) {
    ObjectNode node = document.putObject("objective");
    fill(node, objectives.usual());
    if (!objectives.own().isEmpty()) {
      ObjectNode operations = node.putObject("operations");
      objectives.own().entrySet().stream()
          .sorted(Map.Entry.comparingByKey())
          .forEach(own -> fill(operations.putObject(own.getKey()), own.getValue()));
    }
  }

  private static void fill(ObjectNode node, Objective objective) {
    JsonNumbers.put(node, "quantile", objective.quantile());
    JsonNumbers.put(node, "seconds", objective.seconds());
    JsonNumbers.put(node, "errorShare", objective.errorShare());
  }
}
