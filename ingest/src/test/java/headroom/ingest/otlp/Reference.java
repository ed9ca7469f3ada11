package headroom.ingest.otlp;

import static java.util.stream.Collectors.toCollection;

import com.google.protobuf.ByteString;
import headroom.model.MetricPoint;
import headroom.model.Resource;
import headroom.model.SpanAttribute;
import headroom.model.SpanKind;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.MetricsData;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import io.opentelemetry.proto.trace.v1.TracesData;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a decoder should see, worked out from the generated classes, the plain way. */
final class Reference {
  private Reference() {}

  static List<Collected.SpanCopy> spans(TracesData data) {
    var spans = new ArrayList<Collected.SpanCopy>();
    for (var resourceSpans : data.getResourceSpansList()) {
      Resource resource = resource(resourceSpans.getResource().getAttributesList());
      for (var scopeSpans : resourceSpans.getScopeSpansList()) {
        for (Span span : scopeSpans.getSpansList()) {
          spans.add(span(resource, span));
        }
      }
    }
    return spans;
  }

  static List<Collected.PointCopy> points(MetricsData data) {
    var points = new ArrayList<Collected.PointCopy>();
    for (var resourceMetrics : data.getResourceMetricsList()) {
      Resource resource = resource(resourceMetrics.getResource().getAttributesList());
      for (var scopeMetrics : resourceMetrics.getScopeMetricsList()) {
        for (Metric metric : scopeMetrics.getMetricsList()) {
          addPoints(resource, metric, points);
        }
      }
    }
    return points;
  }

  private static Collected.SpanCopy span(Resource resource, Span span) {
    return new Collected.SpanCopy(
        resource,
        longAt(span.getTraceId(), 0),
        longAt(span.getTraceId(), 8),
        longAt(span.getSpanId(), 0),
        span.getParentSpanId().isEmpty() ? 0 : longAt(span.getParentSpanId(), 0),
        span.getName(),
        SpanKind.ofWire(span.getKindValue()),
        span.getStartTimeUnixNano(),
        span.getEndTimeUnixNano(),
        span.getStatus().getCode() == Status.StatusCode.STATUS_CODE_ERROR,
        span.getLinksCount(),
        attributes(span.getAttributesList()));
  }

  private static void addPoints(
      Resource resource, Metric metric, List<Collected.PointCopy> points) {
    switch (metric.getDataCase()) {
      case GAUGE -> {
        for (var point : metric.getGauge().getDataPointsList()) {
          points.add(number(resource, metric, MetricPoint.Type.GAUGE, false, false, point));
        }
      }
      case SUM -> {
        boolean cumulative = isCumulative(metric.getSum().getAggregationTemporality());
        boolean monotonic = metric.getSum().getIsMonotonic();
        for (var point : metric.getSum().getDataPointsList()) {
          points.add(number(resource, metric, MetricPoint.Type.SUM, cumulative, monotonic, point));
        }
      }
      case HISTOGRAM -> {
        boolean cumulative = isCumulative(metric.getHistogram().getAggregationTemporality());
        for (var point : metric.getHistogram().getDataPointsList()) {
          points.add(histogram(resource, metric, cumulative, point));
        }
      }
      case EXPONENTIAL_HISTOGRAM -> {
        var histogram = metric.getExponentialHistogram();
        boolean cumulative = isCumulative(histogram.getAggregationTemporality());
        for (var point : histogram.getDataPointsList()) {
          points.add(exponential(resource, metric, cumulative, point));
        }
      }
      case SUMMARY -> {
        for (var point : metric.getSummary().getDataPointsList()) {
          points.add(summary(resource, metric, point));
        }
      }
      case DATA_NOT_SET -> {}
    }
  }

  private static Collected.PointCopy number(
      Resource resource,
      Metric metric,
      MetricPoint.Type type,
      boolean cumulative,
      boolean monotonic,
      NumberDataPoint point) {
    return new Collected.PointCopy(
        resource,
        metric.getName(),
        metric.getUnit(),
        type,
        cumulative,
        monotonic,
        point.getStartTimeUnixNano(),
        point.getTimeUnixNano(),
        point.hasAsInt() ? (double) point.getAsInt() : point.getAsDouble(),
        0,
        Collected.sumMinMax(false, 0, false, 0, false, 0),
        List.of(),
        List.of(),
        List.of(0L, 0L, 0L),
        texts(point.getAttributesList()));
  }

  private static Collected.PointCopy histogram(
      Resource resource, Metric metric, boolean cumulative, HistogramDataPoint point) {
    return new Collected.PointCopy(
        resource,
        metric.getName(),
        metric.getUnit(),
        MetricPoint.Type.HISTOGRAM,
        cumulative,
        false,
        point.getStartTimeUnixNano(),
        point.getTimeUnixNano(),
        0,
        point.getCount(),
        Collected.sumMinMax(
            point.hasSum(),
            point.getSum(),
            point.hasMin(),
            point.getMin(),
            point.hasMax(),
            point.getMax()),
        point.getExplicitBoundsList(),
        point.getBucketCountsList(),
        List.of(0L, 0L, 0L),
        texts(point.getAttributesList()));
  }

  private static Collected.PointCopy exponential(
      Resource resource, Metric metric, boolean cumulative, ExponentialHistogramDataPoint point) {
    return new Collected.PointCopy(
        resource,
        metric.getName(),
        metric.getUnit(),
        MetricPoint.Type.EXPONENTIAL_HISTOGRAM,
        cumulative,
        false,
        point.getStartTimeUnixNano(),
        point.getTimeUnixNano(),
        0,
        point.getCount(),
        Collected.sumMinMax(
            point.hasSum(),
            point.getSum(),
            point.hasMin(),
            point.getMin(),
            point.hasMax(),
            point.getMax()),
        List.of(),
        point.getPositive().getBucketCountsList(),
        List.of(
            (long) point.getScale(), point.getZeroCount(), (long) point.getPositive().getOffset()),
        texts(point.getAttributesList()));
  }

  private static Collected.PointCopy summary(
      Resource resource, Metric metric, SummaryDataPoint point) {
    return new Collected.PointCopy(
        resource,
        metric.getName(),
        metric.getUnit(),
        MetricPoint.Type.SUMMARY,
        true,
        false,
        point.getStartTimeUnixNano(),
        point.getTimeUnixNano(),
        0,
        point.getCount(),
        Collected.sumMinMax(true, point.getSum(), false, 0, false, 0),
        List.of(),
        List.of(),
        List.of(0L, 0L, 0L),
        texts(point.getAttributesList()));
  }

  private static boolean isCumulative(AggregationTemporality temporality) {
    return temporality == AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE;
  }

  static Resource resource(List<KeyValue> attributes) {
    Map<String, String> values =
        attributes.stream()
            .filter(keyValue -> text(keyValue.getValue()) != null)
            .collect(
                Collectors.toMap(
                    KeyValue::getKey, keyValue -> text(keyValue.getValue()), (a, b) -> b));
    Function<String, String> value = key -> values.getOrDefault(key, "");
    String host = value.apply("host.name");
    String process = value.apply("process.pid");
    String instance = value.apply("service.instance.id");
    if (instance.isEmpty()) {
      instance = value.apply("k8s.pod.name");
    }
    if (instance.isEmpty()) {
      instance = host + (host.isEmpty() || process.isEmpty() ? "" : ":") + process;
    }
    String service = value.apply("service.name");
    return new Resource(
        service.isEmpty() ? "unknown_service" : service, instance, value.apply("service.version"));
  }

  private static Map<SpanAttribute, String> attributes(List<KeyValue> attributes) {
    var values = new EnumMap<SpanAttribute, String>(SpanAttribute.class);
    for (SpanAttribute attribute : SpanAttribute.values()) {
      // Oldest spelling first, so that a newer one takes its place.
      for (String name : attribute.names().reversed()) {
        for (KeyValue keyValue : attributes) {
          String text = text(keyValue.getValue());
          if (keyValue.getKey().equals(name) && text != null) {
            values.put(attribute, text);
          }
        }
      }
    }
    return values;
  }

  private static List<String> texts(List<KeyValue> attributes) {
    return attributes.stream()
        .filter(keyValue -> text(keyValue.getValue()) != null)
        .map(keyValue -> keyValue.getKey() + "=" + text(keyValue.getValue()))
        .collect(toCollection(ArrayList::new));
  }

  private static @Nullable String text(AnyValue value) {
    return switch (value.getValueCase()) {
      case STRING_VALUE -> value.getStringValue();
      case BOOL_VALUE -> Boolean.toString(value.getBoolValue());
      case INT_VALUE -> Long.toString(value.getIntValue());
      case DOUBLE_VALUE -> Double.toString(value.getDoubleValue());
      default -> null;
    };
  }

  private static long longAt(ByteString bytes, int at) {
    return ByteBuffer.wrap(bytes.toByteArray()).getLong(at);
  }
}
