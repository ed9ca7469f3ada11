package headroom.score;

import headroom.score.WallScenario.Series;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Walls predicted from a third of the limit or less, beside those that the systems ran into. */
final class WallExams implements Exam {
  @Override
  public String name() {
    return "walls";
  }

  @Override
  public Marks take(Seeds set, int seeds, Cases cases) {
    Map<Series, List<WallResult>> results = new EnumMap<>(Series.class);
    for (Series series : Series.values()) {
      results.put(
          series,
          cases.each(
              "walls, series " + series.label(),
              seeds,
              number -> WallExam.take(WallScenarios.draw(series, set, number))));
    }
    return marks(results);
  }

  private static Marks marks(Map<Series, List<WallResult>> results) {
    Marks.Builder marks =
        Marks.table(
            "walls",
            "cases",
            "within 10 %",
            "median error",
            "bias",
            "90 % interval holds",
            "median width",
            "first right",
            "ties said",
            "confident misses",
            "misses hinted",
            "false hints");
    Map<String, Object> tiers = new LinkedHashMap<>();
    results.forEach((series, some) -> {
      WallScore score = WallScore.of(some);
      row(marks, title(series), score);
      byKind(some).forEach((kind, part) -> row(marks, "  " + kind, WallScore.of(part)));
      if (series == Series.SHORT) {
        marks.figures("short", figures(score));
      } else {
        tiers.put(series.label(), figures(score));
      }
      marks.each(some);
    });
    marks.figures("tiers", tiers);
    return marks
        .note("first right: of the cases whose second wall lies ten per cent or more behind;")
        .note("ties said: of the others;")
        .note(
            "confident misses: outside of the interval, and no hidden limit is said to be possible;")
        .note("false hints: at a hidden limit, of the systems that have none.")
        .build();
  }

  /** Where there is more than one kind. */
  private static Map<String, List<WallResult>> byKind(List<WallResult> results) {
    Map<String, List<WallResult>> kinds =
        results.stream()
            .collect(
                Collectors.groupingBy(
                    result -> result.scenario().kind(), TreeMap::new, Collectors.toList()));
    return kinds.size() > 1 ? kinds : Map.of();
  }

  private static String title(Series series) {
    return switch (series) {
      case TIER_1 -> "tier 1: as assumed";
      case TIER_2 -> "tier 2: not as assumed";
      case TIER_3 -> "tier 3: adversarial";
      case SHORT -> "2.5 to 10 minutes";
    };
  }

  private static void row(Marks.Builder marks, String title, WallScore score) {
    marks.row(
        title,
        String.valueOf(score.cases()),
        Marks.percent(score.within10()),
        Marks.percent(score.medianError()),
        Marks.signedPercent(score.bias()),
        Marks.percent(score.coverage90()),
        Marks.percent(score.medianWidth()),
        Marks.percent(score.firstToBreak()) + " of " + score.clear(),
        score.clear() == score.cases()
            ? "-"
            : Marks.percent(score.tiesSaid()) + " of " + (score.cases() - score.clear()),
        Marks.percent(score.confidentMisses()),
        Marks.percent(score.missesHinted()),
        Marks.percent(score.falseHints()));
  }

  static Map<String, Object> figures(WallScore score) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("cases", score.cases());
    figures.put("wallWithin10", score.within10());
    figures.put("medianError", score.medianError());
    figures.put("bias", score.bias());
    figures.put("coverage90", score.coverage90());
    figures.put("medianWidth", score.medianWidth());
    figures.put("firstToBreak", score.firstToBreak());
    figures.put("tiesSaid", score.tiesSaid());
    figures.put("confidentMisses", score.confidentMisses());
    figures.put("missesHinted", score.missesHinted());
    figures.put("falseHints", score.falseHints());
    return figures;
  }
}
