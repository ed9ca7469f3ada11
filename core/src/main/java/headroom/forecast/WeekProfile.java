package headroom.forecast;

import headroom.stats.Quantiles;
import java.util.Arrays;
import java.util.List;

/**
 * Daily peaks in logs, taken apart: a level that bends slowly, a week that repeats, and a rest.
 *
 * <p>The level at a day is a robust line through the 29 days around it: its slope the median of the
 * slopes between days one, two and three weeks apart (Theil and Sen; a week cancels out), its
 * height the median. Holidays, gaps and campaigns shorter than two weeks do not move it.
 *
 * @param day by index 0..6, where index 0 is the weekday of the first day; logs, median about 0
 * @param rest what level and week leave, NaN for days without data; outlying days included
 * @param outlying days that no trend should follow
 * @param sigma robust deviation of the rest
 */
@SuppressWarnings("ArrayRecordComponent") // shared, read only
record WeekProfile(double[] day, double[] level, double[] rest, boolean[] outlying, double sigma) {
  private static final int DAYS = 7;
  private static final int REACH = 14;
  private static final int ROUNDS = 3;
  private static final double OUTLYING = 3.5;
  private static final double SMALLEST_SIGMA = 0.004;

  /**
   * Takes at least four weeks of logs apart.
   *
   * @param logs by day, NaN where a day was not seen
   * @param breaks rising days at which another regime begins; no line reaches across one
   */
  static WeekProfile of(double[] logs, List<Integer> breaks) {
    int n = logs.length;
    double[] day = new double[DAYS];
    double[] level = new double[n];
    double[] rest = new double[n];
    for (int round = 0; round < ROUNDS; round++) {
      double[] plain = new double[n];
      for (int i = 0; i < n; i++) {
        plain[i] = logs[i] - day[i % DAYS];
      }
      for (int i = 0; i < n; i++) {
        level[i] = lineAt(plain, i, breaks);
        rest[i] = plain[i] - level[i];
      }
      if (round < ROUNDS - 1) {
        improve(day, rest);
      }
    }
    double[] seen = Arrays.stream(rest).filter(value -> !Double.isNaN(value)).toArray();
    double sigma = Math.max(SMALLEST_SIGMA, Quantiles.robustSigma(seen));
    boolean[] outlying = new boolean[n];
    for (int i = 0; i < n; i++) {
      outlying[i] = Math.abs(rest[i]) > OUTLYING * sigma;
    }
    return new WeekProfile(day, level, rest, outlying, sigma);
  }

  private static void improve(double[] day, double[] rest) {
    double[] add = new double[DAYS];
    for (int weekday = 0; weekday < DAYS; weekday++) {
      double[] values = new double[rest.length / DAYS + 1];
      int count = 0;
      for (int i = weekday; i < rest.length; i += DAYS) {
        if (!Double.isNaN(rest[i])) {
          values[count++] = rest[i];
        }
      }
      add[weekday] = count == 0 ? 0 : Quantiles.median(Arrays.copyOf(values, count));
    }
    for (int weekday = 0; weekday < DAYS; weekday++) {
      day[weekday] += add[weekday];
    }
    double middle = Quantiles.mean(day);
    for (int weekday = 0; weekday < DAYS; weekday++) {
      day[weekday] -= middle;
    }
  }

  private static double lineAt(double[] plain, int at, List<Integer> breaks) {
    int begin = breaks.stream().filter(day -> day <= at).mapToInt(day -> day).max().orElse(0);
    int end =
        breaks.stream().filter(day -> day > at).mapToInt(day -> day).min().orElse(plain.length);
    int from = Math.max(begin, Math.min(at - REACH, end - 2 * REACH - 1));
    int to = Math.min(end, from + 2 * REACH + 1);
    double[] slopes = new double[3 * (to - from)];
    int count = 0;
    for (int lag = DAYS; lag <= 3 * DAYS; lag += DAYS) {
      for (int i = from; i + lag < to; i++) {
        double slope = (plain[i + lag] - plain[i]) / lag;
        if (!Double.isNaN(slope)) {
          slopes[count++] = slope;
        }
      }
    }
    double slope = count == 0 ? 0 : Quantiles.median(Arrays.copyOf(slopes, count));
    double[] heights = new double[to - from];
    int seen = 0;
    for (int i = from; i < to; i++) {
      if (!Double.isNaN(plain[i])) {
        heights[seen++] = plain[i] - slope * (i - at);
      }
    }
    return seen == 0 ? Double.NaN : Quantiles.median(Arrays.copyOf(heights, seen));
  }
}
