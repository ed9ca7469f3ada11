package headroom.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Forty minutes of a shop with request metrics of everything (24 requests a second on average, 0.2
 * % of which fail) and traces that a tail sampler kept: all that failed or were slow, few of the
 * others.
 */
final class SampledTracesTest {
  @TempDir Path folder;

  private JsonNode ask(String command, Path data) throws IOException {
    Run run = Run.of(command, "--data", data.toString(), "--json");
    assertThat(run.code()).as(run.err()).isZero();
    return new JsonMapper().readTree(run.out());
  }

  private Path imported(Predicate<String> wanted) throws IOException {
    Path file = folder.resolve("recording.jsonl");
    try (InputStream packed = SampledTracesTest.class.getResourceAsStream("tail-sampled.jsonl.gz");
        var lines =
            new BufferedReader(
                new InputStreamReader(
                    new GZIPInputStream(Objects.requireNonNull(packed)), StandardCharsets.UTF_8));
        Writer out = Files.newBufferedWriter(file)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (wanted.test(line)) {
          out.write(line + "\n");
        }
      }
    }
    Path data = folder.resolve("data");
    Run run = Run.of("import", file.toString(), "--data", data.toString());
    assertThat(run.code()).as(run.err()).isZero();
    return data;
  }

  @Test
  void requestMetricsDecideRatesAndErrors() throws Exception {
    Path data = imported(line -> true);
    JsonNode walls = ask("walls", data);

    assertThat(walls.at("/load/peakPerSecond").asDouble()).isBetween(32.0, 37.0);
    assertThat(walls.path("firstToBreak").asText()).isEqualTo("shop/cpu");
    JsonNode first = walls.at("/walls/0/multiple");
    assertThat(first.path("low").asDouble()).isGreaterThan(2);
    assertThat(first.path("median").asDouble()).isBetween(3.0, 5.0);

    JsonNode findings = ask("findings", data).path("findings");
    assertThat(findings).hasSize(1);
    assertThat(findings.get(0).path("kind").asText()).isEqualTo("coverage");
    assertThat(findings.get(0).path("summary").asText()).contains("traces hold 2.6 %");
  }

  @Test
  void withoutAnyTraceTheWallIsTheSame() throws Exception {
    Path data = imported(line -> !line.contains("resourceSpans"));
    JsonNode walls = ask("walls", data);

    assertThat(walls.at("/load/peakPerSecond").asDouble()).isBetween(32.0, 37.0);
    assertThat(walls.path("firstToBreak").asText()).isEqualTo("shop/cpu");
    assertThat(walls.at("/walls/0/multiple/median").asDouble()).isBetween(3.0, 5.0);
    assertThat(ask("findings", data).at("/findings/0/summary").asText()).contains("no traces");
  }

  @Test
  void anActionCostsWhatItsTracesTellAndRunsAsOftenAsMetricsCount() throws Exception {
    JsonNode action = ask("actions", imported(line -> true)).at("/actions/0");

    assertThat(action.path("action").asText()).isEqualTo("GET /items/{id}");
    assertThat(action.path("perSecond").asDouble()).isBetween(22.0, 26.0);
    assertThat(action.path("errorShare").asDouble()).isLessThan(0.01);
    assertThat(action.at("/statements/mean").asDouble()).isCloseTo(1, within(0.01));
  }
}
