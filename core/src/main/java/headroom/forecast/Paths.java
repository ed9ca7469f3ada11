package headroom.forecast;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.random.RandomGenerator;

/**
 * Ways in which daily peaks may go on, drawn day by day; for when they reach something, as the
 * highest of them until each day:
 *
 * <pre>
 *   log peak      ╭─╮    ╭──╮            highest so far       ╭────────
 *            ╭─╮╭─╯ ╰────╯  ╰──                         ╭─────╯
 *            ╯ ╰╯                                  ╭────╯
 * </pre>
 *
 * A path is a draw of level and slope, which wander and may break again as they have before, the
 * week, and blocks of a week of what was left over in the past, outlying days included: what
 * happened in the past may happen again.
 *
 * @param logs by path and day
 */
@SuppressWarnings("ArrayRecordComponent") // shared, read only
record Paths(float[][] logs) {
  private static final int WEEK = 7;
  private static final double STEEPEST = 0.05;
  private static final double BREAK_LEVEL = 0.15;
  private static final double BREAK_SLOPE = 0.003;
  private static final double EARLIER_BREAKS = 0.35;

  /** A plan is taken to be right to a fifth of the growth and a seventh of a launch. */
  private static final double PLAN_DOUBT = 0.2;

  private static final double LAUNCH_DOUBT = 0.15;

  /** What is known at the end of the history. */
  record Outlook(TrendEnsemble trend, double[] weekByDay, double[] rest, int daysSeen) {}

  /**
   * Draws paths.
   *
   * @param start the day at index 0 of every path, the one after the last of {@code rest}
   */
  static Paths draw(
      Outlook outlook,
      GrowthPlan plan,
      LocalDate start,
      int count,
      int days,
      RandomGenerator random) {
    float[][] logs = new float[count][days];
    int n = outlook.rest.length;
    for (float[] path : logs) {
      double[] launches = launches(plan, start, days, random);
      TrendEnsemble.Way way = outlook.trend.pick(random);
      TrendFilter.Member member = way.filter().member();
      double[] state = way.filter().draw(random, outlook.trend.widening());
      double level = state[0];
      double slope = state[1];
      double rest = state[2];
      double theta = member.theta();
      double slopeNoise = member.slopeNoise();
      double hazard =
          WEEK
              * (way.breaks().size() + EARLIER_BREAKS)
              / (outlook.daysSeen + TrendEnsemble.DAYS_BETWEEN_BREAKS);
      if (plan.growthPerDay().isPresent()) {
        slope = plan.growthPerDay().getAsDouble() * (1 + PLAN_DOUBT * random.nextGaussian());
        theta = 0;
        slopeNoise = 0;
        hazard = 0;
      }
      int block = 0;
      for (int day = 0; day < days; day++) {
        if (day % WEEK == 0) {
          block = block(n, random);
          level += member.levelNoise() * Math.sqrt(WEEK) * random.nextGaussian();
          slope += slopeNoise * Math.sqrt(WEEK) * random.nextGaussian();
          if (hazard > 0 && random.nextDouble() < hazard) {
            level += BREAK_LEVEL * random.nextGaussian();
            slope += BREAK_SLOPE * random.nextGaussian();
          }
          slope = Math.clamp(slope, -STEEPEST, STEEPEST);
        }
        level += slope;
        slope -= theta * slope * slope;
        rest *= member.phi();
        double left = outlook.rest[block + day % WEEK];
        path[day] =
            (float)
                (level
                    + rest
                    + outlook.weekByDay[(n + day) % WEEK]
                    + (Double.isNaN(left) ? 0 : left)
                    + launches[day]);
      }
    }
    return new Paths(logs);
  }

  /** The same with the highest day so far in place of each; these are overwritten. */
  Paths highestSoFar() {
    for (float[] path : logs) {
      for (int day = 1; day < path.length; day++) {
        path[day] = Math.max(path[day - 1], path[day]);
      }
    }
    return this;
  }

  /** What all of them say of a day. */
  double[] ofDay(int day) {
    double[] some = new double[logs.length];
    for (int i = 0; i < some.length; i++) {
      some[i] = logs[i][day];
    }
    return some;
  }

  /** The start of a week of the past that begins on the same weekday as the days to come. */
  private static int block(int n, RandomGenerator random) {
    int weekday = n % WEEK;
    int blocks = (n - weekday) / WEEK;
    return weekday + WEEK * random.nextInt(blocks);
  }

  private static double[] launches(
      GrowthPlan plan, LocalDate start, int days, RandomGenerator random) {
    double[] logs = new double[days];
    List<GrowthPlan.Launch> launches = plan.launches();
    for (GrowthPlan.Launch launch : launches) {
      long day = ChronoUnit.DAYS.between(start, launch.date());
      double log = Math.log(launch.factor()) * (1 + LAUNCH_DOUBT * random.nextGaussian());
      // One that lies in the past is in the history already.
      for (int i = (int) Math.min(Math.max(day, 0), days); day >= 0 && i < days; i++) {
        logs[i] += log;
      }
    }
    return logs;
  }

  /** The day on which each path first reaches its own wall, {@code days} for never; rising. */
  int[] reach(ToIntFunction<float[]> first) {
    return Arrays.stream(logs).mapToInt(first).sorted().toArray();
  }
}
