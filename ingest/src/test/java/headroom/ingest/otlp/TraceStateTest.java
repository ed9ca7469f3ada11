package headroom.ingest.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import headroom.model.MetricPoint;
import headroom.model.Span;
import headroom.model.TelemetrySink;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.TracesData;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TraceStateTest {
  private static Span read(String text) {
    var span = new Span();
    byte[] bytes = ("xx" + text + "yy").getBytes(StandardCharsets.UTF_8);
    TraceState.read(bytes, 2, bytes.length - 4, span);
    return span;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ot=th:0 | 1",
        "ot=th:8 | 2",
        "ot=th:c | 4",
        "ot=th:C | 4",
        "ot=th:fd70a4 | 100",
        "ot=th:e6666666666668 | 10",
        "ot=th:ffffffffffffff | 7.205759403792794E16",
        "ot=rv:6e6d1a75832a2f;th:c | 4",
        "'vendor=th:f, ot=p:8;th:8;k1:13,other=ot=th:c' | 2",
        "'ot=th:8 ,a=b' | 2",
      })
  void theThresholdGivesTheAdjustedCount(String text, double count) {
    assertThat(read(text).adjustedCount).isCloseTo(count, within(1e-4 * count));
    assertThat(read(text).samplingUnreadable).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ot=th:", "ot=th:xyz", "ot=th:-8", "ot=th:000000000000008", "ot=th:8 8"})
  void whatCannotBeReadIsSaidSo(String text) {
    assertThat(read(text).adjustedCount).isEqualTo(1);
    assertThat(read(text).samplingUnreadable).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ",", "ot", "ot=", "ot=rv:8", "xot=th:8", "tenant@ot=th:8", "ot=xth:8"})
  void whereNothingIsSaidASpanCountsOnce(String text) {
    assertThat(read(text).adjustedCount).isEqualTo(1);
    assertThat(read(text).samplingUnreadable).isFalse();
  }

  @Test
  void bothEncodingsAreReadAndTheNextSpanStartsAnew() throws Exception {
    var ids = com.google.protobuf.ByteString.copyFromUtf8("0123456789abcdef");
    var sampled =
        io.opentelemetry.proto.trace.v1.Span.newBuilder()
            .setTraceId(ids)
            .setSpanId(ids.substring(0, 8))
            .setTraceState("ot=th:c")
            .setStartTimeUnixNano(1_763_719_200_000_000_000L)
            .setEndTimeUnixNano(1_763_719_200_000_000_001L);
    var plain = sampled.clone().clearTraceState();
    byte[] request =
        TracesData.newBuilder()
            .addResourceSpans(
                ResourceSpans.newBuilder()
                    .addScopeSpans(ScopeSpans.newBuilder().addSpans(sampled).addSpans(plain)))
            .build()
            .toByteArray();
    assertThat(counts(request, Encoding.PROTOBUF)).containsExactly(4.0, 1.0);

    String span =
        "{\"traceId\":\"0123456789abcdef0123456789abcdef\",\"spanId\":\"0123456789abcdef\","
            + "%s\"startTimeUnixNano\":\"1763719200000000000\",\"endTimeUnixNano\":\"1763719200000000001\"}";
    String json =
        "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[%s,%s,%s]}]}]}"
            .formatted(
                span.formatted("\"traceState\":\"ot=th:c\","),
                span.formatted(""),
                span.formatted("\"traceState\":null,"));
    assertThat(counts(json.getBytes(StandardCharsets.UTF_8), Encoding.JSON))
        .containsExactly(4.0, 1.0, 1.0);
  }

  private static List<Double> counts(byte[] request, Encoding encoding) throws Exception {
    List<Double> counts = new ArrayList<>();
    var sink =
        new TelemetrySink() {
          @Override
          public void span(Span span) {
            counts.add(span.adjustedCount);
          }

          @Override
          public void metric(MetricPoint point) {}
        };
    new OtlpDecoder(IngestLimits.recorded(), InstantSource.system(), new Interner())
        .decode(Signal.TRACES, request, 0, request.length, encoding, sink);
    return counts;
  }
}
