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
    Marks.Builder marks = WallTable.titled("walls");
    Map<String, Object> tiers = new LinkedHashMap<>();
    results.forEach((series, some) -> {
      WallScore score = WallScore.of(some);
      WallTable.row(marks, title(series), score);
      byKind(some).forEach((kind, part) -> WallTable.row(marks, "  " + kind, WallScore.of(part)));
      if (series == Series.SHORT) {
        marks.figures("short", WallTable.figures(score));
      } else {
        tiers.put(series.label(), WallTable.figures(score));
      }
      marks.each(some);
    });
    marks.figures("tiers", tiers);
    return marks
        .note("first right: of the cases whose second wall lies ten per cent or more behind;")
        .note("ties said: of the others;")
        .note(
            "confident misses: outside of the interval, and no hidden limit is said to be"
                + " possible;")
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
}
