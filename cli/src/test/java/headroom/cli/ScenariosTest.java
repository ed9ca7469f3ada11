package headroom.cli;

import static headroom.cli.Simulated.is;
import static headroom.cli.Simulated.list;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kinds of trouble, each planted in a simulated system, recorded, imported and asked for as a user
 * would: what must be said, and what must not.
 */
final class ScenariosTest {
  /** Recordings begin here. */
  private static final Instant BEGIN = Instant.parse("2025-01-06T00:00:00Z");

  @TempDir Path folder;

  private Simulated simulated(String name) {
    return Simulated.of(name, folder);
  }

  private static Instant time(JsonNode text) {
    return Instant.parse(text.asText());
  }

  private static JsonNode evidence(JsonNode finding, String label) {
    return list(finding.path("evidence")).stream()
        .filter(one -> one.path("label").asText().equals(label))
        .findFirst()
        .orElseThrow()
        .path("value");
  }

  private static String summary(JsonNode finding) {
    return finding.path("summary").asText();
  }

  /** One of four instances gets two fifths of the requests. */
  @Test
  void skew() {
    Simulated skew = simulated("skew");

    JsonNode finding = skew.finding("imbalance");
    assertThat(finding.path("subject").asText()).isEqualTo("shop");
    assertThat(summary(finding)).contains("instance shop-1 gets 1.6").contains("40 % of all");
    assertThat(finding.path("next").asText()).contains("Its wall is 1.6");
    // Two cores at 10 ms each are full at 200/s: at that instance with 500/s in all, 12 times 42.
    JsonNode wall = skew.ask("walls").path("walls").get(0);
    assertThat(wall.path("station").asText()).isEqualTo("shop/cpu");
    assertThat(wall.path("saturation").path("median").asDouble()).isCloseTo(12, within(2.0));
    assertThat(wall.path("saturation").path("low").asDouble()).isLessThan(12);
  }

  /** A cache of two minutes forgets what is asked for less often than that. */
  @Test
  void cachedrop() {
    JsonNode finding = simulated("cachedrop").finding("cache");
    assertThat(finding.path("subject").asText()).isEqualTo("shop/cache/prices");
    assertThat(finding.path("severity").asText()).isEqualTo("info");
    assertThat(summary(finding))
        .startsWith("hits fell from 90 % to 7")
        .contains("the store behind gets no more lookups than before");
  }

  /** 3.2 of 4 GiB after thirty hours, 75 MiB more each hour: full in eleven. */
  @Test
  void garbage30() {
    JsonNode finding = simulated("garbage30").finding("memory");
    assertThat(finding.path("subject").asText()).startsWith("quotes/memory/");
    assertThat(finding.path("severity").asText()).isEqualTo("critical");
    assertThat(summary(finding))
        .contains("used up on 2025-01-07 at 1")
        .containsPattern("collections take \\d+ % of the time already, and all of it on 2025-01-07")
        .doesNotContain("take 0");
    assertThat(evidence(finding, "days until it is used up").asDouble() * 24)
        .isCloseTo(11, within(1.0));
  }

  /** 2.6 of 4 GiB after eighty hours, 20 MiB more each hour: full in 74. */
  @Test
  void leak() {
    JsonNode finding = simulated("leak").finding("memory");
    assertThat(finding.path("severity").asText()).isEqualTo("critical");
    assertThat(summary(finding)).contains("used up on 2025-01-12");
    assertThat(evidence(finding, "days until it is used up").asDouble())
        .isCloseTo(3.07, within(0.2));
  }

  @Test
  void saw() {
    assertThat(simulated("saw").findings()).isEmpty();
  }

  @Test
  void quiet() {
    Simulated quiet = simulated("quiet");
    assertThat(quiet.findings()).as(quiet.words("findings")).isEmpty();
  }

  /** A deploy in hour 230 makes all of POST /order half slower. */
  @Test
  void drift() {
    Simulated drift = simulated("drift");
    JsonNode finding = drift.finding("drift");
    assertThat(finding.path("subject").asText()).isEqualTo("shop POST /order");
    assertThat(finding.path("severity").asText()).isEqualTo("warning");
    assertThat(summary(finding)).contains("higher at equal load since 15 January 14:00");
    assertThat(time(finding.path("onset").path("median")))
        .isEqualTo(BEGIN.plus(Duration.ofHours(230)));
    assertThat(finding.path("effect").path("ratio").asDouble()).isCloseTo(1.5, within(0.15));
    JsonNode cause = finding.path("causes").get(0);
    assertThat(cause.path("kind").asText()).isEqualTo("deploy");
    assertThat(cause.path("what").asText()).isEqualTo("shop 1.1");
  }

  /** A statement becomes 80 % slower over 90 hours from hour 230 on. */
  @Test
  void slowdrift() {
    JsonNode finding = simulated("slowdrift").finding("drift");
    assertThat(finding.path("subject").asText()).isEqualTo("shop GET /product");
    assertThat(summary(finding)).contains("rose by");
    Instant onset = BEGIN.plus(Duration.ofHours(230));
    assertThat(time(finding.path("onset").path("low"))).isBefore(onset.plus(Duration.ofHours(1)));
    assertThat(time(finding.path("onset").path("high"))).isAfter(onset);
    assertThat(Duration.between(onset, time(finding.path("onset").path("median"))).abs())
        .isLessThan(Duration.ofHours(24));
  }

  /**
   * From minute 12 on a statement takes 48 ms in place of 30: the pool of six is full at 125/s and
   * no more at 200/s.
   */
  @Test
  void regime() {
    Simulated regime = simulated("regime");
    JsonNode finding = regime.finding("drift");
    assertThat(finding.path("subject").asText()).isEqualTo("shop GET /product");
    assertThat(finding.path("severity").asText()).isEqualTo("warning");
    assertThat(summary(finding))
        .startsWith("its statement SELECT price FROM product")
        .containsPattern("% longer at equal load since 6 January 00:1[123]");
    assertThat(finding.path("effect").path("ratio").asDouble()).isCloseTo(1.6, within(0.1));
    assertThat(finding.path("causes").get(0).path("kind").asText()).isEqualTo("none");

    JsonNode walls = regime.ask("walls");
    double peak = walls.path("load").path("peakPerSecond").asDouble();
    JsonNode wall = walls.path("walls").get(0);
    assertThat(wall.path("station").asText()).isEqualTo("shop/pool/main");
    assertThat(wall.path("saturation").path("median").asDouble() * peak)
        .isCloseTo(125, within(12.0));
    assertThat(list(wall.path("notes")))
        .anyMatch(note -> note.asText().startsWith("read from 6 January 00:1"));
    objectives(regime);
  }

  private static void objectives(Simulated regime) {
    assertThat(regime.ask("walls").path("objective").path("seconds").asDouble()).isEqualTo(0.5);
    JsonNode tighter = regime.ask("findings", "--p95", "20ms", "--errors", "0.5%");
    assertThat(tighter.path("objective").path("quantile").asDouble()).isEqualTo(0.95);
    assertThat(tighter.path("objective").path("errorShare").asDouble()).isEqualTo(0.005);
    assertThat(list(tighter.path("findings"))).anyMatch(one -> is(one, "latency"));
    assertThat(regime.words("walls", "--p99", "2s")).contains("objective of 2.00 s at p99");
    assertThat(regime.words("walls", "--at", "1,100"))
        .contains("At 1.00x nothing has broken that can be seen.")
        .contains("At 100x broken: shop/pool/main");
  }
}
