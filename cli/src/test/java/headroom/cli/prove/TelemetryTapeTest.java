package headroom.cli.prove;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import headroom.cli.RecordedWallet;
import headroom.cli.Run;
import headroom.ingest.otlp.Compression;
import headroom.ingest.otlp.Encoding;
import headroom.ingest.otlp.Signal;
import headroom.ingest.pipeline.OtlpRequest;
import headroom.ingest.pipeline.OtlpWorker;
import headroom.ingest.pipeline.UnusableRequestException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a server took is read back from the tape. */
final class TelemetryTapeTest {
  private final Instant start = Instant.now().minusSeconds(600);

  @TempDir Path folder;

  private static OtlpRequest request(String json, boolean packed) throws Exception {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    var bytes = new ByteArrayOutputStream();
    if (packed) {
      try (var gzip = new GZIPOutputStream(bytes)) {
        gzip.write(body);
      }
      body = bytes.toByteArray();
    }
    return new OtlpRequest(
        json.startsWith("{\"resourceSpans") ? Signal.TRACES : Signal.METRICS,
        Encoding.JSON,
        packed ? Compression.GZIP : Compression.NONE,
        body);
  }

  @Test
  void whatCameWhileItRanIsARecording() throws Exception {
    List<String> lines = RecordedWallet.lines(start);
    Path file = folder.resolve("telemetry.pb.gz");
    try (var tape = TelemetryTape.to(file, 100_000_000, new OtlpWorker(InstantSource.system()))) {
      assertThat(tape.receive(request(lines.getFirst(), false)).accepted()).isPositive();
      tape.begin();
      for (int i = 1; i < lines.size(); i++) {
        assertThat(tape.receive(request(lines.get(i), i % 2 == 0)).rejected()).isZero();
      }
      tape.end();
      assertThat(tape.receive(request(lines.getFirst(), false)).accepted()).isNotNegative();
      assertThat(tape.problem()).isNull();
    }

    Files.writeString(
        folder.resolve("truth.json"),
        "{ \"wall\": { \"perSecond\": 50 }, \"firstToBreak\": \"wallet/pool/ledger\" }");
    Run run = Run.of("score", "--recordings", folder.toString(), "--json");

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.err()).doesNotContain("not scored").contains("1 of 1 recordings");
    JsonNode each = new ObjectMapper().readTree(run.out()).path("recordings").path("each");
    JsonNode one = each.path(String.valueOf(folder.getFileName()));
    assertThat(one.path("peakPerSecond").asDouble()).isBetween(8.0, 22.0);
    assertThat(one.path("trueMultiple").asDouble()).isBetween(2.0, 7.0);
  }

  @Test
  void itEndsAtItsLimitAndKeepsNothingThatWasRefused() throws Exception {
    Path file = folder.resolve("short.pb.gz");
    List<String> lines = RecordedWallet.lines(start);
    try (var tape = TelemetryTape.to(file, 5_000, new OtlpWorker(InstantSource.system()))) {
      tape.begin();
      assertThatThrownBy(() -> tape.receive(request("{\"resourceSpans\":", false)))
          .isInstanceOf(UnusableRequestException.class);
      assertThat(tape.bytes()).isZero();
      for (String line : lines) {
        assertThat(tape.receive(request(line, true)).rejected()).isZero();
      }
      assertThat(tape.problem()).contains("longer than 5,000 bytes");
    }
    assertThat(Files.size(file)).isBetween(200L, 5_000L);
  }
}
