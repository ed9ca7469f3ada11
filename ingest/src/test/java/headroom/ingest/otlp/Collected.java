package headroom.ingest.otlp;

import headroom.model.MetricPoint;
import headroom.model.Resource;
import headroom.model.Span;
import headroom.model.SpanAttribute;
import headroom.model.SpanKind;
import headroom.model.TelemetrySink;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Keeps copies of what a decoder hands on. */
final class Collected implements TelemetrySink {
  record SpanCopy(
      Resource resource,
      long traceIdHigh,
      long traceIdLow,
      long spanId,
      long parentSpanId,
      String name,
      SpanKind kind,
      long startNanos,
      long endNanos,
      boolean error,
      int links,
      Map<SpanAttribute, String> attributes) {}

  record PointCopy(
      Resource resource,
      String name,
      String unit,
      MetricPoint.Type type,
      boolean cumulative,
      boolean monotonic,
      long startNanos,
      long timeNanos,
      double value,
      long count,
      List<Double> sumMinMax,
      List<Double> bounds,
      List<Long> buckets,
      List<Long> exponential,
      List<String> attributes) {}

  final List<SpanCopy> spans = new ArrayList<>();
  final List<PointCopy> points = new ArrayList<>();

  @Override
  public void span(Span span) {
    var attributes = new EnumMap<SpanAttribute, String>(SpanAttribute.class);
    for (SpanAttribute attribute : SpanAttribute.values()) {
      String value = span.get(attribute);
      if (value != null) {
        attributes.put(attribute, value);
      }
    }
    spans.add(
        new SpanCopy(
            Objects.requireNonNull(span.resource),
            span.traceIdHigh,
            span.traceIdLow,
            span.spanId,
            span.parentSpanId,
            span.name,
            span.kind,
            span.startNanos,
            span.endNanos,
            span.error,
            span.links,
            attributes));
  }

  @Override
  public void metric(MetricPoint point) {
    var attributes = new ArrayList<String>();
    for (int i = 0; i < point.attributeCount(); i++) {
      attributes.add(point.attributeKey(i) + "=" + point.attributeValue(i));
    }
    var bounds = new ArrayList<Double>();
    for (int i = 0; i < point.boundCount; i++) {
      bounds.add(point.bounds[i]);
    }
    var buckets = new ArrayList<Long>();
    for (int i = 0; i < point.bucketCount; i++) {
      buckets.add(point.bucketCounts[i]);
    }
    points.add(
        new PointCopy(
            Objects.requireNonNull(point.resource),
            point.name,
            point.unit,
            point.type,
            point.cumulative,
            point.monotonic,
            point.startNanos,
            point.timeNanos,
            point.value,
            point.count,
            sumMinMax(point.hasSum, point.sum, point.hasMin, point.min, point.hasMax, point.max),
            bounds,
            buckets,
            List.of((long) point.scale, point.zeroCount, (long) point.positiveOffset),
            attributes));
  }

  /** Six numbers: for each of the three whether it is there, and its value. */
  static List<Double> sumMinMax(
      boolean hasSum, double sum, boolean hasMin, double min, boolean hasMax, double max) {
    return List.of(hasSum ? 1.0 : 0, sum, hasMin ? 1.0 : 0, min, hasMax ? 1.0 : 0, max);
  }
}
