package headroom.score;

import headroom.wall.Estimate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Walls predicted from recordings of systems, beside what is known of these. */
public final class RecordedSystems {
  /** How near a wall of a real system must be foretold. */
  private static final double WITHIN_OF_FIELD = 0.15;

  private RecordedSystems() {}

  /** A row for each recording. */
  public static Marks each(List<RecordedSystem> systems) {
    Marks.Builder marks =
        Marks.table(
            "recorded system",
            "peak",
            "true wall",
            "predicted",
            "90 % interval",
            "error",
            "holds",
            "named first",
            "really first",
            "by use alone",
            "by M/G/c");
    systems.forEach(one -> {
      Optional<Estimate> said = one.predicted();
      marks.row(
          one.name(),
          String.format(Locale.ROOT, "%.1f/s", one.peakPerSecond()),
          one.hasWall() ? multiple(one.trueMultiple()) : "none in reach",
          said.map(estimate -> multiple(estimate.median())).orElse("nothing"),
          said.map(estimate -> multiple(estimate.low()) + " to " + multiple(estimate.high()))
              .orElse("-"),
          one.hasWall() && said.isPresent() ? Marks.signedPercent(one.error()) : "-",
          one.hasWall() ? (one.isCovered() ? "yes" : "no") : "-",
          one.station().isEmpty() ? "-" : one.station(),
          one.truth().first().isEmpty() ? "not known" : one.truth().first(),
          plain(one, one.byUse()),
          plain(one, one.byQueue()));
    });
    return marks.build();
  }

  /** All together, as in the scoreboard of planted systems. */
  public static Marks summary(List<RecordedSystem> systems, List<RecordedChange> changes) {
    Marks.Builder marks = WallTable.titled("walls of recordings");
    List<RecordedSystem> scored = systems.stream().filter(RecordedSystem::hasWall).toList();
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("cases", scored.size());
    if (!scored.isEmpty()) {
      WallScore score = WallScore.of(scored);
      WallTable.row(marks, "all", score);
      figures.putAll(WallTable.figures(score));
      figures.put("wallWithin15", within15(scored));
      figures.put("byUse", plainFigures(scored.stream().map(RecordedSystem::byUse).toList()));
      figures.put("byQueue", plainFigures(scored.stream().map(RecordedSystem::byQueue).toList()));
      marks.note("within 15 %: " + Marks.percent(within15(scored)));
      marks.note(plainNote("use alone (servers over what is busy at the peak)", "byUse", figures));
      marks.note(plainNote("M/G/c on the measured holds", "byQueue", figures));
    }
    if (scored.size() < systems.size()) {
      marks.note(
          "%d without a wall within reach: not counted".formatted(systems.size() - scored.size()));
    }
    if (!changes.isEmpty()) {
      figures.put("drift", drift(marks, changes));
    }
    Map<String, Object> each = new LinkedHashMap<>();
    systems.forEach(one -> each.put(one.name(), figures(one)));
    figures.put("each", each);
    return marks.figures("recordings", figures).build();
  }

  private static double within15(List<? extends WallVerdict> verdicts) {
    return ResultSummary.share(
        List.copyOf(verdicts), one -> Math.abs(one.error()) <= WITHIN_OF_FIELD);
  }

  private static Map<String, Object> plainFigures(List<WallVerdict> verdicts) {
    WallScore score = WallScore.of(verdicts);
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("wallWithin15", within15(verdicts));
    figures.put("wallWithin10", score.within10());
    figures.put("medianError", score.medianError());
    figures.put("bias", score.bias());
    figures.put("firstToBreak", score.firstToBreak());
    return figures;
  }

  private static String plainNote(String what, String key, Map<String, Object> figures) {
    var plain = (Map<?, ?>) figures.getOrDefault(key, Map.of());
    return "%s: within 15 %% %s, median error %s, first right %s; no interval"
        .formatted(
            what,
            percent(plain.get("wallWithin15")),
            percent(plain.get("medianError")),
            percent(plain.get("firstToBreak")));
  }

  private static String percent(@Nullable Object share) {
    return share instanceof Double value ? Marks.percent(value) : "-";
  }

  private static String plain(RecordedSystem one, WallVerdict plain) {
    return plain
        .predicted()
        .map(said ->
            multiple(said.median())
                + (one.hasWall() ? " (" + Marks.signedPercent(plain.error()) + ")" : ""))
        .orElse("nothing");
  }

  private static Map<String, Object> drift(Marks.Builder marks, List<RecordedChange> changes) {
    List<RecordedChange> found = changes.stream().filter(RecordedChange::isFound).toList();
    double error = ResultSummary.median(found, one -> Math.abs(one.errorHours()));
    double covered = ResultSummary.share(found, RecordedChange::covered);
    marks.note(
        String.format(
            Locale.ROOT,
            "drift: %d of %d changes found; median error of their onset %s, in its interval %s",
            found.size(),
            changes.size(),
            found.isEmpty() ? "-" : String.format(Locale.ROOT, "%.1f h", error),
            Marks.percent(covered)));
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("changes", changes.size());
    figures.put("found", found.size());
    figures.put("onsetErrorHoursMedian", error);
    figures.put("onsetCovered", covered);
    return figures;
  }

  private static Map<String, Object> figures(RecordedSystem one) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("peakPerSecond", one.peakPerSecond());
    figures.put("trueMultiple", one.hasWall() ? one.trueMultiple() : Double.NaN);
    Optional<Estimate> said = one.predicted();
    figures.put("low", said.map(Estimate::low).orElse(Double.NaN));
    figures.put("median", said.map(Estimate::median).orElse(Double.NaN));
    figures.put("high", said.map(Estimate::high).orElse(Double.NaN));
    figures.put("error", one.hasWall() ? one.error() : Double.NaN);
    figures.put("insideInterval", one.hasWall() && one.isCovered());
    figures.put("station", one.station());
    figures.put("trueStation", one.truth().first());
    plainFigures(figures, "byUse", one.byUse());
    plainFigures(figures, "byQueue", one.byQueue());
    return figures;
  }

  private static void plainFigures(Map<String, Object> figures, String name, WallVerdict plain) {
    figures.put(name, plain.predicted().map(Estimate::median).orElse(Double.NaN));
    figures.put(name + "Station", plain.station());
  }

  private static String multiple(double value) {
    return String.format(Locale.ROOT, "%.2fx", value);
  }
}
