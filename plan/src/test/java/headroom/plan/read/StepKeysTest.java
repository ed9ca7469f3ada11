package headroom.plan.read;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import headroom.plan.AnswerValue;
import headroom.plan.Step;
import headroom.plan.yaml.ProblemException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys of steps beyond the plain request: what they become, and what is said of mistakes. */
class StepKeysTest {
  private static String plan(String steps) {
    return "target: http://127.0.0.1:1\nprofile: { users: 1, for: 1s }\njourneys:\n  j:\n"
        + steps.indent(4);
  }

  private static List<Step> steps(String steps) {
    return PlanParser.parse(plan(steps)).journeys().getFirst().steps();
  }

  @Test
  void aGroupHoldsSteps() {
    var group =
        (Step.Group) steps("- group: pay\n  steps: [ { get: /a }, { think: 1s } ]").getFirst();
    assertThat(group.name()).isEqualTo("pay");
    assertThat(group.steps()).hasSize(2);
  }

  @Test
  void checksAreRead() {
    var request =
        (Step.Request)
            steps(
                    """
                    - get: /a
                      expect:
                        status: 2xx
                        matches: "a+"
                        json: { $.a.b: "${user}" }
                        headers: { x-a: b }
                        within: 80ms
                    """)
                .getFirst();
    assertThat(request.expect().checks())
        .extracting(check -> check.getClass().getSimpleName())
        .containsExactly("Matches", "JsonIs", "HeaderIs", "Within");
  }

  @Test
  void partOfAHeaderIsSaved() {
    var request =
        (Step.Request)
            steps("- get: /a\n  save: { id: { header: location, regex: '/(\\d+)$' } }").getFirst();
    var source = (AnswerValue.HeaderValue) request.saves().getFirst().source();
    assertThat(source.name()).isEqualTo("location");
    assertThat(source.pattern()).isPresent();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "- { get: /a, expect: { statu: 200 } } | unknown key 'statu' in expect: did you mean"
            + " 'status'?",
        "- { get: /a, expect: { json: { a: 1 } } } | a JSON path must begin with $",
        "- { get: /a, expect: { matches: '(' } } | not a regular expression",
        "- { get: /a, expect: { within: soon } } | a duration must look like",
        "- { get: /a, expect: { json: { $.a: '${nobody}' } } } | ${nobody}",
        "- { think: { normal: 1s } } | think needs 'deviation'",
        "- { think: { normal: 1s, deviations: 1s } } | did you mean 'deviation'?",
        "- { think: { lognormal: 9s, p95: 1s } } | 0 < median <= p95",
        "- { think: { mean: 1s } } | one of exponential, lognormal, normal",
        "- { group: x } | group needs 'steps'",
        "- { group: x, steps: [ { get: /a } ], then: [] } | then does not go with group",
        "- { grup: x, steps: [] } | did you mean 'group'?",
        "- { post: /a, body: { file: no-such-file } } | cannot read no-such-file",
        "- { post: /a, body: { text: a, file: b } } | body needs either 'file' or 'text'",
        "- { post: /a, multipart: { a: { type: x } } } | a part needs either 'file' or 'content'",
        "- { get: /a, save: { a: { header: x, cookie: y } } } | or header with regex",
        "- { get: /a, save: { a: { json: $.a, pick: any } } } | pick must be first, last or random",
        "- { get: /a, save: { a: { pick: last } } } | a saved value needs one of",
      })
  void mistakesAreToldWithTheirPlace(String step, String message) {
    var thrown =
        requireNonNull(
            catchThrowableOfType(
                ProblemException.class, () -> PlanParser.parse(plan(step + "\n- get: /b"))));
    assertThat(thrown.problems()).isNotEmpty();
    assertThat(thrown.problems().getFirst().line()).isGreaterThanOrEqualTo(3);
    assertThat(thrown.getMessage()).contains(message);
  }
}
