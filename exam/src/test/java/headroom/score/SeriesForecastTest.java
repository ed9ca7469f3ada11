package headroom.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SeriesForecastTest {
  /** 100 with noise of 5 % and busy Mondays. */
  private static double[] days(int from, int to, long seed) {
    var random = new SplittableRandom(seed);
    return IntStream.range(from, to)
        .mapToDouble(day -> 100 * (day % 7 == 0 ? 1.5 : 1) * Math.exp(0.05 * random.nextGaussian()))
        .toArray();
  }

  @Test
  void aWeekIsForecastBetterThanByItsLastDay() {
    SeriesForecast.Score score = new SeriesForecast.Score("Daily");
    for (int seed = 0; seed < 20; seed++) {
      score.add(SeriesForecast.ofDays(days(0, 140, seed), days(140, 154, seed + 1_000), 1), 0.002);
    }
    assertThat(score.series()).isEqualTo(20);
    // The scale is 19: five days differ by 5.6 from the day before, two by 50.
    assertThat(score.mase()).isBetween(0.15, 0.35);
    assertThat(score.naiveMase()).isGreaterThan(1.5 * score.mase());
    assertThat(score.coverage95()).isBetween(0.88, 1.0);
    assertThat(score.msis()).isBetween(0.8, 2.5);
    assertThat(score.millis()).isCloseTo(2, within(1e-9));
  }

  @Test
  void theNaiveErrorIsThatOfTheCompetition() {
    double[] history = IntStream.range(0, 100).mapToDouble(day -> 10 + day % 2).toArray();

    SeriesForecast one = SeriesForecast.ofDays(history, new double[] {12, 9, 11}, 1).orElseThrow();

    // Steps of 1 in the history; 11 is off by 1, 2 and 0.
    assertThat(one.naiveMase()).isCloseTo(1, within(1e-9));
    assertThat(one.days()).isEqualTo(3);
  }

  @Test
  void ofHoursThePeaksOfDaysAreForecast() {
    var random = new SplittableRandom(4);
    double[] hours =
        IntStream.range(0, 700 + 48)
            .mapToDouble(hour ->
                (50 + 40 * Math.sin(hour * Math.PI / 12)) * (1 + 0.02 * random.nextGaussian()))
            .toArray();

    SeriesForecast one =
        SeriesForecast.ofHours(Arrays.copyOf(hours, 700), Arrays.copyOfRange(hours, 700, 748), 1)
            .orElseThrow();

    assertThat(one.days()).isEqualTo(2);
    assertThat(one.mase()).isLessThan(3);
  }

  @Test
  void whatCannotBeForecastIsPassedOver() {
    assertThat(SeriesForecast.ofDays(days(0, 27, 1), new double[] {100}, 1)).isEmpty();
    double[] withZero = days(0, 100, 1);
    withZero[50] = 0;
    assertThat(SeriesForecast.ofDays(withZero, new double[] {100}, 1)).isEmpty();
    double[] flat = new double[100];
    Arrays.fill(flat, 3);
    assertThat(SeriesForecast.ofDays(flat, new double[] {3}, 1)).isEmpty();
    assertThat(SeriesForecast.ofHours(new double[100], new double[10], 1)).isEmpty();
    assertThat(SeriesForecast.ofDays(days(0, 100, 1), new double[0], 1))
        .isEqualTo(Optional.empty());
  }
}
