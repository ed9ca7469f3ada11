package headroom.load.report;

import static org.assertj.core.api.Assertions.assertThat;

import headroom.load.arrival.ArrivalSchedule;
import headroom.load.result.Generator;
import headroom.load.result.Judgement;
import headroom.load.result.LoadResult;
import headroom.load.result.RunStats;
import headroom.load.result.StepKey;
import headroom.load.study.StudyResult;
import headroom.load.study.TestOutcome;
import headroom.load.study.capacity.CapacityResult;
import headroom.load.study.capacity.Plateau;
import headroom.model.Measure;
import headroom.plan.Objective;
import headroom.plan.Plan;
import headroom.plan.RateSegment;
import headroom.plan.RateSegment.Steady;
import headroom.plan.Study;
import headroom.plan.build.PlanBuilder;
import headroom.rollup.Cell;
import headroom.rollup.Rollup;
import headroom.testkit.ForAll;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** No request gets lost on the way into rollups, whatever the start and the length of a run. */
class ResultRollupsTest {
  private static LoadResult result(Instant started, int seconds, int perSecond) {
    var stats = new RunStats(List.of(StepKey.of("GET /"), StepKey.of("POST /x")), 1);
    for (int i = 0; i < seconds * perSecond; i++) {
      double at = (double) i / perSecond;
      stats.arrival(at);
      stats.sent(at, 1);
      stats.completed(i % 2, at, 0, 0.01 + i % 7, i % 10 == 0);
    }
    Plan plan =
        PlanBuilder.to("http://h:1")
            .journey("j", 1, j -> j.get("/").post("/x"))
            .open(new Steady(perSecond, seconds))
            .build();
    return Judgement.of(
        plan,
        1,
        started,
        ArrivalSchedule.uniform(new Steady(perSecond, seconds)),
        stats,
        new Generator(1, seconds, 0.1),
        null);
  }

  @Test
  void countsErrorsAndTimesAreKept() {
    // Beyond ten minutes intervals are joined, up to ones that are longer than a window.
    ForAll.cases(30)
        .check(
            random ->
                new Case(
                    Instant.ofEpochSecond(
                        1_700_000_000L + random.nextInt(100), random.nextInt(1_000_000_000)),
                    random.nextInt(1, 9_000)),
            ResultRollupsTest::nothingIsLost);
  }

  private record Case(Instant started, int seconds) {}

  private static void nothingIsLost(Case run) {
    LoadResult result = result(run.started(), run.seconds(), 2);
    List<Rollup> rollups = ResultRollups.of(result, Measure.ACTION, "shop");
    for (var step : result.stats().steps()) {
      var sum = new Cell();
      rollups.stream()
          .filter(rollup -> rollup.key().subject().equals(step.name()))
          .forEach(rollup -> sum.merge(rollup.cell()));
      assertThat(sum.count()).isEqualTo(step.response().count());
      assertThat(sum.errors()).isEqualTo(step.response().errors());
      assertThat(sum.histogram()).isEqualTo(step.response().histogram());
    }
    long first = run.started().getEpochSecond() / 10 * 10;
    assertThat(rollups)
        .allMatch(r -> r.windowStart() % 10 == 0)
        .allMatch(r -> r.windowStart() >= first)
        .allMatch(r -> r.windowStart() <= run.started().getEpochSecond() + run.seconds() + 40);
  }

  @Test
  void aRunIsSpreadOverItsTime() {
    List<Rollup> rollups =
        ResultRollups.of(
            result(Instant.ofEpochSecond(1_700_000_000L), 40, 10), Measure.ACTION, "shop");
    assertThat(rollups).hasSize(8).allMatch(r -> r.cell().count() == 50);
  }

  @Test
  void theEventTellsTheVerdict() {
    var event = ResultRollups.event(result(Instant.EPOCH, 5, 10), "shop");
    assertThat(event.kind()).isEqualTo("test");
    assertThat(event.subject()).isEqualTo("shop");
    assertThat(event.attributes()).containsEntry("sent", "50").containsKey("p99Seconds");
  }

  /** 20/s for 30 s, answered within 6 s. */
  private static Map<String, String> told(double limitSeconds, RateSegment... profile) {
    LoadResult plain = result(Instant.EPOCH, 30, 20);
    Plan plan =
        PlanBuilder.to("http://h:1")
            .journey("j", 1, j -> j.get("/").post("/x"))
            .open(profile)
            .objective(Objective.Latency.percentile(99, limitSeconds))
            .build();
    LoadResult judged =
        Judgement.of(
            plan, 1, Instant.EPOCH, plain.schedule(), plain.stats(), plain.generator(), null);
    return ResultRollups.event(TestOutcome.of(judged), "shop", Optional.of("shop/pool/x"))
        .attributes();
  }

  @Test
  void theEventOfASteadyRunTellsWhichLoadHeldOrBroke() {
    assertThat(told(7, new Steady(20, 30)))
        .containsEntry("heldPerSecond", "20.000")
        .containsEntry("limitSeconds", "7.0")
        .doesNotContainKeys("brokePerSecond", "perSecond");
    assertThat(told(5, new Steady(20, 10), new Steady(20, 20)))
        .containsEntry("brokePerSecond", "20.000")
        .containsEntry("station", "shop/pool/x")
        .doesNotContainKeys("heldPerSecond", "perSecond");
  }

  @Test
  void theEventOfARampTellsNoLoad() {
    assertThat(told(5, new RateSegment.Ramp(1, 39, 30)))
        .doesNotContainKeys("heldPerSecond", "brokePerSecond", "limitSeconds", "station");
  }

  @Test
  void theEventOfACapacitySearchTellsWhereItBroke() {
    LoadResult run = result(Instant.EPOCH, 30, 20);
    Plan plan =
        PlanBuilder.to("http://h:1")
            .journey("j", 1, j -> j.get("/").post("/x"))
            .open(new Steady(20, 30))
            .objective(Objective.Latency.percentile(99, 0.5))
            .build();
    LoadResult judged =
        Judgement.of(plan, 1, Instant.EPOCH, run.schedule(), run.stats(), run.generator(), null);
    var found =
        new CapacityResult(
            OptionalDouble.of(40),
            OptionalDouble.of(42),
            OptionalDouble.empty(),
            Optional.empty(),
            List.of(plateau(40, 80, Plateau.Verdict.HELD), plateau(42, 70, Plateau.Verdict.BROKEN)),
            judged);
    var outcome =
        new TestOutcome(
            judged, List.of(new StudyResult.Capacity(Study.Capacity.between(10, 100), found)));

    // Two requests to a journey.
    assertThat(ResultRollups.event(outcome, "shop", Optional.empty()).attributes())
        .containsEntry("heldPerSecond", "80.000")
        .containsEntry("brokePerSecond", "84.000")
        .containsEntry("perSecond", "81.976")
        .containsEntry("quantile", "0.99")
        .containsEntry("limitSeconds", "0.5");
  }

  private static Plateau plateau(double rate, double throughput, Plateau.Verdict verdict) {
    boolean held = verdict == Plateau.Verdict.HELD;
    return new Plateau(
        rate,
        0,
        10,
        throughput,
        1,
        OptionalDouble.of(0.1),
        OptionalDouble.of(held ? 0.4 : 0.6),
        0,
        List.of(
            new LoadResult.Outcome(
                "p99",
                0.5,
                OptionalDouble.of(held ? 0.4 : 0.6),
                Optional.of(StepKey.of("GET /")),
                held)),
        Optional.empty(),
        verdict);
  }
}
