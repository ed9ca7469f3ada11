package headroom.load.study.growth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import headroom.load.arrival.ArrivalSchedule;
import headroom.load.result.RunStats;
import headroom.load.result.StepKey;
import headroom.plan.Objective;
import headroom.plan.RateSegment;
import headroom.plan.RateSegment.Steady;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import org.junit.jupiter.api.Test;

class SurfaceTest {
  private static final List<Objective> P99 = List.of(new Objective.Latency("p99", 0.99, 0.5));

  @Test
  void aScanThatGrowsWithItsTableIsSeenToDouble() {
    // Time in proportion to the rows; these grow from 100 by 10 a second for four minutes.
    Surface surface = surface(List.of(new Steady(20, 240)), (rate, rows) -> rows / 10_000);
    assertThat(surface.points()).hasSize(24);
    Surface.Trend trend = surface.trends().getFirst();
    assertThat(trend.exponent()).isCloseTo(1, within(0.1));
    assertThat(trend.doubledAtRows().orElseThrow()).isBetween(250.0, 450.0);
    assertThat(surface.sizes()).hasSize(24);
  }

  @Test
  void aColdStartDoesNotHideThatItDoubles() {
    Surface surface =
        surface(List.of(new Steady(20, 240)), (rate, rows) -> rows < 200 ? 0.3 : rows / 10_000);
    Surface.Trend trend = surface.trends().getFirst();
    assertThat(trend.p99First()).isLessThan(0.12);
    assertThat(trend.p99Last()).isCloseTo(0.25, within(0.02));
    assertThat(trend.doubledAtRows()).isPresent();
  }

  @Test
  void withoutAnEffectOfSizeThereIsNoTrend() {
    Surface surface = surface(List.of(new Steady(20, 240)), (rate, rows) -> 0.1);
    Surface.Trend trend = surface.trends().getFirst();
    assertThat(trend.exponent()).isCloseTo(0, within(1e-6));
    assertThat(trend.doubledAtRows()).isEmpty();
  }

  @Test
  void aSweepGivesTheCapacityAtEachSize() {
    var sweeps = new ArrayList<RateSegment>();
    for (int i = 0; i < 3; i++) {
      sweeps.addAll(RateSegment.steps(10, 40, 4, 20));
    }
    // It breaks once rate times rows is beyond 20 000.
    Surface surface = surface(sweeps, (rate, rows) -> rate * rows > 20_000 ? 1 : 0.1);
    List<Surface.Size> sizes = surface.sizes();
    assertThat(sizes).hasSize(3);
    assertThat(sizes.get(0).heldPerSecond().orElseThrow()).isCloseTo(20, within(0.5));
    assertThat(sizes.get(0).brokePerSecond().orElseThrow()).isCloseTo(30, within(0.5));
    assertThat(sizes.get(1).heldPerSecond().orElseThrow()).isCloseTo(10, within(0.5));
    assertThat(sizes.get(2).heldPerSecond().orElseThrow()).isCloseTo(10, within(0.5));
    assertThat(surface.trends()).hasSize(4);
  }

  private static Surface surface(List<RateSegment> load, DoubleBinaryOperator responseSeconds) {
    var schedule = ArrivalSchedule.uniform(load.toArray(RateSegment[]::new));
    var stats = new RunStats(List.of(StepKey.of("GET /")), 1);
    var cursor = schedule.cursor();
    for (long nanos = cursor.nextNanos();
        nanos != headroom.load.arrival.ArrivalCursor.END;
        nanos = cursor.nextNanos()) {
      double at = nanos * 1e-9;
      stats.arrival(at);
      double response = responseSeconds.applyAsDouble(schedule.ratePerSecond(at), 100 + 10 * at);
      stats.completed(0, at, 0, response, false);
    }
    return Surface.of(
        stats.timeline(), schedule, List.of(StepKey.of("GET /")), P99, at -> 100 + 10 * at);
  }
}
