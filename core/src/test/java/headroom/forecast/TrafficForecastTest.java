package headroom.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import headroom.wall.Estimate;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class TrafficForecastTest {
  private static final LocalDate BEGIN = LocalDate.of(2026, 1, 5);
  private static final double NOISE = 0.03;

  /** Daily peaks of 100/s times this, with a quieter weekend and noise. */
  private static DailyPeaks peaks(int days, IntToDoubleFunction factor) {
    var random = new SplittableRandom(11);
    double[] peaks =
        IntStream.range(0, days)
            .mapToDouble(day ->
                100
                    * factor.applyAsDouble(day)
                    * (day % 7 >= 5 ? 0.6 : 1)
                    * Math.exp(NOISE * random.nextGaussian()))
            .toArray();
    return new DailyPeaks(BEGIN, peaks);
  }

  private static Passage reach(DailyPeaks peaks, double perSecond, GrowthPlan plan) {
    return forecast(peaks, plan)
        .orElseThrow()
        .reach(new Estimate(perSecond * 0.98, perSecond, perSecond * 1.02, 0.9), 1);
  }

  private static Optional<TrafficForecast> forecast(DailyPeaks peaks, GrowthPlan plan) {
    return TrafficForecast.of(peaks, 100, peaks.last().plusDays(1), plan, new SplittableRandom(5));
  }

  @Test
  void steadyGrowthIsDatedAndTheIntervalHoldsTheDay() {
    // 0.5 % a day: 1.4 times the last peak is 67 days away, less what noise gains.
    DailyPeaks peaks = peaks(200, day -> Math.exp(0.005 * day));
    double wall = 100 * Math.exp(0.005 * 200) * 1.4;
    Passage passage = reach(peaks, wall, GrowthPlan.NONE);

    assertThat(passage.quantile(0.5).orElseThrow()).isBetween(55, 70);
    assertThat(passage.quantile(0.05).orElseThrow()).isLessThan(64);
    assertThat(passage.quantile(0.95).orElseThrow()).isBetween(60, 120);
    assertThat(passage.within(30)).isLessThan(0.05);
    assertThat(passage.within(120)).isGreaterThan(0.9);
  }

  @Test
  void trafficThatStandsIsGivenNoDate() {
    Passage passage = reach(peaks(200, day -> 1), 180, GrowthPlan.NONE);

    assertThat(passage.quantile(0.5)).isEmpty();
    assertThat(passage.within(100)).isLessThan(0.1);
  }

  @Test
  void growthThatBeganInTheMiddleCountsAndNotTheAverage() {
    DailyPeaks peaks = peaks(240, day -> Math.exp(0.008 * Math.max(0, day - 160)));
    // 64 per cent more at 0.8 % a day is 62 days; the average slope would take 186.
    double wall = 100 * Math.exp(0.008 * 80) * 1.64;
    assertThat(reach(peaks, wall, GrowthPlan.NONE).quantile(0.5).orElseThrow()).isBetween(45, 80);
  }

  @Test
  void aLevelThatJumpedIsKeptAndItsJumpIsNotGrowth() {
    DailyPeaks peaks = peaks(200, day -> day < 120 ? 1 : 1.6);
    assertThat(reach(peaks, 230, GrowthPlan.NONE).within(90)).isLessThan(0.3);
    // What was the peak after the jump is reached at once.
    assertThat(reach(peaks, 150, GrowthPlan.NONE).quantile(0.9).orElseThrow()).isLessThan(7);
  }

  @Test
  void holidaysAndGapsDoNotMoveTheDate() {
    IntToDoubleFunction growth = day -> Math.exp(0.005 * day);
    DailyPeaks calm = peaks(200, growth);
    double[] spoilt = calm.perSecond().clone();
    for (int day : new int[] {30, 31, 77, 120, 150, 192, 193, 194}) {
      spoilt[day] *= 0.35;
    }
    Arrays.fill(spoilt, 95, 104, Double.NaN);
    double wall = 100 * Math.exp(0.005 * 200) * 1.4;
    int before = reach(calm, wall, GrowthPlan.NONE).quantile(0.5).orElseThrow();
    int after =
        reach(new DailyPeaks(BEGIN, spoilt), wall, GrowthPlan.NONE).quantile(0.5).orElseThrow();
    assertThat(after).isCloseTo(before, within(8));
  }

  @Test
  void anAnnouncedLaunchBringsTheWallToItsDay() {
    DailyPeaks peaks = peaks(200, day -> 1);
    GrowthPlan plan = GrowthPlan.NONE.withLaunch(peaks.last().plusDays(41) + ":2.5x");
    Passage passage = reach(peaks, 180, plan);
    assertThat(passage.quantile(0.1).orElseThrow()).isBetween(39, 46);
    assertThat(passage.quantile(0.9).orElseThrow()).isBetween(39, 46);
  }

  @Test
  void lessThanFourWeeksIsNotEnoughWithoutAPlan() {
    DailyPeaks few = peaks(27, day -> 1);
    assertThat(forecast(few, GrowthPlan.NONE)).isEmpty();
    GrowthPlan plan = GrowthPlan.NONE.withGrowth("10%/month");
    // A busy day's 101/s or so becomes 178/s in ln 1.76 / ln 1.1 = 5.9 months.
    Passage passage = reach(few, 178, plan);
    assertThat(passage.quantile(0.5).orElseThrow()).isBetween(160, 200);
  }

  @Test
  void theHorizonIsHalfOfTheHistoryUnlessThereIsAPlan() {
    DailyPeaks peaks = peaks(100, day -> 1);
    assertThat(forecast(peaks, GrowthPlan.NONE).orElseThrow().horizonDays()).isEqualTo(50);
    assertThat(forecast(peaks, GrowthPlan.NONE.withGrowth("5%/month")).orElseThrow().horizonDays())
        .isEqualTo(730);
  }

  @Test
  void theSameSeedGivesTheSameDate() {
    DailyPeaks peaks = peaks(120, day -> Math.exp(0.004 * day));
    assertThat(reach(peaks, 220, GrowthPlan.NONE).days())
        .isEqualTo(reach(peaks, 220, GrowthPlan.NONE).days());
  }
}
