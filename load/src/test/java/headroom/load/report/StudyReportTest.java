package headroom.load.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import headroom.load.arrival.ArrivalSchedule;
import headroom.load.result.Generator;
import headroom.load.result.Judgement;
import headroom.load.result.LoadResult;
import headroom.load.result.Recovery;
import headroom.load.result.RunStats;
import headroom.load.result.StepKey;
import headroom.load.study.StudyResult;
import headroom.load.study.TestOutcome;
import headroom.load.study.capacity.CapacityResult;
import headroom.load.study.capacity.Plateau;
import headroom.load.study.capacity.Scalability;
import headroom.load.study.capacity.Stationarity;
import headroom.load.study.duplicate.DuplicateVerdict;
import headroom.load.study.duplicate.DuplicateVerdict.Effect;
import headroom.load.study.growth.RowHistory;
import headroom.load.study.growth.Surface;
import headroom.plan.Plan;
import headroom.plan.RateSegment.Steady;
import headroom.plan.Study;
import headroom.plan.build.PlanBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class StudyReportTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @Test
  void aCapacityIsToldWithItsIntervalItsLawAndEveryPlateau() throws Exception {
    TestOutcome outcome = new TestOutcome(run(), List.of(capacity(OptionalDouble.empty())));
    assertThat(Summary.of(outcome))
        .startsWith("PASSED")
        .contains(
            "held    capacity: 40/s journeys keep the objectives, 48/s do not: the capacity lies"
                + " between the two")
        .contains("knee at 33/s")
        .contains("λ 10")
        .contains("yes, first 2 s cut, +1 %")
        .contains("BROKE p99 800 ms at GET /, at most 500 ms");
    JsonNode json = MAPPER.readTree(ResultJson.of(outcome));
    assertThat(json.at("/capacity/perSecond").doubleValue()).isEqualTo(40);
    assertThat(json.at("/capacity/breaksAtPerSecond").doubleValue()).isEqualTo(48);
    assertThat(json.at("/capacity/plateaus")).hasSize(4);
    assertThat(json.at("/capacity/plateaus/0/stationarity/stationary").booleanValue()).isTrue();
    assertThat(json.at("/capacity/scalability/contention/value").isNumber()).isTrue();
    assertThat(json.get("verdict").textValue()).isEqualTo("passed");
    String page = HtmlReport.of(outcome);
    assertThat(page)
        .contains("\"title\":\"capacity\"")
        .contains("Throughput by requests in the system");
  }

  @Test
  void aCapacityBelowWhatIsRequiredHasFailed() {
    TestOutcome outcome = new TestOutcome(run(), List.of(capacity(OptionalDouble.of(80))));
    assertThat(outcome.hasPassed()).isFalse();
    assertThat(Summary.of(outcome)).startsWith("FAILED").contains("BROKEN  capacity");
    assertThat(JunitXml.of(outcome)).contains("failures=\"1\"").contains("name=\"capacity\"");
  }

  @Test
  void otherStudiesAreToldToo() throws Exception {
    var recovery =
        new Recovery(
            "spike to 90/s",
            20,
            30,
            OptionalDouble.of(1),
            OptionalDouble.of(0.2),
            OptionalDouble.empty(),
            OptionalDouble.of(0.1));
    var point =
        new Surface.Point(
            0, 10, 20, 1_000, OptionalDouble.of(0.1), OptionalDouble.of(0.2), 0, List.of());
    var later =
        new Surface.Point(
            10, 10, 20, 4_000, OptionalDouble.of(0.1), OptionalDouble.of(0.5), 0, List.of());
    TestOutcome outcome =
        new TestOutcome(
            run(),
            List.of(
                new StudyResult.Metastability(recovery, List.of("queues are still full")),
                new StudyResult.Duplicates(
                    List.of(new DuplicateVerdict("POST /pay", Effect.AGAIN, 1, "30, not 10"))),
                new StudyResult.Growth(
                    new Surface(List.of(point, point, later)),
                    List.of(
                        new RowHistory(
                            "coins", 500, List.of(10L, 3_500L), 7_000, Optional.empty())))));
    assertThat(Summary.of(outcome))
        .startsWith("FAILED")
        .contains("held down by: queues are still full")
        .contains("sent again with the same key, POST /pay takes effect again")
        .contains(
            "at 20/s p99 went from 200 ms with 1 000 rows to 500 ms with 4 000: doubled from 4 000"
                + " rows on")
        .contains("coins: 500 rows before, 3 500 written of 7 000 that were due");
    JsonNode json = MAPPER.readTree(ResultJson.of(outcome));
    assertThat(json.at("/metastability/recovered").booleanValue()).isFalse();
    assertThat(json.at("/metastability/heldDownBy/0").textValue()).contains("queues");
    assertThat(json.at("/duplicates/0/effect").textValue()).isEqualTo("again");
    assertThat(json.at("/growth/points")).hasSize(3);
    assertThat(json.at("/growth/trends/0/doubledAtRows").doubleValue()).isEqualTo(4_000);
    assertThat(json.at("/growth/data/0/rowsWritten").longValue()).isEqualTo(3_500);
  }

  private static StudyResult.Capacity capacity(OptionalDouble required) {
    var plateaus = new ArrayList<Plateau>();
    var points = new ArrayList<Scalability.Point>();
    for (double rate : new double[] {10, 20, 40, 48}) {
      boolean held = rate <= 40;
      double p99 = held ? 0.2 : 0.8;
      plateaus.add(
          new Plateau(
              rate,
              0,
              12,
              rate,
              rate / 10,
              OptionalDouble.of(0.1),
              OptionalDouble.of(p99),
              0,
              List.of(
                  new LoadResult.Outcome(
                      "p99", 0.5, OptionalDouble.of(p99), Optional.of(StepKey.of("GET /")), held)),
              Optional.of(new Stationarity(2, 0.01, 0.5)),
              held ? Plateau.Verdict.HELD : Plateau.Verdict.BROKEN));
      points.add(new Scalability.Point(rate / 10, rate));
    }
    return new StudyResult.Capacity(
        new Study.Capacity(10, 100, 5, 20, 0.2, required),
        new CapacityResult(
            OptionalDouble.of(40),
            OptionalDouble.of(48),
            OptionalDouble.of(33),
            Optional.of(Scalability.fit(points, 1)),
            plateaus,
            run()));
  }

  private static LoadResult run() {
    Plan plan =
        PlanBuilder.to("http://h:1")
            .journey("look", 1, j -> j.get("/"))
            .open(new Steady(1, 1))
            .build();
    var stats = new RunStats(List.of(StepKey.of("GET /")), 1);
    stats.arrival(0);
    stats.sent(0, 1);
    stats.completed(0, 0, 0, 0.1, false);
    return Judgement.of(
        plan,
        1,
        Instant.EPOCH,
        ArrivalSchedule.uniform(new Steady(1, 1)),
        stats,
        new Generator(1, 1, 0),
        null);
  }
}
