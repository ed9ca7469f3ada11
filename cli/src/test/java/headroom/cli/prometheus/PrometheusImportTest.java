package headroom.cli.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import headroom.cli.Run;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** History out of a real Prometheus gives the walls that the same history over OTLP gives. */
final class PrometheusImportTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int HOURS = 6;

  @TempDir Path folder;

  @Test
  void theWallsAreThoseOfOtlp() throws Exception {
    Instant from = Instant.now().truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours(HOURS + 1));
    var history = new ShopHistory(from, HOURS, 7);
    Path page = history.openMetrics(folder.resolve("page.om"));
    RealPrometheus.fill(folder, page);
    Path otlp = folder.resolve("otlp");
    Run reading =
        Run.of(
            "import",
            history.otlp(folder.resolve("x.jsonl")).toString(),
            "--data",
            otlp.toString());
    assertThat(reading.code()).as(reading.err()).isZero();

    Path half = folder.resolve("half");
    try (RealPrometheus prometheus = RealPrometheus.start(folder, "global: {}\n")) {
      String middle = from.plus(Duration.ofHours(HOURS / 2)).toString();
      Run first = run(prometheus, half, from, "--until", middle);
      assertThat(first.code()).as(first.err()).isZero();
      assertThat(first.err()).contains("8 metrics from " + from + " to " + middle);
      Run second = run(prometheus, half, from);
      assertThat(second.code()).as(second.err()).isZero();
      assertThat(second.err()).contains("from " + middle);
      Run third = run(prometheus, half, from);
      assertThat(third.err()).contains("importing: nothing");

      Path whole = folder.resolve("whole");
      Run all = run(prometheus, whole, from);
      assertThat(all.code()).as(all.err()).isZero();
      JsonNode expected = walls(otlp);
      assertSame(walls(whole), expected);
      assertSame(walls(half), expected);
      Run none = run(prometheus, folder.resolve("none"), from, "--match", "{job=\"other\"}");
      assertThat(none.code()).as(none.err()).isEqualTo(1);
    }
  }

  private static Run run(RealPrometheus prometheus, Path data, Instant since, String... more) {
    String[] command = new String[7 + more.length];
    String[] start = {
      "import",
      "--prometheus",
      prometheus.url().toString(),
      "--since",
      since.toString(),
      "--data",
      data.toString()
    };
    System.arraycopy(start, 0, command, 0, start.length);
    System.arraycopy(more, 0, command, start.length, more.length);
    return Run.of(command);
  }

  private static JsonNode walls(Path data) throws Exception {
    Run run = Run.of("walls", "--data", data.toString(), "--json");
    assertThat(run.code()).as(run.err()).isZero();
    return JSON.readTree(run.out());
  }

  private static void assertSame(JsonNode walls, JsonNode expected) {
    String both = walls.toPrettyString() + expected.toPrettyString();
    assertThat(walls.at("/load/peakPerSecond").asDouble())
        .as(both)
        .isCloseTo(expected.at("/load/peakPerSecond").asDouble(), Percentage.withPercentage(5));
    assertThat(walls.at("/load/peakPerSecond").asDouble()).isCloseTo(80, within(8.0));
    assertThat(walls.path("firstToBreak")).as(both).isEqualTo(expected.path("firstToBreak"));
    assertThat(expected.path("walls")).as(both).isNotEmpty();
    for (JsonNode wall : expected.path("walls")) {
      JsonNode other = wall(walls, wall.path("station").asText());
      for (String path :
          new String[] {"/multiple/median", "/saturation/median", "/utilizationAtPeak"}) {
        if (wall.at(path).isNumber()) {
          assertThat(other.at(path).asDouble())
              .as(path + " of " + wall + " and " + other)
              .isCloseTo(wall.at(path).asDouble(), Percentage.withPercentage(5));
        }
      }
    }
  }

  private static JsonNode wall(JsonNode walls, String station) {
    for (JsonNode wall : walls.path("walls")) {
      if (wall.path("station").asText().equals(station)) {
        return wall;
      }
    }
    throw new AssertionError(station + " is not among " + walls.toPrettyString());
  }
}
