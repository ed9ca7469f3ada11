package headroom.ingest.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import headroom.testkit.ForAll;
import io.opentelemetry.proto.logs.v1.LogsData;
import io.opentelemetry.proto.metrics.v1.MetricsData;
import io.opentelemetry.proto.trace.v1.TracesData;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the decoder sees is what the generated classes see. */
class RoundTripTest {
  private final OtlpDecoder decoder =
      new OtlpDecoder(
          IngestLimits.live(), InstantSource.fixed(RandomTelemetry.NOW), new Interner(64, 64));

  @Test
  void tracesFromProtobuf() {
    ForAll.cases(500)
        .check(
            random -> new RandomTelemetry(random).traces(),
            data -> checkTraces(data, data.toByteArray(), Encoding.PROTOBUF));
  }

  @Test
  void metricsFromProtobuf() {
    ForAll.cases(500)
        .check(
            random -> new RandomTelemetry(random).metrics(),
            data -> checkMetrics(data, data.toByteArray(), Encoding.PROTOBUF));
  }

  @Test
  void tracesFromJson() {
    ForAll.cases(150)
        .check(
            random -> new RandomTelemetry(random).traces(),
            data -> {
              checkTraces(data, OtlpJson.of(data, true), Encoding.JSON);
              checkTraces(data, OtlpJson.of(data, false), Encoding.JSON);
            });
  }

  @Test
  void metricsFromJson() {
    ForAll.cases(150)
        .check(
            random -> new RandomTelemetry(random).metrics(),
            data -> {
              checkMetrics(data, OtlpJson.of(data, true), Encoding.JSON);
              checkMetrics(data, OtlpJson.of(data, false), Encoding.JSON);
            });
  }

  @Test
  void logsAreCounted() {
    ForAll.cases(150)
        .check(
            random -> new RandomTelemetry(random).logs(),
            data -> {
              checkLogs(data, data.toByteArray(), Encoding.PROTOBUF);
              checkLogs(data, OtlpJson.of(data, true), Encoding.JSON);
            });
  }

  @Test
  void signalsAreToldApart() {
    ForAll.cases(500)
        .check(
            RandomTelemetry::new,
            random -> {
              TracesData traces = random.traces();
              checkSignal(Signal.TRACES, traces.toByteArray(), Reference.spans(traces).isEmpty());
              MetricsData metrics = random.metrics();
              checkSignal(
                  Signal.METRICS, metrics.toByteArray(), Reference.points(metrics).isEmpty());
              LogsData logs = random.logs();
              checkSignal(Signal.LOGS, logs.toByteArray(), records(logs) == 0);
            });
  }

  private void checkTraces(TracesData data, byte[] message, Encoding encoding) throws Exception {
    var collected = new Collected();
    byte[] padded = padded(message);
    Decoded decoded = decoder.decodeTraces(padded, 5, message.length, encoding, collected);
    assertThat(collected.spans).isEqualTo(Reference.spans(data));
    assertThat(decoded).isEqualTo(new Decoded(collected.spans.size(), Map.of(), 0));
  }

  private void checkMetrics(MetricsData data, byte[] message, Encoding encoding) throws Exception {
    var collected = new Collected();
    byte[] padded = padded(message);
    Decoded decoded = decoder.decodeMetrics(padded, 5, message.length, encoding, collected);
    assertThat(collected.points).isEqualTo(Reference.points(data));
    assertThat(decoded).isEqualTo(new Decoded(collected.points.size(), Map.of(), 0));
  }

  private void checkLogs(LogsData data, byte[] message, Encoding encoding) throws Exception {
    assertThat(decoder.countLogs(padded(message), 5, message.length, encoding).accepted())
        .isEqualTo(records(data));
  }

  private void checkSignal(Signal signal, byte[] message, boolean empty) throws Exception {
    var detected = decoder.detect(message, 0, message.length, Encoding.PROTOBUF);
    if (empty) {
      assertThat(detected).isEmpty();
    } else {
      assertThat(detected).contains(signal);
    }
  }

  private static long records(LogsData logs) {
    return logs.getResourceLogsList().stream()
        .flatMap(resource -> resource.getScopeLogsList().stream())
        .mapToLong(scope -> scope.getLogRecordsCount())
        .sum();
  }

  /** The message within a larger array whose other bytes must not be read. */
  private static byte[] padded(byte[] message) {
    var padded = new byte[message.length + 9];
    Arrays.fill(padded, (byte) 0x12);
    System.arraycopy(message, 0, padded, 5, message.length);
    return padded;
  }
}
