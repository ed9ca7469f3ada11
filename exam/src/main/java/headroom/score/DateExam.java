package headroom.score;

import headroom.forecast.DailyPeaks;
import headroom.forecast.GrowthPlan;
import headroom.forecast.TrafficForecast;
import headroom.wall.Estimate;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** One date predicted beside the day on which traffic really got there. */
final class DateExam {
  private static final LocalDate BEGIN = LocalDate.of(2025, 1, 6);
  private static final int FEWEST_WEEKS = 5;
  private static final int MOST_WEEKS = 50;
  private static final double LEAST_MULTIPLE = 1.2;
  private static final double MOST_MULTIPLE = 3.5;
  private static final int LATEST_LAUNCH = 120;
  private static final double SIGMAS_OF_90 = 1.6448536;

  private DateExam() {}

  static DateResult take(Seeds set, int number) {
    var random = new SplittableRandom(set.seed("dates", number));
    int weeks = FEWEST_WEEKS + random.nextInt(MOST_WEEKS - FEWEST_WEEKS + 1);
    // Today is any day of the week.
    int days = 7 * weeks + random.nextInt(7);
    var history = new ArrivalHistory(days, random);
    GrowthPlan plan = GrowthPlan.NONE;
    if (random.nextDouble() < 0.15) {
      int ahead = 1 + random.nextInt(LATEST_LAUNCH);
      double said = 1.2 + 0.8 * random.nextDouble();
      double factor = Math.pow(said, 1 + 0.15 * random.nextGaussian());
      history.launch(days + ahead, factor);
      plan =
          new GrowthPlan(
              OptionalDouble.empty(),
              List.of(new GrowthPlan.Launch(BEGIN.plusDays(days + ahead), said)));
    }
    double[] rates = history.perSecond();
    double[] seen = history.seen(rates);
    double reference = ArrivalHistory.reference(seen);
    double wall =
        history.usualPeak(days)
            * LEAST_MULTIPLE
            * Math.pow(MOST_MULTIPLE / LEAST_MULTIPLE, random.nextDouble());
    double sigma = 0.02 + 0.06 * random.nextDouble();
    double median = wall / reference * Math.exp(sigma * random.nextGaussian());
    double spread = Math.exp(SIGMAS_OF_90 * sigma);
    var multiple = new Estimate(median / spread, median, median * spread, 0.9);
    LocalDate today = BEGIN.plusDays(days);
    TrafficForecast forecast =
        TrafficForecast.of(DailyPeaks.ofHours(BEGIN, seen), reference, today, plan, random.split())
            .orElse(null);
    return new DateResult(
        number,
        history,
        weeks,
        !plan.isEmpty(),
        trueLead(rates, days, wall),
        forecast == null ? null : forecast.reach(multiple, reference),
        forecast == null ? 0 : forecast.horizonDays());
  }

  /** Days from the first day of the future to the one on which the busiest hour reaches a wall. */
  private static OptionalInt trueLead(double[] rates, int today, double wall) {
    DailyPeaks all = DailyPeaks.ofHours(BEGIN, rates);
    double[] peaks = all.perSecond();
    return Arrays.stream(peaks).anyMatch(Double::isNaN)
        ? OptionalInt.empty()
        : IntStream.range(today, peaks.length)
            .filter(day -> peaks[day] >= wall)
            .map(day -> day - today)
            .findFirst();
  }
}
