package headroom.plan.read;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import headroom.plan.Plan;
import headroom.plan.Retry;
import headroom.plan.Step;
import headroom.plan.yaml.Problem;
import headroom.plan.yaml.ProblemException;
import java.time.Duration;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryParserTest {
  private static String plan(String retry, String step) {
    return "target: http://127.0.0.1:1\nprofile: { users: 1, for: 1s }\n"
        + retry
        + "\njourneys:\n  j:\n    - "
        + step
        + "\n";
  }

  private static Retry of(String text) {
    Plan plan = PlanParser.parse(plan("retry: " + text, "get: /"));
    return plan.wire().retry().orElseThrow();
  }

  @Test
  void allOfItIsRead() {
    Retry retry =
        of("{ attempts: 4, backoff: 50ms..2s, on: [5xx, 429, timeout, closed], budget: 10 % }");
    assertThat(retry.attempts()).isEqualTo(4);
    assertThat(retry.backoff())
        .isEqualTo(new Retry.Backoff(Duration.ofMillis(50), Duration.ofSeconds(2)));
    assertThat(retry.isFor(500)).isTrue();
    assertThat(retry.isFor(429)).isTrue();
    assertThat(retry.isFor(404)).isFalse();
    assertThat(retry.causes()).isEqualTo(Set.of(Retry.Cause.TIMEOUT, Retry.Cause.CLOSED));
    assertThat(retry.budget()).isEqualTo(OptionalDouble.of(0.1));
  }

  @Test
  void whatIsLeftOutHasADefault() {
    assertThat(of("{}")).isEqualTo(Retry.DEFAULT);
    assertThat(of("{ backoff: 0 }").backoff().longest()).isZero();
    assertThat(of("{ backoff: 80ms, on: connect }"))
        .isEqualTo(
            Retry.DEFAULT
                .withBackoff(Duration.ofMillis(80), Duration.ofMillis(80))
                .on(java.util.List.of(), Set.of(Retry.Cause.CONNECT)));
  }

  @Test
  void aStepSaysItForItself() {
    Plan plan =
        PlanParser.parse(
            plan("retry: { attempts: 3 }", "{ get: /, retry: none }\n    - { get: /b }"));
    var steps = plan.journeys().getFirst().steps();
    assertThat(((Step.Request) steps.getFirst()).retry()).contains(Retry.NONE);
    assertThat(((Step.Request) steps.getLast()).retry()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{ atempts: 3 }                | 3:10 | unknown key 'atempts' in retry: did you mean"
            + " 'attempts'?",
        "{ attempts: 0 }               | 3:20 | attempts must be a whole number from 1 to 20, got"
            + " '0'",
        "{ backoff: 2s..1s }           | 3:19 | backoff must be 0 <= first <= longest",
        "{ backoff: 0s..1s }           | 3:19 | a backoff that doubles must begin above 0",
        "{ backoff: soon }             | 3:19 | a duration must look like 500ms",
        "{ on: [5xx, timeuot] }        | 3:20 | no cause 'timeuot' for a retry: did you mean"
            + " 'timeout'?",
        "{ on: [teapot] }              | 3:15 | a retry is on a status such as 503 or 5xx, or on"
            + " closed, connect, timeout",
        "{ budget: 110 % }             | 3:18 | a share must be at most 100%",
        "sometimes                     | 3:8  | retry must be none, or a mapping",
      })
  void mistakesAreToldWithTheirPlace(String retry, String place, String message) {
    var failure =
        requireNonNull(
            catchThrowableOfType(
                ProblemException.class, () -> PlanParser.parse(plan("retry: " + retry, "get: /"))));
    assertThat(failure.problems()).hasSize(1);
    Problem problem = failure.problems().getFirst();
    assertThat(problem.line() + ":" + problem.column()).isEqualTo(place);
    assertThat(problem.message()).contains(message);
  }

  @Test
  void statementsAndStreamsAreNotSentAgain() {
    var failure =
        requireNonNull(
            catchThrowableOfType(
                ProblemException.class,
                () ->
                    PlanParser.parse(
                        plan(
                            "jdbc: { url: 'jdbc:postgresql://h/d' }",
                            "{ sql: SELECT 1, retry: none }"))));
    assertThat(failure.problems().getFirst().message()).contains("retry does not go with sql");
  }
}
