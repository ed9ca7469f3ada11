package wallet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class KnobsTest {
  @Test
  void readsEveryKnob() {
    var knobs =
        Knobs.parse(
            "--port=0",
            "--pool-size=7",
            "--reporting=async",
            "--index=off",
            "--cache-ttl=500us",
            "--retries=budgeted",
            "--batch=on",
            "--batch-every=2m",
            "--users=3",
            "--seed=9",
            "--database-distance=3ms");
    assertThat(knobs.port).isZero();
    assertThat(knobs.poolSize).isEqualTo(7);
    assertThat(knobs.reporting).isEqualTo(Knobs.Reporting.ASYNC);
    assertThat(knobs.index).isEqualTo(Knobs.Toggle.OFF);
    assertThat(knobs.cacheTtl).isEqualTo(Duration.ofNanos(500_000));
    assertThat(knobs.retries).isEqualTo(Knobs.Retries.BUDGETED);
    assertThat(knobs.batch).isEqualTo(Knobs.Toggle.ON);
    assertThat(knobs.batchEvery).isEqualTo(Duration.ofMinutes(2));
    assertThat(knobs.users).isEqualTo(3);
    assertThat(knobs.seed).isEqualTo(9);
    assertThat(knobs.databaseDistance).isEqualTo(Duration.ofMillis(3));
  }

  @Test
  void namesAllThatIsWrongAtOnce() {
    assertThatThrownBy(
            () -> Knobs.parse("--port=70000", "--pool-size=0", "--partner-errors=NaN", "--users=0"))
        .hasMessageContainingAll(
            "--port must be 0..65535, got 70000",
            "--pool-size must be 1..200, got 0",
            "--partner-errors must be 0..1, got NaN",
            "--users must be 1..1000000, got 0");
  }

  @Test
  void refusesWhatIsNotAKnobOrNotATime() {
    assertThatThrownBy(() -> Knobs.parse("--pool=3"))
        .isInstanceOf(CommandLine.ParameterException.class);
    assertThatThrownBy(() -> Knobs.parse("--cache-ttl=30"))
        .hasMessageContaining("needs a unit, such as 30s");
    assertThatThrownBy(() -> Knobs.parse("--reporting=later")).hasMessageContaining("ASYNC");
  }

  @Test
  void helpExplainsEveryKnobAndTheDatabaseCommand() {
    var commandLine = Main.commandLine();
    for (var option : commandLine.getCommandSpec().options()) {
      assertThat(option.description()).as(option.longestName()).isNotEmpty();
    }
    assertThat(commandLine.getUsageMessage()).contains("--reporting=sync|async", "database");
  }
}
