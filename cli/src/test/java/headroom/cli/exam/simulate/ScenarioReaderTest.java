package headroom.cli.exam.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import headroom.plan.yaml.ProblemException;
import headroom.sim.Activity;
import headroom.sim.Distribution;
import headroom.sim.VirtualStation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ScenarioReaderTest {
  private static final String SMALL =
      """
      stations:
        cpu: { cores: 2, ceiling: 90% }
        ledger: { connections: 4, acquire: 30s }
      operations:
        GET /a:
          steps:
            - work: { cpu: exp 4ms }
            - hold: ledger
              takes: 10ms
      load:
        rate: 600/min
        season: { trough: 50%, every: 1h }
        growth: { by: 10%, every: 1h }
        launch: { at: 2h, factor: 3, over: 10m }
      for: 4h
      """;

  @Test
  void aScenarioIsReadAsItIsWritten() {
    Scenario scenario = ScenarioReader.parse(SMALL);
    assertThat(scenario.system().station("cpu"))
        .isEqualTo(new VirtualStation.Processor("cpu", 2, 0.9, 0, 0, true));
    assertThat(scenario.system().operations().getFirst().steps())
        .containsExactly(
            new Activity.Work("cpu", new Distribution.Exponential(0.004)),
            new Activity.Hold("ledger", new Activity.Pause(new Distribution.Constant(0.01))));
    assertThat(scenario.load().perSecond(0)).isCloseTo(5, within(1e-9));
    assertThat(scenario.load().perSecond(1_800)).isCloseTo(10 * Math.sqrt(1.1), within(1e-9));
    assertThat(scenario.load().perSecond(9_000)).isCloseTo(30 * Math.pow(1.1, 2.5), within(1e-9));
    assertThat(scenario.goal().seconds()).isEqualTo(0.5);
    assertThat(scenario.seconds()).isEqualTo(4 * 3_600.0);
  }

  @ParameterizedTest
  @CsvSource({
    "4ms, 0.004",
    "exp 4ms, 0.004",
    "erlang 3 4ms, 0.004",
    "lognormal 2 4ms, 0.004",
    "3ms + exp 1ms, 0.004",
    "10% of 20ms + exp 2ms else 1ms, 0.0031",
    "1% of 2s else 5% of 1s else 10ms, 0.078905"
  })
  void timesHaveTheMeanThatIsWritten(String text, double mean) {
    assertThat(Distributions.parse(text).mean()).isCloseTo(mean, within(1e-12));
  }

  @Test
  void everyMistakeIsFoundAtOnceWithItsPlace() {
    String bad =
        SMALL
            .replace("cores: 2", "coers: 2")
            .replace("hold: ledger", "hold: legder")
            .replace("exp 4ms", "exp fast")
            .replace("for: 4h", "for: ever");
    assertThatThrownBy(() -> ScenarioReader.parse(bad))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("line 2, column 10: unknown key 'coers' in a station")
        .hasMessageContaining("did you mean 'cores'?")
        .hasMessageContaining("'legder' is not a station with connections")
        .hasMessageContaining("got 'fast'")
        .hasMessageContaining("line 15")
        .hasMessageContaining("got 'ever'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET /a:                  | get a:                       | must look like GET /balance",
        "takes: 10ms              | tkaes: 10ms                  | did you mean 'takes'?",
        "rate: 600/min            | rate: lots                   | a rate must look like",
        "work: { cpu: exp 4ms }   | work: { ledger: exp 4ms }    | is not a station with cores",
        "connections: 4           | connections: 0               | connections must be a whole"
            + " number",
        "hold: ledger             | pause: 1ms                   | ",
        "for: 4h                  | for: 1s                      | for must be within",
        "cores: 2, ceiling: 90%   | cores: 2, connections: 2     | must have one of cores",
        "cores: 2,                | cores: 2, background: 3,     | nothing is left for requests"
      })
  void aMistakeIsExplained(String right, String wrong, String says) {
    assertThat(SMALL).contains(right);
    String text = SMALL.replace(right, wrong);
    if (says == null) {
      assertThat(ScenarioReader.parse(text).system().operations()).hasSize(1);
    } else {
      assertThatThrownBy(() -> ScenarioReader.parse(text))
          .isInstanceOf(ProblemException.class)
          .hasMessageContaining(says)
          .hasMessageContaining("line ");
    }
  }

  @Test
  void theScenariosOfTheFolderCanBeRead() throws Exception {
    try (Stream<Path> files = Files.list(Path.of("../scenarios"))) {
      List<Path> scenarios =
          files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
      assertThat(scenarios).isNotEmpty();
      for (Path file : scenarios) {
        assertThat(ScenarioReader.parse(Files.readString(file)).system().roughLimit())
            .as(file.toString())
            .isFinite();
      }
    }
  }
}
