package headroom.load.report;

import headroom.load.report.Section.Chart;
import headroom.load.report.Section.Curve;
import headroom.load.report.Section.Grid;
import headroom.load.report.Section.Point;
import headroom.load.study.StudyResult;
import headroom.load.study.growth.RowHistory;
import headroom.load.study.growth.Surface;
import headroom.plan.quantity.Amounts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** How the growth of data is told. */
final class GrowthSection {
  private GrowthSection() {}

  static Section of(StudyResult.Growth growth) {
    Surface surface = growth.surface();
    var lines = new ArrayList<String>();
    surface.trends().stream().skip(1).forEach(trend -> lines.add(describe(trend)));
    growth.data().forEach(rows -> lines.add(describe(rows)));
    var grids = new ArrayList<Grid>();
    List<Surface.Size> sizes = surface.sizes();
    if (sizes.size() < surface.points().size()) {
      grids.add(new Grid("Capacity by size of the data", capacity(sizes)));
    }
    grids.add(new Grid("Response time by load and size of the data", points(surface)));
    String verdict =
        surface.trends().isEmpty()
            ? "no rate was met at three sizes of the data: no trend can be told"
            : describe(surface.trends().getFirst());
    return new Section("growth", growth.hasPassed(), verdict, lines, grids, charts(surface));
  }

  private static String describe(Surface.Trend trend) {
    String doubled =
        trend.doubledAtRows().isPresent()
            ? "doubled from %s rows on".formatted(rows(trend.doubledAtRows().getAsDouble()))
            : "not doubled";
    return String.format(
        Locale.ROOT,
        "at %s p99 went from %s with %s rows to %s with %s: %s, ∝ rows^%.2f",
        Amounts.rate(trend.ratePerSecond()),
        Amounts.seconds(trend.p99First()),
        rows(trend.rowsFirst()),
        Amounts.seconds(trend.p99Last()),
        rows(trend.rowsLast()),
        doubled,
        trend.exponent());
  }

  private static String describe(RowHistory rows) {
    boolean kept = rows.written() >= 0.95 * rows.due();
    return "%s: %s rows before, %s written%s"
        .formatted(
            rows.name(),
            Amounts.count(rows.present()),
            Amounts.count(rows.written()),
            kept
                ? ""
                : " of %s that were due: the database did not take them faster"
                    .formatted(Amounts.count(rows.due())));
  }

  private static String rows(double rows) {
    return Amounts.count(Math.round(rows));
  }

  private static List<List<String>> capacity(List<Surface.Size> sizes) {
    var rows = new ArrayList<List<String>>();
    rows.add(List.of("rows", "keeps the objectives up to", "breaks them at"));
    for (Surface.Size size : sizes) {
      rows.add(
          List.of(
              rows(size.fromRows()) + ".." + rows(size.toRows()),
              rate(size.heldPerSecond(), "no rate"),
              rate(size.brokePerSecond(), "–")));
    }
    return rows;
  }

  private static String rate(OptionalDouble rate, String otherwise) {
    return rate.isPresent() ? Amounts.rate(rate.getAsDouble()) : otherwise;
  }

  private static List<List<String>> points(Surface surface) {
    var rows = new ArrayList<List<String>>();
    rows.add(List.of("from", "journeys", "rows", "p50", "p99", "failed", "objectives"));
    for (Surface.Point point : surface.points()) {
      rows.add(
          List.of(
              Amounts.seconds(point.fromSeconds()),
              Amounts.rate(point.ratePerSecond()),
              rows(point.rows()),
              Amounts.seconds(point.p50Seconds()),
              Amounts.seconds(point.p99Seconds()),
              Amounts.share(point.errorShare()),
              point.objectives().isEmpty() ? "none set" : point.hasHeld() ? "held" : "BROKEN"));
    }
    return rows;
  }

  /** A curve over size for every rate: the surface, seen from the side. */
  private static List<Chart> charts(Surface surface) {
    var byRate = new LinkedHashMap<String, List<Point>>();
    for (Surface.Point point : surface.points()) {
      if (point.p99Seconds().isPresent()) {
        byRate
            .computeIfAbsent(
                String.format(Locale.ROOT, "%.3g/s", point.ratePerSecond()),
                rate -> new ArrayList<>())
            .add(new Point(point.rows(), point.p99Seconds().getAsDouble()));
      }
    }
    // Under a ramp every point has a rate of its own; one curve then tells more.
    List<Curve> curves =
        byRate.size() > 8
            ? List.of(
                new Curve(
                    "p99 as load and data grow",
                    true,
                    byRate.values().stream().flatMap(List::stream).toList()))
            : byRate.entrySet().stream()
                .map(e -> new Curve("p99 at " + e.getKey(), true, e.getValue()))
                .toList();
    return List.of(new Chart("Response time by size of the data", "rows", "seconds", curves));
  }
}
