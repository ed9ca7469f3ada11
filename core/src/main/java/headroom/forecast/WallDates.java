package headroom.forecast;

import headroom.wall.Estimate;
import headroom.wall.Wall;
import headroom.wall.Walls;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The date of every wall that has a multiple, or why there is none. */
public final class WallDates {
  private static final double COVERAGE = 0.9;
  private static final int[] WITHIN_DAYS = {30, 90, 180};

  private final DailyPeaks peaks;
  private final GrowthPlan plan;
  private final @Nullable TrafficForecast forecast;
  private final double peakPerSecond;

  private WallDates(
      DailyPeaks peaks, GrowthPlan plan, @Nullable TrafficForecast forecast, double peakPerSecond) {
    this.peaks = peaks;
    this.plan = plan;
    this.forecast = forecast;
    this.peakPerSecond = peakPerSecond;
  }

  /**
   * The walls with dates.
   *
   * @param peaks of the days until now
   * @param plan what is expected to come
   */
  public static Walls on(Walls walls, DailyPeaks peaks, GrowthPlan plan, RandomGenerator random) {
    Walls.Load load = walls.load();
    if (load == null) {
      return walls;
    }
    LocalDate today = LocalDate.ofInstant(walls.asOf(), ZoneOffset.UTC);
    Optional<TrafficForecast> forecast =
        TrafficForecast.of(peaks, load.peakPerSecond(), today, plan, random);
    var dates = new WallDates(peaks, plan, forecast.orElse(null), load.peakPerSecond());
    return walls.with(walls.walls().stream().map(dates::on).toList());
  }

  private Wall on(Wall wall) {
    Estimate multiple = wall.multiple();
    if (multiple == null) {
      return wall;
    }
    if (forecast == null) {
      return wall.dated(null, tooShort());
    }
    Passage passage = forecast.reach(multiple, peakPerSecond);
    OptionalInt median = passage.quantile(0.5);
    if (median.isEmpty() || median.getAsInt() >= Math.max(1, forecast.horizonDays())) {
      return wall.dated(null, beyond(passage, forecast));
    }
    return wall.dated(date(passage, median.getAsInt(), forecast), null);
  }

  private Wall.DateEstimate date(Passage passage, int median, TrafficForecast from) {
    LocalDate start = from.start();
    OptionalInt high = passage.quantile((1 + COVERAGE) / 2);
    SortedMap<Integer, Double> within = new TreeMap<>();
    for (int days : WITHIN_DAYS) {
      if (days <= from.horizonDays()) {
        within.put(days, passage.within(days));
      }
    }
    return new Wall.DateEstimate(
        start.plusDays(passage.quantile((1 - COVERAGE) / 2).orElse(median)),
        start.plusDays(median),
        start.plusDays(high.orElse(passage.reach())),
        COVERAGE,
        high.isEmpty(),
        within,
        basis());
  }

  private String basis() {
    String days = peaks.seen() == 1 ? "1 day of peaks" : peaks.seen() + " days of peaks";
    if (plan.isEmpty()) {
      return "trend of " + days;
    }
    return plan.growthPerDay().isPresent()
        ? "scenario from your plan, on " + days
        : "trend of " + days + " and your planned launches";
  }

  private String tooShort() {
    return String.format(
        Locale.ROOT,
        "not enough history for a date: %d of %d days of peaks; a growth plan would give a"
            + " scenario",
        peaks.seen(),
        TrafficForecast.FEWEST_DAYS);
  }

  /** What is said of a wall whose median lies beyond the horizon. */
  private static String beyond(Passage passage, TrafficForecast from) {
    int sure = from.horizonDays();
    OptionalInt low = passage.quantile((1 - COVERAGE) / 2);
    if (low.isPresent()) {
      sure = Math.min(sure, low.getAsInt());
    }
    return String.format(
        Locale.ROOT,
        "not before %s (95 %%); the history carries %d days ahead, within which the chance is %.0f"
            + " %%",
        from.start().plusDays(sure),
        from.horizonDays(),
        100 * passage.within(from.horizonDays()));
  }
}
