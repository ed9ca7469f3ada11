package headroom.ingest.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import headroom.model.MetricPoint;
import headroom.model.Span;
import headroom.model.TelemetrySink;
import headroom.testkit.ForAll;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Whatever the bytes are, there is a result or a {@link MalformedTelemetryException}. */
class BadInputTest {
  private final OtlpDecoder decoder =
      new OtlpDecoder(
          IngestLimits.live(), InstantSource.fixed(RandomTelemetry.NOW), new Interner(64, 64));

  @Test
  void truncatedMessages() {
    ForAll.cases(40)
        .check(
            RandomTelemetry::new,
            random -> {
              for (Message message : messages(random)) {
                for (int cut = 0; cut < message.bytes.size(); cut += 1 + cut / 8) {
                  // A copy, so that reading beyond the end is noticed.
                  decode(
                      message.signal,
                      message.bytes.substring(0, cut).toByteArray(),
                      message.encoding);
                }
              }
            });
  }

  @Test
  void flippedBits() {
    ForAll.cases(120)
        .check(
            random -> random,
            random -> {
              for (Message message : messages(new RandomTelemetry(random))) {
                for (int i = 0; i < 8; i++) {
                  byte[] bytes = message.bytes.toByteArray();
                  for (int j = random.nextInt(3); j >= 0; j--) {
                    bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
                  }
                  decode(message.signal, bytes, message.encoding);
                }
              }
            });
  }

  @Test
  void garbage() {
    ForAll.cases(3_000)
        .check(
            BadInputTest::garbage,
            bytes -> {
              for (Signal signal : Signal.values()) {
                decode(signal, bytes, Encoding.PROTOBUF);
                decode(signal, bytes, Encoding.JSON);
              }
            });
  }

  @Test
  void aTruncatedSpanIsToldByPlace() {
    byte[] bytes = {0x0A, 6, 0x12, 4, 0x12, 2, 0x0A, 16};
    assertThatThrownBy(() -> decoder.decodeTraces(bytes, 0, 8, Encoding.PROTOBUF, Nowhere.SINK))
        .isInstanceOf(MalformedTelemetryException.class)
        .hasMessage("at byte 7: expected a length of at most 0 bytes, got 16");
  }

  @Test
  void aWrongWireTypeIsToldByField() {
    // A span whose name (5) is a varint.
    byte[] bytes = {0x0A, 6, 0x12, 4, 0x12, 2, 0x28, 1};
    assertThatThrownBy(() -> decoder.decodeTraces(bytes, 0, 8, Encoding.PROTOBUF, Nowhere.SINK))
        .isInstanceOf(MalformedTelemetryException.class)
        .hasMessage(
            "at byte 7: expected the wire type OTLP gives a field of a span, got field 5 with wire type 0");
  }

  @Test
  void jsonThatIsNotOtlpIsTold() {
    assertJson("[]", "at byte 0: an OTLP message must be an object");
    assertJson("", "at byte 0: an OTLP message must be an object");
    assertJson("{} {}", "at byte 3: nothing may follow an OTLP message");
    assertJson(
        "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"startTimeUnixNano\":\"soon\"}]}]}]}",
        "at byte 64: startTimeUnixNano must be an integer of 64 bits, got 'soon'");
    assertJson(
        "{\"resourceSpans\":{}}", "at byte 17: resourceSpans must be an array, got START_OBJECT");
  }

  @Test
  void deepNestingIsRefused() {
    String deep = "{\"x\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";
    assertThatThrownBy(() -> json(deep)).isInstanceOf(MalformedTelemetryException.class);
  }

  @Test
  void hugeStringsAreRefused() {
    String huge =
        "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"name\":\"%s\"}]}]}]}"
            .formatted("x".repeat(5 << 20));
    assertThatThrownBy(() -> json(huge)).isInstanceOf(MalformedTelemetryException.class);
  }

  @Test
  void aLieAboutTheLengthCostsNoMemory() {
    // Two gigabytes of buckets announced, none sent.
    byte[] bytes = {0x0A, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 7};
    assertThatThrownBy(() -> decoder.decodeMetrics(bytes, 0, 6, Encoding.PROTOBUF, Nowhere.SINK))
        .isInstanceOf(MalformedTelemetryException.class);
  }

  private record Message(Signal signal, Encoding encoding, ByteString bytes) {}

  private static Message[] messages(RandomTelemetry random) {
    var traces = random.traces();
    var metrics = random.metrics();
    return new Message[] {
      new Message(Signal.TRACES, Encoding.PROTOBUF, traces.toByteString()),
      new Message(Signal.METRICS, Encoding.PROTOBUF, metrics.toByteString()),
      new Message(Signal.LOGS, Encoding.PROTOBUF, random.logs().toByteString()),
      new Message(Signal.TRACES, Encoding.JSON, ByteString.copyFrom(OtlpJson.of(traces, true))),
      new Message(Signal.METRICS, Encoding.JSON, ByteString.copyFrom(OtlpJson.of(metrics, false))),
    };
  }

  private static byte[] garbage(RandomGenerator random) {
    var bytes = new byte[random.nextInt(60)];
    random.nextBytes(bytes);
    if (bytes.length > 2 && random.nextBoolean()) {
      bytes[0] = random.nextBoolean() ? (byte) '{' : 0x0A;
      bytes[1] = (byte) (bytes.length - 2);
    }
    return bytes;
  }

  private void decode(Signal signal, byte[] bytes, Encoding encoding) {
    try {
      decoder.detect(bytes, 0, bytes.length, encoding);
      decoder.decode(signal, bytes, 0, bytes.length, encoding, Nowhere.SINK);
    } catch (MalformedTelemetryException expected) {
      assertThat(expected).hasMessageContaining("at byte");
      assertThat(expected.offset()).isBetween(0L, (long) bytes.length);
    }
  }

  private void assertJson(String json, String message) {
    assertThatThrownBy(() -> json(json))
        .isInstanceOf(MalformedTelemetryException.class)
        .hasMessage(message);
  }

  private void json(String json) throws MalformedTelemetryException {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    decoder.decodeTraces(bytes, 0, bytes.length, Encoding.JSON, Nowhere.SINK);
  }

  private static final class Nowhere implements TelemetrySink {
    static final Nowhere SINK = new Nowhere();

    @Override
    public void span(Span span) {
      assertThat(span.name.length()).isLessThan(5_000);
    }

    @Override
    public void metric(MetricPoint point) {
      assertThat(point.bucketCount).isLessThanOrEqualTo(4_096);
    }
  }
}
