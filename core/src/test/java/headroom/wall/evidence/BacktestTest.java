package headroom.wall.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import headroom.model.Measure;
import headroom.store.Planted;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class BacktestTest {
  private static final int WINDOWS = 360;

  private static int arrivals(int i) {
    return (int) Math.round(300 - 200 * Math.cos(2 * Math.PI * i / 120.0));
  }

  private static Backtest of(IntToDoubleFunction work) {
    var planted = new Planted(WINDOWS, 1).actions(BacktestTest::arrivals, i -> 0.02);
    planted
        .with(
            Measure.CPU_TIME,
            "w-1",
            "",
            "",
            (i, cell) ->
                cell.increase(
                    work.applyAsDouble(i)
                        * arrivals(i)
                        * (0.97 + 0.06 * planted.random.nextDouble())))
        .level(Measure.CPU_COUNT, "", i -> 4);
    Traffic traffic = Traffic.of(planted.history()).orElseThrow();
    StationUse use = Stations.find(planted.history(), traffic).getFirst();
    return Backtest.of(use, traffic, 50).orElseThrow();
  }

  @Test
  void whatIsInProportionIsForetold() {
    assertThat(of(i -> 0.02).error()).isCloseTo(0, within(0.02));
    assertThat(of(i -> 0.02).clear()).isLessThan(0.02);
  }

  @Test
  void workThatGrowsWithTheLoadIsForetoldTooLow() {
    Backtest grown = of(i -> arrivals(i) > 430 ? 0.026 : 0.02);
    assertThat(grown.error()).isLessThan(-0.15);
    assertThat(grown.clear()).isGreaterThan(0.15);
  }
}
