package headroom.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import headroom.testkit.ForAll;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class RegressionTest {
  private static final Regression.Prior VAGUE =
      new Regression.Prior(new double[] {0, 0}, new double[] {1e3, 1e3}, 0.5, 1);

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Data(double[][] x, double[] y) {}

  private static Data line(RandomGenerator random, int rows, double noise, double phi) {
    double[][] x = new double[rows][2];
    double[] y = new double[rows];
    double error = 0;
    for (int t = 0; t < rows; t++) {
      x[t][0] = 1;
      x[t][1] = 10 * random.nextDouble();
      error = phi * error + Math.sqrt(1 - phi * phi) * noise * random.nextGaussian();
      y[t] = 2 + 3 * x[t][1] + error;
    }
    return new Data(x, y);
  }

  private static double[] ones(int n) {
    double[] ones = new double[n];
    Arrays.fill(ones, 1);
    return ones;
  }

  @Test
  void findsALineWithoutNoise() {
    Data data = line(new SplittableRandom(1), 20, 0, 0);
    var fit = Regression.fit(data.x, data.y, ones(20), VAGUE);
    assertThat(fit.coefficient(0)).isCloseTo(2, within(1e-3));
    assertThat(fit.coefficient(1)).isCloseTo(3, within(1e-3));
    assertThat(fit.predict(new double[] {1, 4})).isCloseTo(14, within(1e-3));
  }

  @Test
  void outliersMoveItLittle() {
    Data data = line(new SplittableRandom(2), 60, 0.3, 0);
    data.y[10] += 200;
    data.y[40] -= 150;
    var fit = Regression.fit(data.x, data.y, ones(60), VAGUE);
    assertThat(fit.coefficient(1)).isCloseTo(3, within(0.5));
  }

  /** One sample in each row of a pool of which a quarter of a connection is in use on average. */
  @Test
  void aLevelThatIsMostlyZeroIsNoSeriesOfOutliers() {
    var random = new SplittableRandom(5);
    int rows = 600;
    double[][] x = new double[rows][2];
    double[] y = new double[rows];
    for (int t = 0; t < rows; t++) {
      x[t][0] = 1;
      x[t][1] = 10 + 20 * random.nextDouble();
      y[t] = random.nextDouble() < 0.0125 * x[t][1] ? 1 : 0;
    }
    var prior = new Regression.Prior(new double[] {0, 0.01}, new double[] {0.01, 0.006}, 0.02, 4);
    var fit = Regression.fit(x, y, ones(rows), prior);
    assertThat(fit.coefficient(1)).isCloseTo(0.0125, within(0.002));
  }

  @Test
  void withoutDataOnlyThePriorSpeaks() {
    var prior = new Regression.Prior(new double[] {1, -2}, new double[] {0.1, 0.2}, 1, 5);
    var fit = Regression.fit(new double[0][], new double[0], new double[0], prior);
    assertThat(fit.coefficient(1)).isCloseTo(-2, within(1e-12));
    assertThat(fit.standardDeviation(1)).isCloseTo(0.2, within(1e-12));
  }

  @Test
  void intervalsHoldTheTruthAsOftenAsTheySay() {
    for (double phi : new double[] {0, 0.5}) {
      int[] held = {0};
      ForAll.cases(400)
          .check(
              random -> line(random, 40, 2, phi),
              data -> {
                var fit = Regression.fit(data.x, data.y, ones(40), VAGUE);
                double away = Math.abs(fit.coefficient(1) - 3) / fit.standardDeviation(1);
                held[0] += away < 1.645 ? 1 : 0;
              });
      assertThat(held[0] / 400.0).as("coverage at autocorrelation %s", phi).isBetween(0.84, 0.99);
    }
  }

  @Test
  void drawsHaveThePosteriorsSpread() {
    Data data = line(new SplittableRandom(3), 30, 1, 0);
    var fit = Regression.fit(data.x, data.y, ones(30), VAGUE);
    var random = new SplittableRandom(4);
    double[] draws = new double[4_000];
    Arrays.setAll(draws, i -> fit.draw(random)[1]);
    assertThat(Quantiles.mean(draws)).isCloseTo(fit.coefficient(1), within(0.01));
    assertThat(Quantiles.robustSigma(draws))
        .isCloseTo(fit.standardDeviation(1), within(0.1 * fit.standardDeviation(1)));
  }
}
