package headroom.load.result;

import static org.assertj.core.api.Assertions.assertThat;

import headroom.load.arrival.ArrivalSchedule;
import headroom.plan.Plan;
import headroom.plan.RateSegment.Steady;
import headroom.plan.build.PlanBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class JudgementTest {
  @Test
  void theWorstStepDecides() {
    RunStats stats = stats();
    record(stats, 0, 0.01, 0, 1_000);
    record(stats, 1, 0.7, 0, 10);
    LoadResult result = judge(stats);
    assertThat(result.isValid()).isTrue();
    assertThat(result.hasPassed()).isFalse();
    assertThat(result.objectives().getFirst().step()).contains(StepKey.of("GET /b"));
    assertThat(result.objectives().getFirst().value().getAsDouble()).isBetween(0.69, 0.71);
  }

  @Test
  void aTailThatIsTheGeneratorsOwnMakesTheRunInvalid() {
    RunStats late = stats();
    record(late, 0, 0.001, 0.009, 1_000);
    for (int i = 0; i < 1_000; i++) {
      late.lag(0.009);
    }
    assertThat(judge(late).invalidBecause()).singleElement().asString().contains("9.0 ms");
    RunStats slowTarget = stats();
    record(slowTarget, 0, 0.2, 0, 1_000);
    for (int i = 0; i < 1_000; i++) {
      slowTarget.lag(0.009);
    }
    assertThat(judge(slowTarget).isValid()).isTrue();
  }

  @Test
  void portsThatRanOutMakeTheRunInvalid() {
    RunStats stats = stats();
    record(stats, 0, 0.001, 0, 100);
    stats.unsent(0, 0, ErrorKind.LOCAL, "Cannot assign requested address");
    assertThat(judge(stats).invalidBecause()).singleElement().asString().contains("local ports");
  }

  @Test
  void aRunWithoutRequestsIsInvalidAndHoldsNothing() {
    LoadResult result = judge(stats());
    assertThat(result.isValid()).isFalse();
    assertThat(result.hasPassed()).isFalse();
  }

  @Test
  void aDroppedArrivalCountsAsAFailure() {
    RunStats stats = stats();
    record(stats, 0, 0.001, 0, 98);
    stats.drop(0);
    stats.drop(0);
    LoadResult.Outcome errors = judge(stats).objectives().get(1);
    assertThat(errors.value()).hasValue(0.02);
    assertThat(errors.held()).isFalse();
  }

  private static RunStats stats() {
    return new RunStats(List.of(StepKey.of("GET /a"), StepKey.of("GET /b")), 1);
  }

  private static void record(RunStats stats, int step, double service, double queued, int times) {
    for (int i = 0; i < times; i++) {
      stats.completed(step, 0, queued, service, false);
    }
  }

  private static LoadResult judge(RunStats stats) {
    Plan plan =
        PlanBuilder.to("http://h")
            .journey("j", 1, j -> j.get("/a").get("/b"))
            .open(new Steady(1, 1))
            .p99(Duration.ofMillis(500))
            .errors(0.01)
            .build();
    return Judgement.of(
        plan, 1, Instant.EPOCH, ArrivalSchedule.uniform(), stats, new Generator(1, 1, 1), null);
  }
}
