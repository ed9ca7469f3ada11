package headroom.cli.prove;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import headroom.plan.Plan;
import headroom.plan.RateSegment;
import headroom.plan.read.PlanInputs;
import headroom.plan.read.PlanParser;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class JourneyRequestsTest {
  @Test
  void followFromAPlanWithoutChoices() throws Exception {
    Plan plan =
        plan(
            "one: [ { get: /a }, { think: 1s }, { get: /b } ]",
            "three: [ { get: /a }, { get: /b }, { get: /c } ]",
            "mix: { one: 60, three: 40 }");
    assertThat(JourneyRequests.of(plan).orElseThrow()).isCloseTo(2.4, within(1e-9));
  }

  @Test
  void mustBeCountedWhereUsersDraw() throws Exception {
    Plan plan = plan("one: [ { get: /a }, { repeat: 1..3, steps: [ { get: /b } ] } ]", "", "");
    assertThat(JourneyRequests.of(plan)).isEmpty();
  }

  @Test
  void theWaveStaysBelowItsPeakAndEndsThere() {
    List<RateSegment> wave = WatchWave.of(5, 600);

    assertThat(wave.stream().mapToDouble(RateSegment::seconds).sum()).isEqualTo(600);
    assertThat(wave)
        .allSatisfy(part -> assertThat(part.maxRatePerSecond()).isLessThanOrEqualTo(5 + 1e-9));
    assertThat(wave.getLast().ratePerSecond(0)).isEqualTo(5);
    for (int minutes = 1; minutes <= 10; minutes++) {
      double turns = 60.0 * minutes / WatchWave.PERIOD_SECONDS;
      assertThat(Math.abs(turns - Math.rint(turns))).as("%d min", minutes).isGreaterThan(0.04);
    }
  }

  private static Plan plan(String one, String two, String mix) throws Exception {
    return PlanParser.parse(
        """
        target: http://127.0.0.1:80
        journeys:
          %s
          %s
        %s
        profile: [ { steady: { rate: 5/s, for: 10s } } ]
        """
            .formatted(one, two, mix),
        PlanInputs.of(Path.of("")));
  }
}
