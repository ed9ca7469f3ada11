package headroom.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SmallStatisticsTest {
  @Test
  void quantilesLieBetweenNeighbours() {
    double[] values = {5, 1, 3};
    assertThat(Quantiles.of(values, 0)).isEqualTo(1);
    assertThat(Quantiles.median(values)).isEqualTo(3);
    assertThat(Quantiles.of(values, 0.75)).isEqualTo(4);
    assertThat(Quantiles.of(values, 1)).isEqualTo(5);
    assertThat(values).containsExactly(5, 1, 3);
    assertThatThrownBy(() -> Quantiles.median(new double[0])).hasMessageContaining("got none");
  }

  @Test
  void robustSigmaIsThatOfNormalNoise() {
    var random = new SplittableRandom(5);
    double[] values = new double[20_000];
    Arrays.setAll(values, i -> 7 + 2 * random.nextGaussian());
    values[0] = 1e9;
    assertThat(Quantiles.robustSigma(values)).isCloseTo(2, within(0.06));
  }

  @Test
  void autocorrelationIsFoundAndBounded() {
    var random = new SplittableRandom(6);
    double[] noise = new double[2_000];
    double[] sticky = new double[2_000];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = random.nextGaussian();
      sticky[i] = (i == 0 ? 0 : 0.6 * sticky[i - 1]) + random.nextGaussian();
    }
    assertThat(Autocorrelation.lagOne(noise)).isLessThan(0.06);
    assertThat(Autocorrelation.lagOne(sticky)).isCloseTo(0.6, within(0.06));
    assertThat(Autocorrelation.lagOne(new double[] {1, 2, 3, 4, 5, 6, 7, 8})).isLessThan(0.91);
    assertThat(Autocorrelation.lagOne(new double[] {4, 4, 4, 4, 4})).isZero();
    assertThat(Autocorrelation.varianceInflation(0.5)).isEqualTo(3);
  }

  @Test
  void correlationOfSeries() {
    assertThat(Correlation.of(new double[] {1, 2, 3}, new double[] {2, 4, 6}))
        .isCloseTo(1, within(1e-12));
    assertThat(Correlation.of(new double[] {1, 2, 3}, new double[] {3, 2, 1}))
        .isCloseTo(-1, within(1e-12));
    assertThat(Correlation.of(new double[] {1, 1, 1}, new double[] {3, 2, 1})).isZero();
  }

  @Test
  void risingValuesStayAndFallingOnesArePooled() {
    assertThat(Isotonic.rising(new double[] {1, 2, 3})).containsExactly(1, 2, 3);
    assertThat(Isotonic.rising(new double[] {1, 4, 2, 6})).containsExactly(1, 3, 3, 6);
    assertThat(Isotonic.rising(new double[] {9, 1, 2})).containsExactly(4, 4, 4);
    assertThat(Isotonic.rising(new double[] {})).isEmpty();
  }
}
