package headroom.cli.answer;

import com.fasterxml.jackson.databind.JsonNode;
import headroom.cli.terminal.NumberText;
import headroom.cli.terminal.Table;
import java.util.ArrayList;
import java.util.List;

/** The actions document for people. */
final class ActionsText {
  private ActionsText() {}

  static List<String> lines(JsonNode document) {
    if (document.path("actions").isEmpty()) {
      return List.of("No user action was seen yet: traces are needed for this.");
    }
    var table =
        new Table("ACTION", "PER SECOND", "P99", "STATEMENTS", "IN DATABASE", "CALLS", "DEPTH");
    List<String> repeats = new ArrayList<>();
    for (JsonNode action : document.path("actions")) {
      String name = action.path("service").asText() + " " + action.path("action").asText();
      table.row(
          name,
          NumberText.number(action.path("perSecond").asDouble()),
          millis(action.path("responseSeconds").path("p99")),
          mean(action.path("statements")),
          millis(action.path("databaseSeconds").path("mean")),
          mean(action.path("calls")),
          mean(action.path("depth")));
      for (JsonNode repeat : action.path("repeats")) {
        repeats.add(
            "  %s runs %s times in one %s"
                .formatted(
                    repeat.path("statement").asText(),
                    NumberText.number(repeat.path("mean").asDouble()),
                    name));
      }
    }
    List<String> lines = new ArrayList<>(table.lines());
    if (!repeats.isEmpty()) {
      lines.add("");
      lines.add("Repeated within one action:");
      lines.addAll(repeats);
    }
    return lines;
  }

  private static String mean(JsonNode work) {
    return work.has("mean") ? NumberText.number(work.path("mean").asDouble()) : "-";
  }

  private static String millis(JsonNode seconds) {
    return seconds.isNumber() ? NumberText.milliseconds(seconds.asDouble()) : "-";
  }
}
