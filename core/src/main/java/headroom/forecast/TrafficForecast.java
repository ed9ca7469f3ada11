package headroom.forecast;

import headroom.stats.Quantiles;
import headroom.wall.Estimate;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.hipparchus.distribution.continuous.NormalDistribution;

/**
 * How daily peaks may go on, and when they reach a wall. See {@code docs/math/forecast.md}.
 *
 * <p>A forecast looks ahead half as far as it looks back, unless a plan says how it goes on.
 */
public final class TrafficForecast {
  /** Days of peaks below which history says nothing about growth. */
  public static final int FEWEST_DAYS = 28;

  private static final int PATHS = 1_000;
  private static final int FARTHEST_DAYS = 730;
  private static final int SHORTEST_LOOK = 60;
  private static final int BESIDE_BREAK = 4;
  private static final int AFTER_LAUNCH = 7;
  private static final int FEWEST_FOR_LEVEL = 3;

  /** Above weekends, below what is odd. */
  private static final double BUSY_DAY = 0.8;

  private static final double UNKNOWN_SIGMA = 0.06;

  private final LocalDate start;
  private final int horizonDays;
  private final Paths paths;
  private final RandomGenerator random;

  private TrafficForecast(LocalDate start, int horizonDays, Paths paths, RandomGenerator random) {
    this.start = start;
    this.horizonDays = horizonDays;
    this.paths = paths;
    this.random = random;
  }

  /**
   * The forecast, empty with fewer than 28 days of peaks and no plan for the growth.
   *
   * @param today the forecast starts here, or after the last peak if that is later
   * @param peakPerSecond today's peak, for a plan on a history of a day or two
   */
  public static Optional<TrafficForecast> of(
      DailyPeaks peaks,
      double peakPerSecond,
      LocalDate today,
      GrowthPlan plan,
      RandomGenerator random) {
    boolean enough = peaks.seen() >= FEWEST_DAYS;
    if (!enough && plan.growthPerDay().isEmpty()) {
      return Optional.empty();
    }
    LocalDate after = peaks.last().plusDays(1);
    LocalDate start = peaks.span() == 0 || today.isAfter(after) ? today : after;
    Paths.Outlook outlook = enough ? seen(peaks, start) : planned(peaks, peakPerSecond);
    int horizon = horizon(peaks, start, plan);
    int look = Math.min(FARTHEST_DAYS, Math.max(SHORTEST_LOOK, 2 * horizon));
    Paths paths = Paths.draw(outlook, plan, start, PATHS, look, random).highestSoFar();
    return Optional.of(new TrafficForecast(start, horizon, paths, random));
  }

  /**
   * The peak of each of the next days, as far as history tells; empty with fewer than 28 days of
   * peaks.
   *
   * @param coverage of their intervals, each for itself
   */
  public static Optional<List<Estimate>> days(
      DailyPeaks peaks, int days, double coverage, RandomGenerator random) {
    if (peaks.seen() < FEWEST_DAYS) {
      return Optional.empty();
    }
    LocalDate start = peaks.last().plusDays(1);
    Paths paths = Paths.draw(seen(peaks, start), GrowthPlan.NONE, start, PATHS, days, random);
    List<Estimate> ahead = new ArrayList<>();
    for (int day = 0; day < days; day++) {
      double[] logs = paths.ofDay(day);
      ahead.add(
          new Estimate(
              Math.exp(Quantiles.of(logs, (1 - coverage) / 2)),
              Math.exp(Quantiles.median(logs)),
              Math.exp(Quantiles.of(logs, (1 + coverage) / 2)),
              coverage));
    }
    return Optional.of(ahead);
  }

  /** Half of what was seen; with a plan as far as that says something. */
  private static int horizon(DailyPeaks peaks, LocalDate start, GrowthPlan plan) {
    if (plan.growthPerDay().isPresent()) {
      return FARTHEST_DAYS;
    }
    long days = peaks.span() / 2;
    for (GrowthPlan.Launch launch : plan.launches()) {
      days = Math.max(days, ChronoUnit.DAYS.between(start, launch.date()) + AFTER_LAUNCH);
    }
    return (int) Math.min(FARTHEST_DAYS, days);
  }

  private static Paths.Outlook seen(DailyPeaks peaks, LocalDate start) {
    int n = (int) (start.toEpochDay() - peaks.first().toEpochDay());
    double[] logs = new double[n];
    for (int i = 0; i < n; i++) {
      logs[i] = i < peaks.span() ? Math.log(peaks.perSecond()[i]) : Double.NaN;
    }
    WeekProfile week = WeekProfile.of(logs, List.of());
    TrendEnsemble trend = fit(logs, week);
    if (!trend.breaks().isEmpty()) {
      week = WeekProfile.of(logs, trend.breaks());
      trend = fit(logs, week);
    }
    return new Paths.Outlook(trend, week.day(), unbroken(week, trend.breaks()), n);
  }

  /**
   * What is left over, but for outlying days beside a break: its day is known to a few days only,
   * so they may belong to the other regime, and would come again as bursts that never were.
   */
  private static double[] unbroken(WeekProfile week, List<Integer> breaks) {
    double[] rest = week.rest().clone();
    for (int day : breaks) {
      int to = Math.min(rest.length, day + BESIDE_BREAK + 1);
      for (int i = Math.max(0, day - BESIDE_BREAK); i < to; i++) {
        rest[i] = week.outlying()[i] ? Double.NaN : rest[i];
      }
    }
    return rest;
  }

  private static TrendEnsemble fit(double[] logs, WeekProfile week) {
    double[] plain = new double[logs.length];
    for (int i = 0; i < plain.length; i++) {
      plain[i] = week.outlying()[i] ? Double.NaN : logs[i] - week.day()[i % 7];
    }
    return TrendEnsemble.fit(plain, week.level(), week.sigma());
  }

  /** Today's level and nothing else: the growth is the plan's. */
  private static Paths.Outlook planned(DailyPeaks peaks, double peakPerSecond) {
    double[] logs =
        Arrays.stream(peaks.perSecond()).filter(peak -> peak > 0).map(Math::log).toArray();
    double level =
        logs.length >= FEWEST_FOR_LEVEL ? Quantiles.of(logs, BUSY_DAY) : Math.log(peakPerSecond);
    TrendEnsemble trend = TrendEnsemble.standing(level, UNKNOWN_SIGMA);
    return new Paths.Outlook(trend, new double[7], new double[7], logs.length);
  }

  /** The first day of the forecast. */
  public LocalDate start() {
    return start;
  }

  /** How many days ahead a date may be named. */
  public int horizonDays() {
    return horizonDays;
  }

  /**
   * When daily peaks reach a wall.
   *
   * @param multiple of {@code peakPerSecond} at which the wall is, with its interval
   */
  public Passage reach(Estimate multiple, double peakPerSecond) {
    double sigmas =
        new NormalDistribution().inverseCumulativeProbability((1 + multiple.coverage()) / 2);
    double below = Math.log(multiple.median() / multiple.low()) / sigmas;
    double above = Math.log(multiple.high() / multiple.median()) / sigmas;
    double median = Math.log(multiple.median() * peakPerSecond);
    int look = paths.logs()[0].length;
    return new Passage(
        paths.reach(path -> {
          double z = random.nextGaussian();
          return firstAtLeast(path, median + z * (z < 0 ? below : above));
        }),
        look);
  }

  private static int firstAtLeast(float[] rising, double value) {
    int low = 0;
    int high = rising.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (rising[middle] >= value) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}
