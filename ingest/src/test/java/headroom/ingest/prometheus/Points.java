package headroom.ingest.prometheus;

import headroom.ingest.otlp.Interner;
import headroom.ingest.otlp.MalformedTelemetryException;
import headroom.model.MetricPoint;
import headroom.model.Span;
import headroom.model.TelemetrySink;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A reader, and what it made of the bodies that it was given: a line for each point. */
final class Points implements TelemetrySink {
  static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

  /** Milliseconds so many seconds before now. */
  static double ago(double seconds) {
    return NOW.toEpochMilli() - seconds * 1_000;
  }

  private final PrometheusReader reader;
  private final List<String> lines = new ArrayList<>();

  Points() {
    this(LabelRules.NONE);
  }

  Points(LabelRules rules) {
    reader =
        new PrometheusReader(
            rules, Horizon.LIVE, InstantSource.fixed(NOW), new Interner(), 1 << 20);
  }

  PrometheusReader reader() {
    return reader;
  }

  Written first(Bodies bodies) throws MalformedTelemetryException {
    return reader.read(WriteMessage.V1, bodies.first(), this);
  }

  Written second(Bodies bodies) throws MalformedTelemetryException {
    return reader.read(WriteMessage.V2, bodies.second(), this);
  }

  /** The lines since the last call. */
  List<String> take() {
    List<String> taken = List.copyOf(lines);
    lines.clear();
    return taken;
  }

  @Override
  public void span(Span span) {
    throw new AssertionError("there are no spans in metrics");
  }

  @Override
  public void metric(MetricPoint point) {
    var line = new StringBuilder();
    line.append(point.name);
    for (int i = 0; i < point.attributeCount(); i++) {
      line.append(' ').append(point.attributeKey(i)).append('=').append(point.attributeValue(i));
    }
    line.append(" | ").append(point.resource == null ? "" : point.resource.service());
    line.append('@').append(point.resource == null ? "" : point.resource.instance());
    line.append(" | ")
        .append(seconds(point.startNanos))
        .append("..")
        .append(seconds(point.timeNanos));
    line.append(" | ").append(point.unit).append(' ').append(point.type);
    line.append(point.cumulative ? " cumulative" : "");
    switch (point.type) {
      case GAUGE, SUM -> line.append(' ').append(point.value);
      case HISTOGRAM, EXPONENTIAL_HISTOGRAM, SUMMARY ->
          line.append(
              " n=%d sum=%s %s %s"
                  .formatted(
                      point.count,
                      point.hasSum ? Double.toString(Math.round(point.sum * 1e6) / 1e6) : "?",
                      point.type == MetricPoint.Type.HISTOGRAM
                          ? Arrays.toString(Arrays.copyOf(point.bounds, point.boundCount))
                          : "2^-%d from %d, %d zeros"
                              .formatted(point.scale, point.positiveOffset, point.zeroCount),
                      Arrays.toString(Arrays.copyOf(point.bucketCounts, point.bucketCount))));
    }
    lines.add(line.toString());
  }

  /** Seconds seen from now. */
  private static String seconds(long nanos) {
    return nanos == 0 ? "?" : Long.toString(nanos / 1_000_000_000 - NOW.getEpochSecond());
  }
}
