package headroom.load.report;

import static org.assertj.core.api.Assertions.assertThat;

import headroom.load.arrival.ArrivalSchedule;
import headroom.load.arrival.RateSegment.Steady;
import headroom.load.journey.Plan;
import headroom.load.result.Generator;
import headroom.load.result.Judgement;
import headroom.load.result.LoadResult;
import headroom.load.result.RunStats;
import headroom.model.Measure;
import headroom.rollup.Cell;
import headroom.rollup.Rollup;
import headroom.testkit.ForAll;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** No request gets lost on the way into rollups, whatever the start and the length of a run. */
class ResultRollupsTest {
  private static LoadResult result(Instant started, int seconds, int perSecond) {
    var stats = new RunStats(List.of("GET /", "POST /x"), 1);
    for (int i = 0; i < seconds * perSecond; i++) {
      double at = (double) i / perSecond;
      stats.arrival(at);
      stats.sent(at, 1);
      stats.completed(i % 2, at, 0, 0.01 + i % 7, i % 10 == 0);
    }
    Plan plan =
        Plan.to("http://h:1")
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
}
