package headroom.wall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import headroom.model.Measure;
import headroom.store.Planted;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class BurstsTest {
  /** Normal counts with this mean and index of dispersion. */
  private static double excess(IntToDoubleFunction mean, double index, int windows, long seed) {
    var planted = new Planted(windows, seed);
    planted.with(
        Measure.ACTION,
        "",
        "GET /a",
        "",
        (i, cell) -> {
          double m = mean.applyAsDouble(i);
          double n = m + Math.sqrt(index * m) * planted.random.nextGaussian();
          planted.requests(cell, (int) Math.max(1, Math.round(n)), 0.01);
        });
    return Bursts.excess(Traffic.of(planted.history()).orElseThrow());
  }

  @Test
  void independentArrivalsAreNotBursty() {
    for (long seed = 0; seed < 20; seed++) {
      assertThat(excess(i -> 60, 1, 400, seed)).isLessThan(0.25);
    }
  }

  @Test
  void theTideIsNotTakenForBursts() {
    assertThat(excess(i -> 200 + 150 * Math.sin(i / 30.0), 1, 400, 1)).isLessThan(0.25);
    assertThat(excess(i -> i < 200 ? 50 : 300, 1, 400, 1)).isLessThan(0.25);
  }

  @Test
  void burstsAreMeasured() {
    assertThat(excess(i -> 100, 4, 2_000, 1)).isCloseTo(3, within(0.5));
    assertThat(excess(i -> 100, 4, 300, 1)).isBetween(1.5, 4.5);
    assertThat(excess(i -> 100, 4, 40, 1)).as("too few windows").isZero();
  }
}
