package headroom.wall.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import headroom.model.Measure;
import headroom.store.Planted;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

/** One core of eight of which little is used, part of it without any traffic. */
class BackgroundTest {
  private static final int WINDOWS = 240;
  private static final double WORK = 0.005;

  private static DemandFit fit(IntUnaryOperator arrivals, double background) {
    var planted = new Planted(WINDOWS, 1).actions(arrivals, i -> 0.02);
    planted
        .with(
            Measure.CPU_TIME,
            "w-1",
            "",
            "",
            (i, cell) ->
                cell.increase(
                    (10 * background + WORK * arrivals.applyAsInt(i))
                        * (0.95 + 0.1 * planted.random.nextDouble())))
        .level(Measure.CPU_COUNT, "", i -> 8);
    Traffic traffic = Traffic.of(planted.history()).orElseThrow();
    StationUse use = Stations.find(planted.history(), traffic).getFirst();
    return DemandFit.of(use, traffic, 40);
  }

  /** 0.2 of the servers at the peak, with and without a background, at even load. */
  @Test
  void whatIsBusyWhileIdleIsNotOfTheTraffic() {
    IntUnaryOperator withPauses = i -> i % 60 < 20 ? 0 : 400;
    for (double background : new double[] {0.001, 0.06}) {
      DemandFit fit = fit(withPauses, background);
      assertThat(fit.central().background()).isCloseTo(background, within(0.012));
      assertThat(fit.central().atPeak()).isCloseTo(0.2, within(0.012));
      assertThat(fit.aboutBackground()).contains("while nothing arrived");
    }
  }

  @Test
  void loadsThatDifferTellItToo() {
    DemandFit fit = fit(i -> 80 + i, 0.06);
    assertThat(fit.central().background()).isCloseTo(0.06, within(0.02));
    assertThat(fit.aboutBackground()).contains("rises with the load");
  }

  @Test
  void anEvenLoadTellsNothingOfIt() {
    DemandFit fit = fit(i -> 400, 0);
    assertThat(fit.aboutBackground()).contains("believed, not seen");
    // A service that uses 0.2 cores of eight is not taken to be idle for most of that.
    assertThat(fit.central().atPeak()).isCloseTo(0.2, within(0.022));
  }
}
