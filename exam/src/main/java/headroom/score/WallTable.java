package headroom.score;

import java.util.LinkedHashMap;
import java.util.Map;

/** The table of scores of walls, wherever the systems come from. */
final class WallTable {
  private WallTable() {}

  /** A table without rows. */
  static Marks.Builder titled(String title) {
    return Marks.table(
        title,
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
  }

  static void row(Marks.Builder marks, String title, WallScore score) {
    marks.row(
        title,
        String.valueOf(score.cases()),
        Marks.percent(score.within10()),
        Marks.percent(score.medianError()),
        Marks.signedPercent(score.bias()),
        Marks.percent(score.coverage90()),
        Marks.percent(score.medianWidth()),
        of(score.firstToBreak(), score.clear()),
        of(score.tiesSaid(), score.ties()),
        Marks.percent(score.confidentMisses()),
        Marks.percent(score.missesHinted()),
        Marks.percent(score.falseHints()));
  }

  /** The figures of a score, by their names in the document for machines. */
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

  private static String of(double share, int cases) {
    return cases == 0 ? "-" : Marks.percent(share) + " of " + cases;
  }
}
