package headroom.plan.read;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import headroom.plan.Objective;
import headroom.plan.Plan;
import headroom.plan.Profile;
import headroom.plan.RateSegment.Steady;
import headroom.plan.Step;
import headroom.plan.ValueSource;
import headroom.plan.yaml.Problem;
import headroom.plan.yaml.ProblemException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Environment variables and settings from the command line. */
class PlanInputsTest {
  private static final String PLAN =
      """
      target: http://127.0.0.1:8090
      journeys:
        a.b:
          - get: /x?c=${customer}
        look: [ { get: /y } ]
      variables: { customer: 1..10 }
      profile:
        - steady: { rate: 5/s, for: 10s }
      objectives: { p99: 500ms }
      """;

  private static final Map<String, String> ENVIRONMENT =
      Map.of("TARGET", "http://example.org:99", "TOKEN", "a${b}\"c\"", "N", "7");

  private static Plan parse(String text, String... settings) {
    return PlanParser.parse(
        text,
        new PlanInputs(
            Path.of(""), name -> Optional.ofNullable(ENVIRONMENT.get(name)), List.of(settings)));
  }

  private static List<Problem> problems(String text, String... settings) {
    return requireNonNull(catchThrowableOfType(ProblemException.class, () -> parse(text, settings)))
        .problems();
  }

  @Test
  void settingsReplaceValues() {
    Plan plan =
        parse(
            PLAN,
            "target=http://127.0.0.1:1",
            "objectives.p99=2s",
            "objectives.p99.9=3s",
            "objectives.errors=1%",
            "profile.0.steady.rate=50/s",
            "connections=3",
            "customer=5..6",
            "journeys.a.b.0.timeout=1s",
            "stop.errors=10%",
            "stop.for=5s");

    assertThat(plan.target()).hasToString("http://127.0.0.1:1");
    assertThat(plan.objectives())
        .containsExactly(
            Objective.Latency.percentile(99, 2),
            Objective.Latency.percentile(99.9, 3),
            new Objective.Errors(0.01));
    assertThat(((Profile.Open) plan.profile()).segments()).containsExactly(new Steady(50, 10));
    assertThat(plan.connections()).hasValue(3);
    assertThat(plan.variables()).containsEntry("customer", new ValueSource.IntegerBetween(5, 6));
    assertThat(((Step.Request) plan.journeys().getFirst().steps().getFirst()).timeout())
        .isPresent();
    assertThat(plan.stop()).isPresent();
  }

  @Test
  void aSettingMayBeAListOrAMapping() {
    Plan plan = parse(PLAN, "profile=[{steady: {rate: 1/s, for: 1s}}]", "customer=[x, y]");

    assertThat(((Profile.Open) plan.profile()).segments()).containsExactly(new Steady(1, 1));
    assertThat(plan.variables())
        .containsEntry("customer", new ValueSource.OneOf(List.of("x", "y")));
  }

  @Test
  void aSettingThatDoesNotFitIsToldByItsName() {
    assertThat(problems(PLAN, "conections=3"))
        .singleElement()
        .asString()
        .startsWith("--set conections=3")
        .contains("did you mean 'connections'?");
    assertThat(problems(PLAN, "customr=3")).singleElement().asString().contains("'customer'");
    assertThat(problems(PLAN, "connections=many"))
        .singleElement()
        .asString()
        .startsWith("--set connections=many: connections must be");
    assertThat(problems(PLAN, "stop.error=3%", "stop.for=3s").getFirst().message())
        .startsWith("--set stop.error=3%: unknown key 'error'");
    assertThat(problems(PLAN, "profile.4.steady.rate=5/s"))
        .singleElement()
        .asString()
        .contains("'4' must be the number of an element, from 0 to 0");
    assertThat(problems(PLAN, "target.host=a"))
        .singleElement()
        .asString()
        .contains("nothing below");
    assertThat(problems(PLAN, "nonsense")).singleElement().asString().contains("key=value");
    assertThat(problems(PLAN, "profile=[{")).first().asString().contains("no YAML");
  }

  @Test
  void environmentVariablesStandForTheirValues() {
    Plan plan =
        parse(
            PLAN.replace("http://127.0.0.1:8090", "${env.TARGET}")
                .replace("1..10", "\"${env.FROM:-1}..${env.N}\"")
                .replace("${customer}", "${customer}${env.TOKEN}$${env.N}"));

    assertThat(plan.target()).hasToString("http://example.org:99");
    assertThat(plan.variables()).containsEntry("customer", new ValueSource.IntegerBetween(1, 7));
    var request = (Step.Request) plan.journeys().getFirst().steps().getFirst();
    assertThat(request.target().variables()).as("a value is no template").containsOnly("customer");
    assertThat(request.target().source()).endsWith("a${b}\"c\"${env.N}");
  }

  @Test
  void whatIsNotSetIsToldWithItsPlace() {
    assertThat(problems(PLAN.replace("http://127.0.0.1:8090", "http://${env.HOST}:80")))
        .containsExactly(
            new Problem(
                1,
                16,
                "the environment variable HOST is not set; ${env.HOST:-value} gives it a default"));
  }

  @Test
  void anAliasThatHoldsItselfIsToldAndNotFollowed() {
    assertThat(problems(PLAN.replace("/y }", "/y, json: &self [ *self ] }")))
        .singleElement()
        .asString()
        .contains("an alias must not hold itself");
  }
}
