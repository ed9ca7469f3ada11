package headroom.load.study;

import static org.assertj.core.api.Assertions.assertThat;

import headroom.load.arrival.ArrivalSchedule;
import headroom.load.result.Generator;
import headroom.load.result.Judgement;
import headroom.load.result.LoadResult;
import headroom.load.result.RunStats;
import headroom.load.result.StepKey;
import headroom.plan.Plan;
import headroom.plan.Profile;
import headroom.plan.Study;
import headroom.plan.Trigger;
import headroom.plan.build.PlanBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class MetastabilityProbeTest {
  @Test
  void aTargetThatComesBackIsToldWhen() {
    StudyResult.Metastability found = judge(at -> at < 20 || at >= 36 ? 0.1 : 2, at -> 5, false);
    assertThat(found.hasPassed()).isTrue();
    assertThat(found.recovery().afterSeconds()).hasValue(6);
    assertThat(found.heldDownBy()).isEmpty();
  }

  @Test
  void aTargetThatStaysDownIsToldWithWhatHoldsIt() {
    StudyResult.Metastability found =
        judge(at -> at < 20 ? 0.1 : 4, at -> at < 20 ? 5 : 160, false);
    assertThat(found.hasPassed()).isFalse();
    assertThat(found.heldDownBy())
        .hasSize(2)
        .anyMatch(cause -> cause.contains("160 requests under way at once, 5 before the trigger"))
        .anyMatch(
            cause -> cause.startsWith("as much is done as before, but too late to be of use"));
    assertThat(judge(at -> 0.1, at -> 5, true).heldDownBy())
        .singleElement()
        .asString()
        .contains("100.0 % of the requests still fail (0.0 % before the trigger)");
  }

  /** Forty requests a second for a minute and a half, disturbed from second 20 to 30. */
  private static StudyResult.Metastability judge(
      DoubleUnaryOperator responseSeconds, DoubleUnaryOperator inFlight, boolean failing) {
    Plan plan =
        PlanBuilder.to("http://h:1")
            .journey("look", 1, j -> j.get("/"))
            .metastability(40, 20, new Trigger.Spike(120, 10), 60)
            .p99(Duration.ofMillis(500))
            .build();
    var stats = new RunStats(List.of(StepKey.of("GET /")), 1);
    for (int i = 0; i < 90 * 40; i++) {
      double at = i / 40.0;
      stats.arrival(at);
      stats.sent(at, (int) inFlight.applyAsDouble(at));
      stats.completed(0, at, 0, responseSeconds.applyAsDouble(at), failing && at >= 20);
    }
    var open = (Profile.Open) plan.profile();
    LoadResult result =
        Judgement.of(
            plan,
            1,
            Instant.EPOCH,
            new ArrivalSchedule(open.segments(), open.spacing(), 1),
            stats,
            new Generator(1, 90, 1),
            null);
    return MetastabilityProbe.judge((Study.Metastability) plan.study(), result);
  }
}
