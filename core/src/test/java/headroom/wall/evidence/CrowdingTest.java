package headroom.wall.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import headroom.stats.Regression;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CrowdingTest {
  private static final double SERVERS = 4;
  private static final double PEAK = 20;
  private static final double NOISE = 0.006;

  /** A day in rows of ten minutes, at most a third of the cores busy. */
  private static Crowding planted(double kappa, long seed) {
    var random = new SplittableRandom(seed);
    double[][] x = new double[144][];
    double[] y = new double[x.length];
    double[] weights = new double[x.length];
    Arrays.fill(weights, 1);
    for (int t = 0; t < x.length; t++) {
      double load = PEAK * (0.6 - 0.4 * Math.cos(2 * Math.PI * t / x.length));
      x[t] = new double[] {1, load};
      double busy = 0;
      for (int i = 0; i < 20; i++) {
        busy = 0.1 + 0.055 * load * (1 + kappa * busy / SERVERS);
      }
      y[t] = busy + NOISE * random.nextGaussian();
    }
    var prior =
        new Regression.Prior(
            new double[] {0.1, 0.06}, new double[] {0.1, 0.03}, 0.03 * SERVERS / 4, 4);
    Regression plain = Regression.fit(x, y, weights, prior);
    return Crowding.of(x, y, weights, plain, prior, new double[] {PEAK}, SERVERS);
  }

  private static double kappa(Crowding crowding) {
    return crowding.crowd(crowding.central(), SERVERS).kappa();
  }

  @Test
  void crowdedCoresAreSeenAtAThirdOfTheirLoad() {
    for (long seed = 0; seed < 10; seed++) {
      Crowding found = planted(0.4, seed);
      assertThat(found.chanceOfNone()).isLessThan(0.1);
      assertThat(kappa(found)).isBetween(0.25, 0.5);
    }
  }

  @Test
  void coresThatDoNotCrowdAreMostlyBelieved() {
    for (long seed = 0; seed < 10; seed++) {
      assertThat(planted(0, seed).chanceOfNone()).isGreaterThan(0.6);
    }
  }
}
