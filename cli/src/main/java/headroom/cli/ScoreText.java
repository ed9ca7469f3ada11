package headroom.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import headroom.score.WallResult;
import headroom.score.WallScenario.Series;
import headroom.score.WallScore;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The scoreboard as a table and as JSON. */
final class ScoreText {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ScoreText() {}

  static List<String> table(Map<Series, List<WallResult>> results) {
    var table =
        new Table(
            "walls",
            "cases",
            "within 10 %",
            "median error",
            "bias",
            "90 % interval holds",
            "median width",
            "first right",
            "ties said");
    results.forEach((series, some) -> {
      row(table, title(series), WallScore.of(some));
      Map<String, List<WallResult>> kinds =
          some.stream()
              .collect(
                  Collectors.groupingBy(
                      result -> result.scenario().kind(), TreeMap::new, Collectors.toList()));
      if (kinds.size() > 1) {
        kinds.forEach((kind, part) -> row(table, "  " + kind, WallScore.of(part)));
      }
    });
    List<String> lines = new ArrayList<>(table.lines());
    lines.add("first right: of the cases whose second wall lies ten per cent or more behind;");
    lines.add("ties said: of the others. Dates, drift and causes are not scored yet.");
    return lines;
  }

  private static String title(Series series) {
    return switch (series) {
      case TIER_1 -> "tier 1: as assumed";
      case TIER_2 -> "tier 2: not as assumed";
      case SHORT -> "2.5 to 10 minutes";
    };
  }

  private static void row(Table table, String title, WallScore score) {
    table.row(
        title,
        String.valueOf(score.cases()),
        percent(score.within10()),
        percent(score.medianError()),
        String.format(Locale.ROOT, "%+.1f %%", 100 * score.bias()),
        percent(score.coverage90()),
        percent(score.medianWidth()),
        percent(score.firstToBreak()) + " of " + score.clear(),
        score.clear() == score.cases()
            ? "-"
            : percent(score.tiesSaid()) + " of " + (score.cases() - score.clear()));
  }

  private static String percent(double share) {
    return Double.isFinite(share) ? String.format(Locale.ROOT, "%.1f %%", 100 * share) : "-";
  }

  /** Series beyond the tiers stand beside them; what is not scored yet is null. */
  static String json(int seeds, boolean tuning, Map<Series, WallScore> scores) {
    ObjectNode document = JSON.createObjectNode();
    document.put("seeds", seeds);
    document.put("set", tuning ? "tuning" : "held out");
    ObjectNode tiers = document.putObject("tiers");
    ObjectNode shortHistories = JSON.createObjectNode();
    scores.forEach((series, score) -> {
      switch (series) {
        case TIER_1, TIER_2 -> put(tiers.putObject(series.label()), score);
        case SHORT -> put(shortHistories, score);
      }
    });
    tiers.putObject("3").put("cases", 0);
    document.set("short", shortHistories);
    for (String missing : List.of("dates", "drift", "causes", "metastable", "memory")) {
      document.putNull(missing);
    }
    return document.toPrettyString();
  }

  private static void put(ObjectNode node, WallScore score) {
    node.put("cases", score.cases());
    number(node, "wallWithin10", score.within10());
    number(node, "medianError", score.medianError());
    number(node, "bias", score.bias());
    number(node, "coverage90", score.coverage90());
    number(node, "medianWidth", score.medianWidth());
    number(node, "firstToBreak", score.firstToBreak());
    number(node, "tiesSaid", score.tiesSaid());
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
