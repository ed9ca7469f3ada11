package headroom.plan.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import headroom.plan.Plan;
import headroom.plan.Step;
import headroom.plan.ThinkTime;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Pauses follow the distributions that they are named after, and keep to their bounds. */
class ThinkTimeTest {
  private static final long SECOND = 1_000_000_000L;

  private static double[] draw(String think) {
    Plan plan =
        PlanParser.parse(
            """
            target: http://127.0.0.1:1
            journeys: { j: [ { think: %s }, { get: / } ] }
            profile: { users: 1, for: 1s }
            """
                .formatted(think));
    ThinkTime time = ((Step.Think) plan.journeys().getFirst().steps().getFirst()).time();
    var random = new SplittableRandom(7);
    double[] draws = new double[20_000];
    for (int i = 0; i < draws.length; i++) {
      draws[i] = (double) time.drawNanos(random) / SECOND;
    }
    Arrays.sort(draws);
    return draws;
  }

  private static double quantile(double[] sorted, double q) {
    return sorted[(int) (q * sorted.length)];
  }

  @Test
  void aNormalPauseHasItsMeanAndDeviation() {
    double[] draws = draw("{ normal: 4s, deviation: 1s }");
    assertThat(quantile(draws, 0.5)).isCloseTo(4, within(0.05));
    assertThat(quantile(draws, 0.8413)).isCloseTo(5, within(0.06));
    assertThat(draw("{ normal: 1s, deviation: 5s, max: 3s }")[0]).isZero();
    assertThat(draw("{ normal: 1s, deviation: 5s, max: 3s }")[19_999]).isEqualTo(3);
  }

  @Test
  void aLogNormalPauseHasItsMedianAndP95() {
    double[] draws = draw("{ lognormal: 2s, p95: 10s, max: 60s }");
    assertThat(quantile(draws, 0.5)).isCloseTo(2, within(0.08));
    assertThat(quantile(draws, 0.95)).isCloseTo(10, within(0.5));
    assertThat(draws[19_999]).isLessThanOrEqualTo(60);
  }

  @Test
  void anExponentialPauseHasItsMean() {
    double[] draws = draw("{ exponential: 2s, max: 100s }");
    assertThat(Arrays.stream(draws).average().orElse(0)).isCloseTo(2, within(0.06));
  }
}
