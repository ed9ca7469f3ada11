package headroom.ingest.otlp;

import com.google.protobuf.ByteString;
import headroom.model.SpanAttribute;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.LogsData;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.logs.v1.SeverityNumber;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Exemplar;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogram;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Histogram;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.MetricsData;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.Sum;
import io.opentelemetry.proto.metrics.v1.Summary;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import io.opentelemetry.proto.trace.v1.TracesData;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Draws telemetry in which every field of OTLP may be there or not. */
final class RandomTelemetry {
  static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
  private static final long NOW_NANOS = NOW.getEpochSecond() * 1_000_000_000L;
  private static final List<String> RESOURCE_KEYS =
      List.of(
          "service.name",
          "service.instance.id",
          "service.version",
          "host.name",
          "process.pid",
          "k8s.pod.name",
          "telemetry.sdk.language");

  private final RandomGenerator random;
  private final List<Span> earlier = new ArrayList<>();

  RandomTelemetry(RandomGenerator random) {
    this.random = random;
  }

  TracesData traces() {
    var data = TracesData.newBuilder();
    for (int i = random.nextInt(3); i >= 0; i--) {
      var resourceSpans = ResourceSpans.newBuilder();
      if (often()) {
        resourceSpans.setResource(resource());
      }
      for (int j = random.nextInt(3); j > 0; j--) {
        var scopeSpans = ScopeSpans.newBuilder().setScope(scope()).setSchemaUrl(text());
        for (int k = random.nextInt(12); k > 0; k--) {
          scopeSpans.addSpans(span());
        }
        resourceSpans.addScopeSpans(scopeSpans);
      }
      data.addResourceSpans(resourceSpans.setSchemaUrl(text()));
    }
    return data.build();
  }

  MetricsData metrics() {
    var data = MetricsData.newBuilder();
    for (int i = random.nextInt(3); i >= 0; i--) {
      var resourceMetrics = ResourceMetrics.newBuilder();
      if (often()) {
        resourceMetrics.setResource(resource());
      }
      for (int j = random.nextInt(3); j > 0; j--) {
        var scopeMetrics = ScopeMetrics.newBuilder().setScope(scope()).setSchemaUrl(text());
        for (int k = random.nextInt(4); k > 0; k--) {
          scopeMetrics.addMetrics(metric());
        }
        resourceMetrics.addScopeMetrics(scopeMetrics);
      }
      data.addResourceMetrics(resourceMetrics.setSchemaUrl(text()));
    }
    return data.build();
  }

  LogsData logs() {
    var data = LogsData.newBuilder();
    for (int i = random.nextInt(3); i >= 0; i--) {
      var scopeLogs = ScopeLogs.newBuilder().setScope(scope());
      for (int k = random.nextInt(4); k > 0; k--) {
        scopeLogs.addLogRecords(log());
      }
      data.addResourceLogs(
          ResourceLogs.newBuilder().setResource(resource()).addScopeLogs(scopeLogs));
    }
    return data.build();
  }

  /** Often a variation of an earlier span, as in real life. */
  Span span() {
    Span span =
        earlier.isEmpty() || random.nextInt(3) == 0
            ? newSpan()
            : vary(earlier.get(random.nextInt(earlier.size())));
    earlier.add(span);
    return span;
  }

  private Span vary(Span like) {
    long start = time();
    var span =
        like.toBuilder()
            .setSpanId(bytes(8))
            .setStartTimeUnixNano(start)
            .setEndTimeUnixNano(start + 1_000);
    int count = span.getAttributesCount();
    for (int i = random.nextInt(3); i > 0 && count > 0; i--) {
      int at = random.nextInt(count);
      String key = span.getAttributes(at).getKey();
      span.setAttributes(at, keyValue(often() ? key : spanKey()));
    }
    if (random.nextInt(5) == 0) {
      span.addAttributes(random.nextInt(count + 1), keyValue(spanKey()));
    }
    if (random.nextInt(5) == 0 && count > 0) {
      span.removeAttributes(random.nextInt(count));
    }
    return span.build();
  }

  private Span newSpan() {
    long start = time();
    var span =
        Span.newBuilder()
            .setTraceId(bytes(16))
            .setSpanId(bytes(8))
            .setStartTimeUnixNano(start)
            .setEndTimeUnixNano(start + random.nextLong(1_000_000_000_000L));
    if (often()) {
      span.setName(text()).setKindValue(random.nextInt(7));
    }
    if (often()) {
      span.setParentSpanId(bytes(8)).setTraceState(text()).setFlags(random.nextInt());
    }
    for (int i = random.nextInt(20); i > 0; i--) {
      span.addAttributes(keyValue(spanKey()));
    }
    for (int i = random.nextInt(4) - 1; i > 0; i--) {
      span.addEvents(
          Span.Event.newBuilder()
              .setTimeUnixNano(start)
              .setName(text())
              .addAttributes(keyValue("error.type")));
      span.addLinks(
          Span.Link.newBuilder()
              .setTraceId(bytes(16))
              .setSpanId(bytes(8))
              .addAttributes(keyValue("http.route")));
    }
    if (often()) {
      span.setStatus(Status.newBuilder().setCodeValue(random.nextInt(3)).setMessage(text()));
    }
    return span.setDroppedAttributesCount(random.nextInt(300)).build();
  }

  Metric metric() {
    var metric = Metric.newBuilder().setName("metric " + text());
    if (often()) {
      metric.setDescription(text()).setUnit(text());
    }
    int points = 1 + random.nextInt(3);
    var temporality = AggregationTemporality.forNumber(random.nextInt(3));
    switch (random.nextInt(5)) {
      case 0 -> {
        var gauge = Gauge.newBuilder();
        for (int i = 0; i < points; i++) {
          gauge.addDataPoints(number());
        }
        metric.setGauge(gauge);
      }
      case 1 -> {
        var sum =
            Sum.newBuilder()
                .setAggregationTemporality(temporality)
                .setIsMonotonic(random.nextBoolean());
        for (int i = 0; i < points; i++) {
          sum.addDataPoints(number());
        }
        metric.setSum(sum);
      }
      case 2 -> {
        var histogram = Histogram.newBuilder().setAggregationTemporality(temporality);
        for (int i = 0; i < points; i++) {
          histogram.addDataPoints(histogram());
        }
        metric.setHistogram(histogram);
      }
      case 3 -> {
        var histogram = ExponentialHistogram.newBuilder().setAggregationTemporality(temporality);
        for (int i = 0; i < points; i++) {
          histogram.addDataPoints(exponentialHistogram());
        }
        metric.setExponentialHistogram(histogram);
      }
      default -> {
        var summary = Summary.newBuilder();
        for (int i = 0; i < points; i++) {
          summary.addDataPoints(summary());
        }
        metric.setSummary(summary);
      }
    }
    return metric.build();
  }

  LogRecord log() {
    var log = LogRecord.newBuilder().setObservedTimeUnixNano(time());
    if (often()) {
      log.setTimeUnixNano(time())
          .setSeverityNumber(SeverityNumber.SEVERITY_NUMBER_INFO)
          .setSeverityText("INFO");
    }
    if (often()) {
      log.setTraceId(bytes(16)).setSpanId(bytes(8)).setFlags(1);
    }
    if (often()) {
      log.addAttributes(keyValue(text())).setEventName(text());
    }
    return log.setBody(AnyValue.newBuilder().setStringValue(text())).build();
  }

  private NumberDataPoint number() {
    var point = NumberDataPoint.newBuilder().setTimeUnixNano(time());
    if (random.nextBoolean()) {
      point.setAsInt(random.nextBoolean() ? random.nextLong(-5, 5) : random.nextInt());
    } else {
      point.setAsDouble(random.nextDouble(-10, 10));
    }
    if (often()) {
      point.setStartTimeUnixNano(startTime()).addExemplars(exemplar());
    }
    for (int i = random.nextInt(5); i > 0; i--) {
      point.addAttributes(keyValue(text()));
    }
    return point.build();
  }

  private HistogramDataPoint histogram() {
    var point = HistogramDataPoint.newBuilder().setTimeUnixNano(time());
    if (often()) {
      point.setStartTimeUnixNano(startTime()).setSum(random.nextDouble());
    }
    if (often()) {
      point.setMin(-random.nextDouble()).setMax(random.nextDouble()).addExemplars(exemplar());
    }
    long count = 0;
    int bounds = random.nextInt(40);
    for (int i = 0; i <= bounds && bounds > 0; i++) {
      long bucket = random.nextInt(1_000);
      point.addBucketCounts(bucket);
      count += bucket;
      if (i < bounds) {
        point.addExplicitBounds(i * 1.5 + random.nextDouble());
      }
    }
    for (int i = random.nextInt(5); i > 0; i--) {
      point.addAttributes(keyValue(text()));
    }
    return point.setCount(count).build();
  }

  private ExponentialHistogramDataPoint exponentialHistogram() {
    var point = ExponentialHistogramDataPoint.newBuilder().setTimeUnixNano(time());
    if (often()) {
      point.setStartTimeUnixNano(startTime()).setSum(random.nextDouble());
    }
    if (often()) {
      point.setMin(random.nextDouble()).setMax(random.nextDouble()).setZeroThreshold(1e-9);
    }
    long count = random.nextInt(10);
    point.setZeroCount(count).setScale(random.nextInt(-10, 21));
    var buckets = ExponentialHistogramDataPoint.Buckets.newBuilder();
    buckets.setOffset(random.nextInt(-2_000, 2_000));
    for (int i = random.nextInt(200); i > 0; i--) {
      long bucket = random.nextInt(100_000);
      buckets.addBucketCounts(bucket);
      count += bucket;
    }
    for (int i = random.nextInt(5); i > 0; i--) {
      point.addAttributes(keyValue(text()));
    }
    return point.setPositive(buckets).setCount(count).build();
  }

  private SummaryDataPoint summary() {
    return SummaryDataPoint.newBuilder()
        .setTimeUnixNano(time())
        .setStartTimeUnixNano(startTime())
        .setCount(random.nextInt(1_000))
        .setSum(random.nextInt(3))
        .addAttributes(keyValue(text()))
        .addQuantileValues(SummaryDataPoint.ValueAtQuantile.newBuilder().setQuantile(0.5))
        .build();
  }

  private Exemplar exemplar() {
    return Exemplar.newBuilder()
        .setAsInt(3)
        .setSpanId(bytes(8))
        .setTraceId(bytes(16))
        .addFilteredAttributes(keyValue(text()))
        .build();
  }

  private Resource resource() {
    var resource = Resource.newBuilder();
    for (String key : RESOURCE_KEYS) {
      if (random.nextBoolean()) {
        resource.addAttributes(keyValue(key));
      }
    }
    return resource.setDroppedAttributesCount(random.nextInt(3)).build();
  }

  private InstrumentationScope scope() {
    return InstrumentationScope.newBuilder()
        .setName(text())
        .setVersion(text())
        .addAttributes(keyValue("service.name"))
        .build();
  }

  private String spanKey() {
    var attributes = SpanAttribute.values();
    List<String> names = attributes[random.nextInt(attributes.length)].names();
    return random.nextInt(3) > 0 ? names.get(random.nextInt(names.size())) : text();
  }

  private KeyValue keyValue(String key) {
    return KeyValue.newBuilder().setKey(key).setValue(value(0)).build();
  }

  private AnyValue value(int depth) {
    var value = AnyValue.newBuilder();
    switch (random.nextInt(depth > 3 ? 6 : 10)) {
      case 0 -> value.setBoolValue(random.nextBoolean());
      case 1 -> value.setIntValue(random.nextBoolean() ? random.nextInt(600) : random.nextLong());
      case 2 -> value.setDoubleValue(random.nextDouble());
      case 3 -> value.setBytesValue(bytes(5));
      case 6 ->
          value.setArrayValue(
              ArrayValue.newBuilder().addValues(value(depth + 1)).addValues(value(depth + 1)));
      case 7 ->
          value.setKvlistValue(
              KeyValueList.newBuilder()
                  .addValues(KeyValue.newBuilder().setKey(text()).setValue(value(depth + 1))));
      default -> value.setStringValue(text());
    }
    return value.build();
  }

  /** Mostly short and plain; sometimes long, sometimes beyond ASCII. */
  String text() {
    int length = random.nextInt(10) == 0 ? random.nextInt(400) : random.nextInt(24);
    boolean plain = random.nextInt(4) > 0;
    var text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.appendCodePoint(
          plain ? random.nextInt(32, 127) : "aé€\"\\\n\uD83D\uDE00".codePointAt(random.nextInt(6)));
    }
    return text.toString();
  }

  private ByteString bytes(int length) {
    var bytes = new byte[length];
    random.nextBytes(bytes);
    ByteBuffer.wrap(bytes).put(length - 1, (byte) 1);
    return ByteString.copyFrom(bytes);
  }

  private long time() {
    return NOW_NANOS - random.nextLong(3_600_000_000_000L);
  }

  private long startTime() {
    return NOW_NANOS - 3_600_000_000_000L - random.nextLong(3_600_000_000_000L);
  }

  private boolean often() {
    return random.nextInt(4) > 0;
  }
}
