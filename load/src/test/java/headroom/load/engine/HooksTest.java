package headroom.load.engine;

import static org.assertj.core.api.Assertions.assertThat;

import headroom.load.result.Hook;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class HooksTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  @Test
  void whatWentWrongIsToldWithTheEndOfTheOutput() {
    assertThat(run(LONG, "true").failure()).isEmpty();
    assertThat(run(LONG, "sh", "-c", "echo lost the way; exit 3").failure())
        .contains("exit code 3: lost the way");
    assertThat(run(LONG, "/no/such/program").failure().orElseThrow())
        .startsWith("could not be run: ");
    String much = run(LONG, "sh", "-c", "seq 1 100000; exit 1").failure().orElseThrow();
    assertThat(much).endsWith("100000").hasSizeLessThan(2_100);
  }

  @Test
  void argumentsReachTheProgramAsTheyAre() {
    assertThat(run(LONG, "sh", "-c", "echo \"$1\"; exit 1", "x", "a b; $(c) *").failure())
        .contains("exit code 1: a b; $(c) *");
  }

  @Test
  void aCommandThatTakesTooLongIsEnded() {
    assertThat(run(Duration.ofMillis(50), "sleep", "60").failure())
        .contains("took longer than 50 ms");
  }

  private static Hook run(Duration timeout, String... arguments) {
    try (var hooks = new Hooks()) {
      hooks.run(List.of(arguments), timeout, 1);
      List<Hook> done = hooks.outcomes(LONG);
      assertThat(done).hasSize(1);
      assertThat(done.getFirst().atSeconds()).isEqualTo(1);
      return done.getFirst();
    }
  }
}
