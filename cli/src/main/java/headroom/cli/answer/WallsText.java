package headroom.cli.answer;

import com.fasterxml.jackson.databind.JsonNode;
import headroom.cli.terminal.NumberText;
import headroom.cli.terminal.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/** The walls document for people: the first to break in one sentence, then all of them. */
final class WallsText {
  private static final int NOTES = 3;
  private static final int MOST_DISTURBANCES = 5;

  private WallsText() {}

  static List<String> lines(JsonNode document) {
    JsonNode load = document.path("load");
    if (document.path("walls").isEmpty() || !load.has("peakPerSecond")) {
      return List.of(
          "Not enough telemetry yet to see a wall: a minute of traces and metrics is the least.",
          "Point a service here with OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:4318, or use"
              + " `headroom import FILE`.");
    }
    List<String> lines = new ArrayList<>();
    headline(document, load).forEach(lines::add);
    lines.add("");
    var table =
        new Table("STATION", "USED AT PEAK", "OBJECTIVE FAILS AT", "FULL AT", "DATE", "CONFIDENCE");
    document.path("walls").forEach(wall -> row(table, wall));
    hiddenRow(table, document.path("hidden"));
    lines.addAll(table.lines());
    hidden(document.path("hidden")).ifPresent(lines::add);
    StreamSupport.stream(document.path("disturbances").spliterator(), false)
        .limit(MOST_DISTURBANCES)
        .forEach(one -> lines.add("Note: " + one.path("what").asText() + "."));
    dates(document, first(document)).forEach(lines::add);
    if (document.has("at")) {
      lines.add("");
      document.path("at").forEach(answer -> lines.add(at(answer)));
    }
    if (document.has("whatIf")) {
      lines.add("");
      lines.addAll(whatIf(document.path("whatIf")));
    }
    return lines;
  }

  /** Which walls a multiple reaches, such as {@code At 3x wallet/pool/ledger is broken.}. */
  private static String at(JsonNode answer) {
    String broken = names(answer.path("breaks"));
    String doubtful = names(answer.path("mayBreak"));
    return "At %sx %s%s."
        .formatted(
            NumberText.number(answer.path("multiple").asDouble()),
            broken.isEmpty() ? "nothing has broken that can be seen" : "broken: " + broken,
            doubtful.isEmpty() ? "" : "; may have broken: " + doubtful);
  }

  private static String names(JsonNode stations) {
    return StreamSupport.stream(stations.spliterator(), false)
        .map(JsonNode::asText)
        .map(name -> name.isEmpty() ? "the objective" : name)
        .collect(Collectors.joining(", "));
  }

  private static List<String> whatIf(JsonNode node) {
    List<String> lines = new ArrayList<>();
    String changes =
        StreamSupport.stream(node.path("changes").spliterator(), false)
            .map(JsonNode::asText)
            .collect(Collectors.joining(", "));
    lines.add(
        node.has("change")
            ? "With %s the first wall moves to %s of where it is:"
                .formatted(changes, estimate(node.path("change")))
            : "With %s:".formatted(changes));
    lines.addAll(lines(node.path("after")));
    return lines;
  }

  private static String first(JsonNode document) {
    return document.path("firstToBreak").asText("");
  }

  /** When the first wall is reached, or why that cannot be said. */
  private static List<String> dates(JsonNode document, String first) {
    for (JsonNode wall : document.path("walls")) {
      if (!wall.path("station").asText().equals(first)) {
        continue;
      }
      JsonNode date = wall.path("date");
      if (date.has("median")) {
        return List.of(
            "",
            "Traffic gets to %s on %s (%s to %s%s, %s interval)%s: %s."
                .formatted(
                    first,
                    date.path("median").asText(),
                    date.path("low").asText(),
                    date.path("high").asText(),
                    date.path("openEnded").asBoolean() ? " or later" : "",
                    NumberText.percent(date.path("coverage").asDouble()),
                    chances(date),
                    date.path("basis").asText("forecast")));
      }
      if (wall.has("noDate")) {
        return List.of("", "No date: " + wall.path("noDate").asText() + ".");
      }
    }
    return List.of();
  }

  private static String chances(JsonNode date) {
    return IntStream.of(30, 90, 180)
        .filter(days -> date.has("within" + days + "Days"))
        .mapToObj(days ->
            "%s within %d days"
                .formatted(
                    NumberText.percent(date.path("within" + days + "Days").asDouble()), days))
        .reduce((a, b) -> a + ", " + b)
        .map(text -> ", " + text)
        .orElse("");
  }

  private static List<String> headline(JsonNode document, JsonNode load) {
    String first = document.path("firstToBreak").asText("");
    double peak = load.path("peakPerSecond").asDouble();
    for (JsonNode wall : document.path("walls")) {
      if (wall.path("station").asText().equals(first) && wall.has("multiple")) {
        List<String> lines = new ArrayList<>();
        lines.add(
            "%s breaks first, at %s today's peak of %s/s: %s."
                .formatted(
                    first,
                    estimate(wall.path("multiple")),
                    NumberText.number(peak),
                    wall.path("breaks").asText()));
        lines.add(because(wall));
        lines.addAll(notes(wall));
        return lines;
      }
    }
    return List.of(
        "No station can be named yet; today's peak is " + NumberText.number(peak) + "/s.");
  }

  /** What reports nothing, in a row of its own. */
  private static void hiddenRow(Table table, JsonNode limit) {
    if (limit.has("name")) {
      table.row(
          "(" + limit.path("name").asText() + ")",
          "unknown",
          limit.has("atLeast")
              ? "not below %sx".formatted(NumberText.number(limit.path("atLeast").asDouble()))
              : "unknown",
          "unknown",
          "no forecast",
          "a hint");
    }
  }

  private static Optional<String> hidden(JsonNode limit) {
    return limit.has("name")
        ? Optional.of(
            "(%s): %s. Would tell: %s."
                .formatted(
                    limit.path("name").asText(),
                    limit.path("because").asText(),
                    limit.path("wouldTell").asText()))
        : Optional.empty();
  }

  private static String because(JsonNode wall) {
    String causes =
        StreamSupport.stream(wall.path("because").spliterator(), false)
            .limit(4)
            .map(cause ->
                "%s (%s)"
                    .formatted(
                        cause.has("operation")
                            ? cause.path("operation").asText()
                            : shorten(cause.path("statement").asText()),
                        NumberText.percent(cause.path("share").asDouble())))
            .reduce((a, b) -> a + ", " + b)
            .orElse("nothing that the telemetry names");
    return "Held by: " + causes + ".";
  }

  /** What a sceptical reader should know first. */
  private static List<String> notes(JsonNode wall) {
    return StreamSupport.stream(wall.path("notes").spliterator(), false)
        .limit(NOTES)
        .map(note -> "Note: " + note.asText() + ".")
        .toList();
  }

  private static void row(Table table, JsonNode wall) {
    JsonNode used = wall.path("utilizationAtPeak");
    table.row(
        wall.path("station").asText(),
        used.isNumber() ? NumberText.percent(used.asDouble()) : "unknown",
        wall.has("multiple") ? estimate(wall.path("multiple")) : "unknown",
        wall.has("saturation") ? estimate(wall.path("saturation")) : "unknown",
        wall.path("date").path("median").asText("no forecast"),
        wall.path("confidence").asText());
  }

  /** Such as {@code 2.9x (2.6 to 3.3)}. */
  static String estimate(JsonNode estimate) {
    return "%sx (%s to %s)"
        .formatted(
            NumberText.number(estimate.path("median").asDouble()),
            NumberText.number(estimate.path("low").asDouble()),
            NumberText.number(estimate.path("high").asDouble()));
  }

  private static String shorten(String text) {
    return text.length() <= 60 ? text : text.substring(0, 59) + "…";
  }
}
