package headroom.cli.answer;

import com.fasterxml.jackson.databind.JsonNode;
import headroom.cli.terminal.NumberText;
import headroom.cli.terminal.Table;
import java.util.ArrayList;
import java.util.List;

/** The ledger for people: how often intervals held, then what was said, latest first. */
final class LedgerText {
  private static final int MOST_ROWS = 40;

  private LedgerText() {}

  static List<String> lines(JsonNode document) {
    JsonNode predictions = document.path("predictions");
    if (predictions.isEmpty()) {
      return List.of(
          "No prediction has been kept yet: a server keeps those of each station once a day, from"
              + " an hour of telemetry on; `headroom demo` keeps its own.");
    }
    List<String> lines = new ArrayList<>();
    lines.add(tally("loads", document.path("coverage").path("multiples")));
    lines.add(tally("dates", document.path("coverage").path("dates")));
    lines.add("");
    var table = new Table("SAID ON", "STATION", "FAILS AT", "DATE", "SCORE", "BECAUSE");
    int rows = 0;
    for (JsonNode prediction : predictions) {
      if (rows++ < MOST_ROWS) {
        row(table, prediction);
      }
    }
    lines.addAll(table.lines());
    int more = document.path("count").asInt() - Math.min(rows, MOST_ROWS);
    if (more > 0) {
      lines.add("and %d before these; --json has up to 2000".formatted(more));
    }
    return lines;
  }

  private static String tally(String what, JsonNode tally) {
    int decided = tally.path("decided").asInt();
    return decided == 0
        ? "Of predicted %s none is decided yet.".formatted(what)
        : "Of predicted %s %d %s decided, of which %d held (%s; %s were to hold)."
            .formatted(
                what,
                decided,
                decided == 1 ? "is" : "are",
                tally.path("right").asInt(),
                NumberText.percent(tally.path("share").asDouble()),
                NumberText.percent(tally.path("intended").asDouble()));
  }

  private static void row(Table table, JsonNode prediction) {
    String date = prediction.path("date").path("median").asText("-");
    String dateVerdict = prediction.path("dateVerdict").asText("");
    table.row(
        prediction.path("at").asText().substring(0, 10),
        prediction.path("station").asText(),
        WallsText.estimate(prediction.path("multiple")),
        dateVerdict.isEmpty() ? date : date + ", " + dateVerdict,
        prediction.path("verdict").asText(),
        prediction.path("why").asText());
  }
}
