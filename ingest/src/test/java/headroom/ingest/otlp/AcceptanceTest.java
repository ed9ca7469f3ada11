package headroom.ingest.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import headroom.model.SpanAttribute;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogram;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint.Buckets;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Histogram;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.MetricsData;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.TracesData;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is well-formed but unusable is dropped and counted by reason; in both encodings. */
class AcceptanceTest {
  private static final long NOW = RandomTelemetry.NOW.getEpochSecond() * 1_000_000_000L;
  private static final long HOUR = Duration.ofHours(1).toNanos();

  private final Collected collected = new Collected();

  @Test
  void aGoodSpanIsAccepted() throws Exception {
    assertSpan(span(), null);
  }

  @Test
  void spansWithoutIdsAreDropped() throws Exception {
    assertSpan(span().setTraceId(ByteString.copyFrom(new byte[16])), DropReason.INVALID_ID);
    assertSpan(span().setSpanId(ByteString.copyFrom(new byte[8])), DropReason.INVALID_ID);
    assertSpan(span().clearTraceId(), DropReason.INVALID_ID);
    assertSpan(span().setTraceId(ByteString.copyFrom(new byte[15])), DropReason.INVALID_ID);
    assertSpan(span().setParentSpanId(ByteString.copyFrom(new byte[3])), DropReason.INVALID_ID);
  }

  @Test
  void spansWithImpossibleTimesAreDropped() throws Exception {
    assertSpan(span().clearStartTimeUnixNano(), DropReason.NO_TIME);
    assertSpan(span().clearEndTimeUnixNano(), DropReason.NO_TIME);
    assertSpan(span().setEndTimeUnixNano(NOW - 2_000_000_001L), DropReason.ENDS_BEFORE_START);
    assertSpan(span().setEndTimeUnixNano(NOW + HOUR), null);
    assertSpan(span().setEndTimeUnixNano(NOW + HOUR + 1), DropReason.IN_FUTURE);
    assertSpan(span().setEndTimeUnixNano(-1), DropReason.IN_FUTURE);
    assertSpan(span(NOW - 24 * HOUR, NOW - 24 * HOUR), null);
    assertSpan(span(NOW - 24 * HOUR - 1, NOW - 24 * HOUR - 1), DropReason.TOO_OLD);
  }

  @Test
  void recordingsMayBeOfAnyAge() throws Exception {
    Decoded decoded =
        decoder(IngestLimits.recorded())
            .decodeTraces(
                bytes(span(1, 2)), 0, bytes(span(1, 2)).length, Encoding.PROTOBUF, collected);
    assertThat(decoded.accepted()).isEqualTo(1);
  }

  @Test
  void unusableNumbersAreDropped() throws Exception {
    assertPoint(gauge(number().setAsDouble(Double.NaN)), DropReason.UNUSABLE_VALUE);
    assertPoint(gauge(number().setAsDouble(Double.POSITIVE_INFINITY)), DropReason.UNUSABLE_VALUE);
    assertPoint(gauge(number()), DropReason.UNUSABLE_VALUE);
    assertPoint(gauge(number().setAsInt(0)), null);
    assertPoint(gauge(number().setAsInt(1).setFlags(1)), DropReason.NO_RECORDED_VALUE);
    assertPoint(gauge(number().setAsInt(1).clearTimeUnixNano()), DropReason.NO_TIME);
    assertPoint(
        gauge(number().setAsInt(1).setStartTimeUnixNano(NOW + 1)), DropReason.ENDS_BEFORE_START);
    assertPoint(gauge(number().setAsInt(1).setTimeUnixNano(NOW + 2 * HOUR)), DropReason.IN_FUTURE);
    assertPoint(gauge(number().setAsInt(1).setTimeUnixNano(7)), DropReason.TOO_OLD);
  }

  @Test
  void contradictoryHistogramsAreDropped() throws Exception {
    assertPoint(histogram(buckets(1, 2, 3).addExplicitBounds(0.1).addExplicitBounds(0.2)), null);
    assertPoint(histogram(buckets()), null);
    assertPoint(histogram(buckets(1, 2, 3).addExplicitBounds(0.1)), DropReason.UNUSABLE_VALUE);
    assertPoint(
        histogram(buckets(1, 2, 3).addExplicitBounds(0.2).addExplicitBounds(0.2)),
        DropReason.UNUSABLE_VALUE);
    assertPoint(histogram(buckets(1, 2).addExplicitBounds(Double.NaN)), DropReason.UNUSABLE_VALUE);
    assertPoint(histogram(buckets(1, -2).addExplicitBounds(1)), DropReason.UNUSABLE_VALUE);
    assertPoint(histogram(buckets().setSum(Double.NaN)), DropReason.UNUSABLE_VALUE);
    assertPoint(histogram(buckets(new long[5_000])), DropReason.UNUSABLE_VALUE);
  }

  @Test
  void unusableExponentialHistogramsAreDropped() throws Exception {
    Buckets one = Buckets.newBuilder().addBucketCounts(1).build();
    assertPoint(exponential(exponentialPoint().setPositive(one)), null);
    assertPoint(exponential(exponentialPoint().setScale(21)), DropReason.UNUSABLE_VALUE);
    assertPoint(exponential(exponentialPoint().setScale(-11)), DropReason.UNUSABLE_VALUE);
    assertPoint(exponential(exponentialPoint().setNegative(one)), DropReason.UNUSABLE_VALUE);
    assertPoint(
        exponential(exponentialPoint().setPositive(one.toBuilder().setOffset(Integer.MAX_VALUE))),
        DropReason.UNUSABLE_VALUE);
  }

  @Test
  void longValuesAreCutBetweenCharacters() throws Exception {
    var span = span();
    span.addAttributes(
        KeyValue.newBuilder()
            .setKey("db.statement")
            .setValue(AnyValue.newBuilder().setStringValue("a" + "é".repeat(3_000))));
    for (int i = 0; i < 6; i++) {
      Decoded decoded = decode(span);
      assertThat(decoded.shortened()).isEqualTo(1);
      assertThat(collected.spans.getLast().attributes())
          .containsEntry(SpanAttribute.DB_QUERY_TEXT, "a" + "é".repeat(2_047));
    }
  }

  @Test
  void attributesBeyondTheLimitAreLeftOut() throws Exception {
    var point = number().setAsInt(1);
    for (int i = 0; i < 70; i++) {
      point.addAttributes(
          KeyValue.newBuilder()
              .setKey("k" + i)
              .setValue(AnyValue.newBuilder().setStringValue("v")));
    }
    byte[] message = metrics(gauge(point)).toByteArray();
    Decoded decoded =
        decoder(IngestLimits.live())
            .decodeMetrics(message, 0, message.length, Encoding.PROTOBUF, collected);
    assertThat(decoded.shortened()).isEqualTo(6);
    assertThat(collected.points.getLast().attributes()).hasSize(64);
  }

  @Test
  void theNewestSpellingWins() throws Exception {
    var span = span();
    span.addAttributes(text("db.system.name", "new")).addAttributes(text("db.system", "old"));
    span.addAttributes(text("http.method", "OLD"))
        .addAttributes(text("http.request.method", "GET"));
    decode(span);
    assertThat(collected.spans.getLast().attributes())
        .containsEntry(SpanAttribute.DB_SYSTEM, "new")
        .containsEntry(SpanAttribute.HTTP_METHOD, "GET");
  }

  @Test
  void theSenderIsToldWhatWasRejected() {
    var decoded =
        new Decoded(
            3,
            Map.of(
                DropReason.TOO_OLD,
                2L,
                DropReason.INVALID_ID,
                1L,
                DropReason.NO_RECORDED_VALUE,
                4L),
            0);
    assertThat(decoded.rejected()).isEqualTo(3);
    assertThat(decoded.explanation()).isEqualTo("1 have no valid trace or span id, 2 are too old");
  }

  @Test
  void limitsMustMakeSense() {
    assertThatThrownBy(() -> new IngestLimits(Duration.ofHours(-1), Optional.empty(), 1, 1, 1))
        .hasMessage("maxFuture must be >= 0, got PT-1H");
    assertThatThrownBy(() -> new IngestLimits(Duration.ZERO, Optional.empty(), 0, 1, 1))
        .hasMessage("maxValueBytes must be >= 1, got 0");
  }

  private static OtlpDecoder decoder(IngestLimits limits) {
    return new OtlpDecoder(limits, InstantSource.fixed(RandomTelemetry.NOW), new Interner());
  }

  private final OtlpDecoder live = decoder(IngestLimits.live());

  private Decoded decode(Span.Builder span) throws Exception {
    byte[] message = bytes(span);
    return live.decodeTraces(message, 0, message.length, Encoding.PROTOBUF, collected);
  }

  private void assertSpan(Span.Builder span, @Nullable DropReason reason) throws Exception {
    assertThat(decode(span).dropped()).isEqualTo(expected(reason));
    byte[] json = OtlpJson.of(traces(span), true);
    assertThat(live.decodeTraces(json, 0, json.length, Encoding.JSON, collected).dropped())
        .isEqualTo(expected(reason));
  }

  private void assertPoint(Metric metric, @Nullable DropReason reason) throws Exception {
    byte[] message = metrics(metric).toByteArray();
    assertThat(
            live.decodeMetrics(message, 0, message.length, Encoding.PROTOBUF, collected).dropped())
        .isEqualTo(expected(reason));
    byte[] json = OtlpJson.of(metrics(metric), false);
    assertThat(live.decodeMetrics(json, 0, json.length, Encoding.JSON, collected).dropped())
        .isEqualTo(expected(reason));
  }

  private static Map<DropReason, Long> expected(@Nullable DropReason reason) {
    return reason == null ? Map.of() : Map.of(reason, 1L);
  }

  private static Span.Builder span() {
    return span(NOW - 2_000_000_000L, NOW - 1_000_000_000L);
  }

  private static Span.Builder span(long start, long end) {
    return Span.newBuilder()
        .setTraceId(
            ByteString.copyFrom(new byte[] {1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}))
        .setSpanId(ByteString.copyFrom(new byte[] {0, 0, 0, 0, 0, 0, 0, 1}))
        .setName("GET /balance")
        .setStartTimeUnixNano(start)
        .setEndTimeUnixNano(end);
  }

  private static byte[] bytes(Span.Builder span) {
    return traces(span).toByteArray();
  }

  private static TracesData traces(Span.Builder span) {
    return TracesData.newBuilder()
        .addResourceSpans(
            ResourceSpans.newBuilder().addScopeSpans(ScopeSpans.newBuilder().addSpans(span)))
        .build();
  }

  private static MetricsData metrics(Metric metric) {
    return MetricsData.newBuilder()
        .addResourceMetrics(
            ResourceMetrics.newBuilder()
                .addScopeMetrics(ScopeMetrics.newBuilder().addMetrics(metric)))
        .build();
  }

  private static KeyValue text(String key, String value) {
    return KeyValue.newBuilder()
        .setKey(key)
        .setValue(AnyValue.newBuilder().setStringValue(value))
        .build();
  }

  private static NumberDataPoint.Builder number() {
    return NumberDataPoint.newBuilder().setTimeUnixNano(NOW);
  }

  private static Metric gauge(NumberDataPoint.Builder point) {
    return Metric.newBuilder()
        .setName("g")
        .setGauge(Gauge.newBuilder().addDataPoints(point))
        .build();
  }

  private static HistogramDataPoint.Builder buckets(long... counts) {
    var point = HistogramDataPoint.newBuilder().setTimeUnixNano(NOW);
    for (long count : counts) {
      point.addBucketCounts(count);
    }
    return point;
  }

  private static Metric histogram(HistogramDataPoint.Builder point) {
    return Metric.newBuilder()
        .setName("h")
        .setHistogram(Histogram.newBuilder().addDataPoints(point))
        .build();
  }

  private static ExponentialHistogramDataPoint.Builder exponentialPoint() {
    return ExponentialHistogramDataPoint.newBuilder().setTimeUnixNano(NOW);
  }

  private static Metric exponential(ExponentialHistogramDataPoint.Builder point) {
    return Metric.newBuilder()
        .setName("e")
        .setExponentialHistogram(ExponentialHistogram.newBuilder().addDataPoints(point))
        .build();
  }
}
