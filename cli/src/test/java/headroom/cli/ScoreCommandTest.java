package headroom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import headroom.cli.terminal.ExitCode;
import org.junit.jupiter.api.Test;

final class ScoreCommandTest {
  @Test
  void printsOneDocument() throws Exception {
    Run run = Run.of("score", "--only", "walls", "--tuning", "--seeds", "1", "--json");

    assertThat(run.code()).isZero();
    JsonNode document = new ObjectMapper().readTree(run.out());
    assertThat(document.get("seeds").asInt()).isEqualTo(1);
    for (String tier : new String[] {"1", "2", "3"}) {
      JsonNode row = document.get("tiers").get(tier);
      assertThat(row.get("cases").asInt()).isEqualTo(1);
      assertThat(row.get("wallWithin10").asDouble()).isBetween(0.0, 1.0);
      assertThat(row.has("medianError")).isTrue();
      assertThat(row.has("coverage90")).isTrue();
      assertThat(row.has("medianWidth")).isTrue();
      assertThat(row.has("firstToBreak")).isTrue();
    }
    assertThat(document.get("dates").isNull()).as("it was not asked for").isTrue();
    assertThat(run.err()).contains("scoring");
  }

  @Test
  void printsATable() {
    Run run = Run.of("score", "--only", "dates,memory", "--tuning", "--seeds", "1", "--each");

    assertThat(run.code()).isZero();
    assertThat(run.out()).contains("dates").contains("memory").doesNotContain("tier 1");
  }

  @Test
  void namesThePartsThereAre() {
    Run run = Run.of("score", "--only", "wals");

    assertThat(run.code()).isEqualTo(ExitCode.NOT_ASKED);
    assertThat(run.err()).contains("no part 'wals'").contains("walls, dates, drift, causes");
  }

  @Test
  void refusesNonsense() {
    Run run = Run.of("score", "--seeds", "0");

    assertThat(run.code()).isEqualTo(ExitCode.NOT_ASKED);
    assertThat(run.err()).contains("--seeds must be within 1..10000, got 0");
  }
}
