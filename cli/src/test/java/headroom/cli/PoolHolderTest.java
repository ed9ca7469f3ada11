package headroom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import headroom.cli.exam.simulate.Recording;
import headroom.cli.exam.simulate.ScenarioReader;
import java.nio.file.Path;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A pool that one operation of two holds nearly all the time, without running a statement: four
 * fifths of the requests and of the seconds in statements are the other one's.
 */
final class PoolHolderTest {
  private static final String SCENARIO =
      """
      service: wallet
      stations:
        cpu: { cores: 4 }
        ledger: { connections: 4, acquire: 5s }
        postgres: { cores: 4, shared: true }
      operations:
        GET /balance:
          share: 80
          steps:
            - work: { cpu: erlang 2 3ms }
            - hold: ledger
              steps:
                - statement: SELECT balance FROM account WHERE id = ?
                  steps: [ { work: { postgres: exp 1ms } }, { pause: 2ms + exp 1ms } ]
        POST /exchange:
          share: 20
          steps:
            - work: { cpu: erlang 2 8ms }
            - hold: ledger
              steps:
                - statement: UPDATE account SET balance = ?
                  steps: [ { work: { postgres: exp 3ms } } ]
                - pause: 60ms + exp 30ms
      load: { rate: 20/s, steps: [ { at: 10m, factor: 7 } ] }
      reporting: { every: 10s }
      for: 15m
      goal: { p99: 500ms }
      """;

  @TempDir Path folder;

  @Test
  void itIsHeldByWhoWorksWhileHoldingAConnection() throws Exception {
    Path recording = folder.resolve("poolfull.pb.gz");
    Path data = folder.resolve("data");
    Recording.write(ScenarioReader.parse(SCENARIO), recording, 1, unused -> {});
    ask("import", recording.toString(), "--data", data.toString());

    JsonNode walls = new JsonMapper().readTree(ask("walls", "--data", data.toString(), "--json"));
    JsonNode pool =
        StreamSupport.stream(walls.path("walls").spliterator(), false)
            .filter(wall -> wall.path("station").asText().equals("wallet/pool/ledger"))
            .findFirst()
            .orElseThrow();

    JsonNode holder = pool.at("/because/0");
    assertThat(holder.path("operation").asText()).isEqualTo("POST /exchange");
    assertThat(holder.path("share").asDouble()).isBetween(0.75, 0.95);
    assertThat(pool.path("notes").toString())
        .containsPattern("8\\d % of the time that connections are held is not in statements");
    assertThat(ask("walls", "--data", data.toString())).contains("is not in statements");
  }

  private static String ask(String... arguments) {
    Run run = Run.of(arguments);
    assertThat(run.code()).as(run.err()).isZero();
    return run.out();
  }
}
