package headroom.wall.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import headroom.model.Measure;
import headroom.queueing.Modulation;
import headroom.store.Planted;
import java.util.SplittableRandom;
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

  /** Counts of a rate that wanders by a share of itself, with this correlation in windows. */
  private static Bursts wandering(double deviation, double windows, int count, long seed) {
    var planted = new Planted(count, seed);
    double[] wander = {0};
    double[] rates = new double[count];
    int parts = 100;
    double memory = Math.exp(-1 / (windows * parts));
    for (int i = 0; i < count * parts; i++) {
      wander[0] =
          memory * wander[0]
              + deviation * Math.sqrt(1 - memory * memory) * planted.random.nextGaussian();
      rates[i / parts] += 100 * Math.max(0, 1 + wander[0]) / parts;
    }
    planted.with(
        Measure.ACTION,
        "",
        "GET /a",
        "",
        (i, cell) -> {
          double n = rates[i] + Math.sqrt(rates[i]) * planted.random.nextGaussian();
          planted.requests(cell, (int) Math.max(1, Math.round(n)), 0.01);
        });
    return Bursts.of(Traffic.of(planted.history()).orElseThrow());
  }

  @Test
  void longBurstsAreToldFromShortOnes() {
    Modulation lasting = wandering(0.3, 3, 2_000, 1).central();
    assertThat(lasting.deviation()).isCloseTo(0.3, within(0.08));
    assertThat(lasting.seconds()).isBetween(15.0, 45.0);

    // Of short ones only deviation² × seconds is known, here 0.09 × 1.
    Bursts brief = wandering(0.3, 0.1, 2_000, 2);
    var random = new SplittableRandom(1);
    for (int i = 0; i < 20; i++) {
      Modulation one = brief.draw(random);
      double product = one.deviation() * one.deviation() * one.seconds();
      assertThat(product).isBetween(0.05, 0.16);
      assertThat(one.seconds()).isLessThan(8);
    }
  }

  @Test
  void nothingWandersWhereArrivalsAreIndependent() {
    Bursts none = wandering(0, 1, 400, 3);
    assertThat(none.isEmpty()).isTrue();
    assertThat(none.central()).isEqualTo(Modulation.NONE);
    assertThat(none.draw(new SplittableRandom(1))).isEqualTo(Modulation.NONE);
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
