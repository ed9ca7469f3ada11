package headroom.cli.prove;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import headroom.wall.Objective;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RisingCurveTest {
  private static final Objective OBJECTIVE = new Objective(0.99, 0.5, 0.01);

  @Test
  void whatRisesStaysAsItIs() {
    assertThat(latencies(0.1, 0.2, 0.4)).containsExactly(new double[] {0.1, 0.2, 0.4}, within(1e-9));
  }

  @Test
  void whatFallsIsAveragedInItsLogarithm() {
    assertThat(latencies(0.1, 0.4, 0.1, 0.9))
        .containsExactly(new double[] {0.1, 0.2, 0.2, 0.9}, within(1e-9));
    assertThat(latencies(0.8, 0.1, 0.1)).containsExactly(new double[] {0.2, 0.2, 0.2}, within(1e-9));
  }

  @Test
  void theCrossingIsReadBetweenHeldAndFailed() {
    assertThat(crossing(0.1, 0.25, 1.0)).isCloseTo(115, within(1e-6));
    assertThat(crossing(0.1, 0.2, 0.3)).isEqualTo(120);
    assertThat(crossing(0.7, 0.8, 0.9)).isEqualTo(100);
  }

  /** A standstill has no slope: all that is known is that it broke in between. */
  @Test
  void noAnswerAtAllIsHalfWay() {
    assertThat(crossing(0.1, 0.1, Double.POSITIVE_INFINITY)).isCloseTo(115, within(1e-6));
  }

  @Test
  void theMedianOfRepetitionsIsNotMovedByOneHiccup() {
    LoadLevel median =
        LoadLevel.median(
            List.of(level(100, 0.1), level(100, Double.POSITIVE_INFINITY), level(100, 0.12)));
    assertThat(median.latencySeconds()).isEqualTo(0.12);
    assertThat(median.requests()).isEqualTo(1_500);
  }

  private static double crossing(double... latencies) {
    return RisingCurve.crossing(RisingCurve.through(levels(latencies)), OBJECTIVE);
  }

  private static double[] latencies(double... latencies) {
    return RisingCurve.through(levels(latencies)).stream()
        .mapToDouble(LoadLevel::latencySeconds)
        .toArray();
  }

  private static List<LoadLevel> levels(double... latencies) {
    return java.util.stream.IntStream.range(0, latencies.length)
        .mapToObj(i -> level(100 + 10 * i, latencies[i]))
        .toList();
  }

  private static LoadLevel level(double perSecond, double seconds) {
    return new LoadLevel(perSecond, 500, seconds, 0);
  }
}
