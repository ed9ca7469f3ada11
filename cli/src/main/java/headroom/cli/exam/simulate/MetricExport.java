package headroom.cli.exam.simulate;

import headroom.cli.exam.simulate.OtlpPoint.Shape;
import headroom.model.Measure;
import headroom.model.SeriesKey;
import headroom.rollup.Cell;
import headroom.sim.VirtualTelemetry;
import headroom.store.Series;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes what a virtual system measured since the last time, as an agent's exporter does whose
 * histograms count anew each time and whose counters count from the start of the process (the
 * temporality that OpenTelemetry calls low memory).
 */
final class MetricExport {
  private final OtlpFile file;
  private final Resources resources;
  private final Map<SeriesKey, Total> totals = new HashMap<>();
  private String version = "";
  private double exportedAt;

  /** What a counter has counted since a start. */
  private record Total(double sum, long startNanos) {}

  private record Sender(String service, String instance) {}

  MetricExport(OtlpFile file, Resources resources) {
    this.file = file;
    this.resources = resources;
  }

  /** Writes what was reported until this moment of virtual time; how many requests ended. */
  long write(VirtualTelemetry.Report report, double now) {
    long from = VirtualTime.nanos(exportedAt);
    long to = VirtualTime.nanos(now);
    // A deploy starts the process anew, and so do restarts.
    String nowRunning = resources.version(now);
    boolean deployed = !nowRunning.equals(version);
    version = nowRunning;
    if (report.restarted() || deployed) {
      // Later than the last point, or a counter that has grown beyond it would not look new.
      totals.replaceAll((key, total) -> new Total(0, from + 1));
    }
    Map<Sender, List<OtlpPoint>> bySender = new LinkedHashMap<>();
    for (Series series : report.series()) {
      SeriesKey key = series.key();
      boolean process = key.service().equals(resources.system().service());
      OtlpNames.of(key, process)
          .ifPresent(names ->
              add(
                  bySender.computeIfAbsent(
                      new Sender(key.service(), key.instance()), unused -> new ArrayList<>()),
                  names,
                  series,
                  from,
                  to));
    }
    bySender.forEach((sender, points) ->
        file.points(resources.of(sender.service(), sender.instance(), now), points));
    exportedAt = now;
    return report.series().stream()
        .filter(series -> series.key().measure() == Measure.OPERATION)
        .mapToLong(series -> series.total().count())
        .sum();
  }

  private void add(List<OtlpPoint> points, OtlpNames names, Series series, long from, long to) {
    Cell cell = series.total();
    switch (names.shape()) {
      case GAUGE, LEVEL -> {
        long at = VirtualTime.ofTelemetry(cell.lastNanos());
        points.add(point(names, from, at, cell.last(), null));
      }
      case COUNTER -> {
        Total before = totals.getOrDefault(series.key(), new Total(0, from));
        Total after = new Total(before.sum() + cell.sum(), before.startNanos());
        totals.put(series.key(), after);
        points.add(point(names, after.startNanos(), to, after.sum(), null));
      }
      case HISTOGRAM -> {
        if (series.key().measure() == Measure.OPERATION) {
          addOperation(points, names, cell, from, to);
        } else {
          points.add(point(names, from, to, 0, cell));
        }
      }
    }
  }

  /**
   * Requests that failed are a series of their own. How long those took is not known any more; the
   * parts are alike, and together they are the whole.
   */
  private static void addOperation(
      List<OtlpPoint> points, OtlpNames names, Cell cell, long from, long to) {
    String status = "http.response.status_code";
    if (cell.errors() == 0) {
      points.add(point(names.with(status, "200"), from, to, 0, cell));
      return;
    }
    Cell.Parts parts = cell.split((double) cell.errors() / cell.count());
    points.add(point(names.with(status, "500"), from, to, 0, parts.earlier()));
    if (parts.later().count() > 0) {
      points.add(point(names.with(status, "200"), from, to, 0, parts.later()));
    }
  }

  private static OtlpPoint point(
      OtlpNames names, long from, long to, double value, @Nullable Cell cell) {
    Shape shape = names.shape();
    return new OtlpPoint(
        names.metric(), names.unit(), shape, from, to, value, cell, names.attributes());
  }
}
