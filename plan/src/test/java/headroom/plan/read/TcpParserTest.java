package headroom.plan.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import headroom.plan.Plan;
import headroom.plan.Step;
import headroom.plan.yaml.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Steps that send a text over plain TCP. */
class TcpParserTest {
  private static final String TARGET = "target: http://127.0.0.1:1\n";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cache.internal:6379",
        "127.0.0.1:6379",
        "[::1]:6379",
        "my_cache:6379",
        "redis-1.svc.cluster.local:6379"
      })
  void hostsAndPorts(String place) {
    Step.Tcp step = (Step.Tcp) plan(TARGET, place).journeys().getFirst().steps().getFirst();
    assertThat(step.place()).isEqualTo(place);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "my cache:6379",
        "${host}:6379",
        "tcp://cache:6379",
        "a@cache:6379",
        "::1:6379",
        "cache/1:6379",
        "[::1:6379",
        "[]:6379",
        "[::::]:6379",
        ":6379",
        "cache"
      })
  void whatIsNoHostIsToldWithItsPlace(String place) {
    ProblemException thrown =
        catchThrowableOfType(ProblemException.class, () -> plan(TARGET, place));
    assertThat(thrown.problems())
        .singleElement()
        .hasToString("line 4, column 12: tcp must be host:port, got '" + place + "'");
  }

  @Test
  void aPlanThatSendsNothingToATargetNeedsNone() {
    Plan plan = plan("", "cache:6379");
    assertThat(plan.hasRequests()).isFalse();
    assertThat(plan.target()).hasToString("tcp://cache:6379");
  }

  @Test
  void requestsNeedATargetBesideTcpStepsToo() {
    assertThatThrownBy(() -> plan("", "cache:6379\n      send: x\n    - get: /a"))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("target");
  }

  private static Plan plan(String head, String place) {
    String quoted = place.contains("\n") ? place : "\"" + place + "\"\n      send: x";
    return PlanParser.parse(
        head
            + """
            journeys:
              a:
                - tcp: %s
            profile: [ steady: { rate: 5/s, for: 1s } ]
            """
                .formatted(quoted));
  }
}
