package headroom.server.api;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A page of metrics in Prometheus' text format 0.0.4, or in OpenMetrics 1.0. A family without
 * samples is left out.
 */
final class PrometheusText {
  private final ExpositionFormatWriter writer;
  private final List<MetricSnapshot.Builder<?>> families = new ArrayList<>();
  private final Set<Labels> known = new HashSet<>();
  private Samples samples = (value, labels) -> {};

  /** Takes the samples of one family. */
  private interface Samples {
    void add(double value, Labels labels);
  }

  PrometheusText(boolean openMetrics) {
    writer =
        openMetrics ? OpenMetricsTextFormatWriter.create() : PrometheusTextFormatWriter.create();
  }

  /** Begins a family of gauges. */
  PrometheusText gauge(String name, String help) {
    var family = GaugeSnapshot.builder().name(name).help(help);
    return begin(
        family,
        (value, labels) -> family.dataPoint(new GaugeDataPointSnapshot(value, labels, null)));
  }

  /** Begins a family of counters; the name is without {@code _total}. */
  PrometheusText counter(String name, String help) {
    var family = CounterSnapshot.builder().name(name).help(help);
    return begin(
        family,
        (value, labels) -> family.dataPoint(new CounterDataPointSnapshot(value, labels, null, 0L)));
  }

  private PrometheusText begin(MetricSnapshot.Builder<?> family, Samples itsSamples) {
    families.add(family);
    samples = itsSamples;
    known.clear();
    return this;
  }

  /**
   * A sample of the family begun last; labels are name, value, name, value. Of two with the same
   * labels the first stays: a reader refuses a page that says a thing twice.
   */
  PrometheusText sample(double value, String... labels) {
    Labels its = Labels.of(labels);
    if (known.add(its)) {
      samples.add(Double.isFinite(value) ? JsonNumbers.round(value) : value, its);
    }
    return this;
  }

  /** A whole number as a sample of the family begun last. */
  PrometheusText sample(long value, String... labels) {
    Labels its = Labels.of(labels);
    if (known.add(its)) {
      samples.add((double) value, its);
    }
    return this;
  }

  @Override
  public String toString() {
    var page = MetricSnapshots.builder();
    families.forEach(family -> page.metricSnapshot(family.build()));
    var out = new ByteArrayOutputStream(8_192);
    try {
      writer.write(out, page.build(), EscapingScheme.DEFAULT);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return out.toString(StandardCharsets.UTF_8);
  }
}
