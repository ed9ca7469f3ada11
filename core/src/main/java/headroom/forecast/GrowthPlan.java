package headroom.forecast;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is expected to come that history does not show.
 *
 * @param growthPerDay ln of the growth from day to day, in place of the trend; empty to keep it
 * @param launches rising by date
 */
public record GrowthPlan(OptionalDouble growthPerDay, List<Launch> launches) {
  /** A plan of nothing: growth is what history shows. */
  public static final GrowthPlan NONE = new GrowthPlan(OptionalDouble.empty(), List.of());

  private static final int MOST_LAUNCHES = 20;
  private static final double DAYS_PER_YEAR = 365.25;
  private static final Pattern GROWTH =
      Pattern.compile("([+-]?\\d{1,4}(?:\\.\\d{1,6})?)\\s*%\\s*(?:/|per|a)\\s*(week|month|year)");
  private static final Pattern LAUNCH =
      Pattern.compile("(\\d{4}-\\d{2}-\\d{2})\\s*:\\s*(\\d{1,4}(?:\\.\\d{1,6})?)\\s*x");

  /**
   * Something that multiplies traffic from a day on.
   *
   * @param factor &gt; 0; 2.5 is two and a half times the traffic
   */
  public record Launch(LocalDate date, double factor) {
    public Launch {
      if (!(factor > 0 && factor <= 1_000)) {
        throw new IllegalArgumentException(
            "a launch's factor must be above 0 and at most 1000, got " + factor);
      }
    }
  }

  public GrowthPlan {
    launches = launches.stream().sorted(Comparator.comparing(Launch::date)).toList();
    if (launches.size() > MOST_LAUNCHES) {
      throw new IllegalArgumentException(
          "at most %d launches can be planned, got %d".formatted(MOST_LAUNCHES, launches.size()));
    }
  }

  /** Whether there is nothing in it. */
  public boolean isEmpty() {
    return growthPerDay.isEmpty() && launches.isEmpty();
  }

  /**
   * This plan with a growth such as {@code 8%/month}, {@code 40%/year} or {@code -2%/week}.
   *
   * @throws IllegalArgumentException saying what is possible
   */
  public GrowthPlan withGrowth(String text) {
    Matcher matcher = GROWTH.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (matcher.matches()) {
      double ratio = 1 + Double.parseDouble(matcher.group(1)) / 100;
      double days =
          switch (matcher.group(2)) {
            case "week" -> 7;
            case "month" -> DAYS_PER_YEAR / 12;
            default -> DAYS_PER_YEAR;
          };
      double perDay = Math.log(ratio) / days;
      if (ratio > 0 && Math.abs(perDay) <= 0.1) {
        return new GrowthPlan(OptionalDouble.of(perDay), launches);
      }
    }
    throw new IllegalArgumentException(
        "growth must be such as 8%/month, 40%/year or 2%/week, got '" + text + "'");
  }

  /**
   * This plan with a launch such as {@code 2026-12-01:2.5x}.
   *
   * @throws IllegalArgumentException saying what is possible
   */
  public GrowthPlan withLaunch(String text) {
    Matcher matcher = LAUNCH.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (matcher.matches()) {
      try {
        List<Launch> more = new ArrayList<>(launches);
        more.add(
            new Launch(LocalDate.parse(matcher.group(1)), Double.parseDouble(matcher.group(2))));
        return new GrowthPlan(growthPerDay, more);
      } catch (DateTimeException noSuchDay) {
        throw new IllegalArgumentException("there is no such day in '" + text + "'", noSuchDay);
      }
    }
    throw new IllegalArgumentException(
        "a launch must be a date and a factor such as 2026-12-01:2.5x, got '" + text + "'");
  }
}
