package headroom.load.report;

import headroom.load.result.ErrorLog;
import headroom.load.result.RunStats;
import headroom.load.result.StepStats;
import headroom.rollup.Cell;
import headroom.rollup.ExponentialHistogram;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.Quantiles;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot.SummaryDataPointSnapshot;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;

/** A run under way in the text format of Prometheus, version 0.0.4. */
public final class LiveMetrics {
  /** Upper bounds of the buckets of response times, in seconds. */
  private static final double[] BOUNDS = {
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30
  };

  private static final double[] QUANTILES = {0.5, 0.9, 0.99, 0.999};

  private final MetricSnapshots.Builder page = MetricSnapshots.builder();

  private LiveMetrics() {}

  /**
   * What is so just now.
   *
   * @param intendedPerSecond the arrival rate of the profile
   * @param users under way, thinking or waiting
   * @param inFlight requests sent and not answered, or waiting for a connection
   */
  public record Now(
      double elapsedSeconds, double intendedPerSecond, int users, int inFlight, int connections) {}

  /** The whole page. */
  public static String of(RunStats totals, Now now) {
    var metrics = new LiveMetrics();
    metrics.gauges(now);
    metrics.counters(totals);
    metrics.steps(byName(totals));
    metrics.lag(totals.lag());
    return metrics.text();
  }

  /** Steps of one name are one series. */
  private static List<StepStats> byName(RunStats totals) {
    var byName = new LinkedHashMap<String, StepStats>();
    for (StepStats step : totals.steps()) {
      byName.computeIfAbsent(step.name(), unused -> new StepStats(step.key())).merge(step);
    }
    return List.copyOf(byName.values());
  }

  private void gauges(Now now) {
    gauge("elapsed_seconds", "Since the first possible arrival.", now.elapsedSeconds());
    gauge(
        "intended_arrivals_per_second",
        "Journeys that the profile begins now.",
        now.intendedPerSecond());
    gauge("users", "Under way, thinking or waiting.", now.users());
    gauge("requests_in_flight", "Sent or waiting for a connection.", now.inFlight());
    gauge("connections", "Open to the target.", now.connections());
  }

  private void gauge(String name, String help, double value) {
    add(
        GaugeSnapshot.builder().dataPoint(GaugeDataPointSnapshot.builder().value(value).build()),
        name,
        help);
  }

  private void counters(RunStats totals) {
    counter("arrivals", "Journeys that should have begun.", totals.arrivals());
    counter("dropped_arrivals", "Journeys that never began.", totals.dropped());
    counter("sent_requests", "Requests that left.", totals.sent());
    counter("journeys_finished", "Journeys that came to their end.", totals.journeysFinished());
    counter("journeys_aborted", "Journeys that a failure ended.", totals.journeysAborted());
    counter("connections_opened", "Connections opened.", totals.connections().opened());
  }

  private void counter(String name, String help, long value) {
    add(CounterSnapshot.builder().dataPoint(count(Labels.EMPTY, value)), name, help);
  }

  private static CounterDataPointSnapshot count(Labels labels, long value) {
    return CounterDataPointSnapshot.builder().labels(labels).value((double) value).build();
  }

  private void steps(List<StepStats> steps) {
    var requests = CounterSnapshot.builder();
    var errors = CounterSnapshot.builder();
    var response = HistogramSnapshot.builder();
    var service = HistogramSnapshot.builder();
    for (StepStats step : steps) {
      Labels labels = Labels.of("step", step.name());
      requests.dataPoint(count(labels, step.count()));
      for (ErrorLog.Entry entry : step.errors().entries()) {
        errors.dataPoint(count(labels.add("kind", entry.kind().label()), entry.count()));
      }
      response.dataPoint(histogram(labels, step.response()));
      service.dataPoint(histogram(labels, step.service()));
    }
    add(requests, "requests", "Requests that were sent or should have been.");
    add(errors, "errors", "Requests that failed.");
    add(response, "response_seconds", "From the intended start to the last byte.");
    add(service, "service_seconds", "From sending to the last byte.");
  }

  private static HistogramDataPointSnapshot histogram(Labels labels, Cell cell) {
    ExponentialHistogram values = cell.histogram();
    var buckets = ClassicHistogramBuckets.builder();
    long before = 0;
    for (double bound : BOUNDS) {
      double above = values == null ? 0 : values.shareAbove(bound);
      long below = Math.max(before, cell.count() - Math.round(above * cell.count()));
      buckets.bucket(bound, below - before);
      before = below;
    }
    buckets.bucket(Double.POSITIVE_INFINITY, cell.count() - before);
    return HistogramDataPointSnapshot.builder()
        .labels(labels)
        .classicHistogramBuckets(buckets.build())
        .sum(cell.sum())
        .build();
  }

  private void lag(Cell lag) {
    var quantiles = Quantiles.builder();
    for (double q : QUANTILES) {
      lag.quantile(q).ifPresent(value -> quantiles.quantile(q, value));
    }
    add(
        SummarySnapshot.builder()
            .dataPoint(
                SummaryDataPointSnapshot.builder()
                    .quantiles(quantiles.build())
                    .sum(lag.sum())
                    .count(lag.count())
                    .build()),
        "generator_lag_seconds",
        "How late the generator itself was.");
  }

  private void add(MetricSnapshot.Builder<?> family, String name, String help) {
    page.metricSnapshot(family.name("headroom_test_" + name).help(help).build());
  }

  private String text() {
    var out = new ByteArrayOutputStream(8_192);
    try {
      PrometheusTextFormatWriter.create().write(out, page.build(), EscapingScheme.DEFAULT);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return out.toString(StandardCharsets.UTF_8);
  }
}
