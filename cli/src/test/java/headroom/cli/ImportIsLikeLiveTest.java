package headroom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same telemetry gives the same walls, whether it was received or read from a file. */
final class ImportIsLikeLiveTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  @Test
  void theWallsAreTheSame() throws Exception {
    // Live telemetry must be recent; what counts is its own time, so any recent minute will do.
    Instant start = Instant.now().minus(Duration.ofMinutes(20)).truncatedTo(ChronoUnit.MINUTES);
    List<String> lines = RecordedWallet.lines(start);
    Path live = folder.resolve("live");
    Path imported = folder.resolve("imported");

    receive(lines, live);
    Path file = folder.resolve("recording.json.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
    }
    Run reading = Run.of("import", file.toString(), "--data", imported.toString());
    assertThat(reading.code()).as(reading.err()).isZero();

    JsonNode fromImport = walls(imported);
    assertThat(fromImport).isEqualTo(walls(live));
    assertThat(fromImport.path("firstToBreak").asText()).isEqualTo("wallet/pool/ledger");
    JsonNode wall = fromImport.path("walls").get(0);
    assertThat(wall.path("limit").path("value").asInt()).isEqualTo(5);
    assertThat(wall.path("multiple").path("median").asDouble()).isBetween(1.5, 6.0);
    assertThat(wall.path("saturation").path("median").asDouble())
        .isGreaterThanOrEqualTo(wall.path("multiple").path("median").asDouble());
  }

  private static JsonNode walls(Path data) throws Exception {
    Run run = Run.of("walls", "--data", data.toString(), "--json");
    assertThat(run.code()).as(run.err()).isZero();
    return JSON.readTree(run.out());
  }

  private static void receive(List<String> lines, Path data) throws Exception {
    try (LiveServer server = LiveServer.on(data)) {
      for (String line : lines) {
        String path = line.startsWith("{\"resourceSpans\"") ? "/v1/traces" : "/v1/metrics";
        HttpResponse<String> answer = server.export(path, line);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).doesNotContain("rejected");
      }
    }
  }
}
