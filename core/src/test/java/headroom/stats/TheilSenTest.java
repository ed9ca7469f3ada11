package headroom.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TheilSenTest {
  private static double[] times(int n) {
    double[] times = new double[n];
    for (int i = 0; i < n; i++) {
      times[i] = i;
    }
    return times;
  }

  @Test
  void aLineIsFoundThroughOutliers() {
    double[] y = new double[40];
    for (int i = 0; i < y.length; i++) {
      y[i] = 5 + 2 * i + (i % 9 == 0 ? 500 : 0);
    }
    assertThat(TheilSen.of(times(40), y, 2.576).slope()).isCloseTo(2, within(0.05));
  }

  @Test
  void intervalsHoldWhatTheySayForIndependentAndForCorrelatedNoise() {
    for (double phi : new double[] {0, 0.5}) {
      var random = new SplittableRandom(3);
      int inside = 0;
      int runs = 400;
      for (int run = 0; run < runs; run++) {
        double[] y = new double[80];
        double noise = 0;
        for (int i = 0; i < y.length; i++) {
          noise = phi * noise + random.nextGaussian();
          y[i] = 0.02 * i + noise;
        }
        TheilSen trend = TheilSen.of(times(80), y, 1.645);
        inside += trend.low() <= 0.02 && trend.high() >= 0.02 ? 1 : 0;
      }
      assertThat((double) inside / runs).as("phi %s", phi).isBetween(0.83, 0.97);
    }
  }

  @Test
  void needsFourValues() {
    assertThatThrownBy(() -> TheilSen.of(times(3), times(3), 2))
        .hasMessageContaining("at least four values");
  }
}
