package headroom.score;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Forecasts of published series, a row for each file. */
public final class SeriesForecasts {
  private SeriesForecasts() {}

  /** As a table and figures. */
  public static Marks marks(List<SeriesForecast.Score> scores) {
    Marks.Builder marks =
        Marks.table(
            "forecasts",
            "series",
            "MASE",
            "of the last value",
            "MSIS",
            "95 % interval holds",
            "ms a series");
    Map<String, Object> figures = new LinkedHashMap<>();
    for (SeriesForecast.Score score : scores) {
      marks.row(
          score.name(),
          String.valueOf(score.series()),
          number(score.mase()),
          number(score.naiveMase()),
          number(score.msis()),
          Marks.percent(score.coverage95()),
          number(score.millis()));
      if (score.passedOver() > 0) {
        marks.note(
            "%s: %d series passed over, with fewer than 28 days or values that are not positive or never change"
                .formatted(score.name(), score.passedOver()));
      }
      figures.put(score.name(), figures(score));
    }
    return marks.figures("forecasts", figures).build();
  }

  private static Map<String, Object> figures(SeriesForecast.Score score) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("series", score.series());
    figures.put("passedOver", score.passedOver());
    figures.put("mase", score.mase());
    figures.put("naiveMase", score.naiveMase());
    figures.put("msis", score.msis());
    figures.put("coverage95", score.coverage95());
    figures.put("millisPerSeries", score.millis());
    return figures;
  }

  private static String number(double value) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, "%.2f", value) : "-";
  }
}
