package headroom.score;

import headroom.stats.Quantiles;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Traffic over months, drawn: what was seen until today, and how it really goes on.
 *
 * <p>A trend (by a factor, by an amount, standing or wandering) with changes of regime, a week, a
 * day, noise that lasts and noise that does not, holidays, campaigns of some days, hours without
 * data, and perhaps a launch that was announced. All of it goes on after today as before.
 */
final class ArrivalHistory {
  static final int FUTURE_DAYS = 800;
  private static final int HOURS = 24;

  /** The law of growth of a history. */
  enum Trend {
    EXPONENTIAL,
    LINEAR,
    STANDING,
    WANDERING
  }

  private final SplittableRandom random;
  private final Trend trend;
  private final int days;
  private final int historyDays;
  private final double[] smooth;
  private final double[] week = new double[7];
  private final double[] hours = new double[HOURS];
  private final double[] extra;
  private int breaks;
  private double growth;

  ArrivalHistory(int historyDays, SplittableRandom random) {
    this.random = random;
    this.historyDays = historyDays;
    this.days = historyDays + FUTURE_DAYS;
    double kind = random.nextDouble();
    trend =
        kind < 0.45
            ? Trend.EXPONENTIAL
            : kind < 0.7 ? Trend.LINEAR : kind < 0.83 ? Trend.STANDING : Trend.WANDERING;
    smooth = trend();
    extra = new double[days];
    week();
    day();
    holidays();
    campaigns();
  }

  private double between(double low, double high) {
    return low + (high - low) * random.nextDouble();
  }

  private double betweenLog(double low, double high) {
    return Math.exp(between(Math.log(low), Math.log(high)));
  }

  /** Per day: 2 to 30 per cent a month. */
  private double someGrowth() {
    return Math.log1p(betweenLog(0.02, 0.3)) / 30.4;
  }

  private double[] trend() {
    double[] logs = new double[days];
    growth = trend == Trend.STANDING ? 0 : someGrowth();
    double slope = growth;
    double level = Math.log(betweenLog(2, 2_000));
    boolean restless = random.nextDouble() < 0.5;
    double hazard = restless ? 1 / 400.0 : 0;
    for (int day = 0; day < days; day++) {
      logs[day] = level;
      level += slope;
      if (trend == Trend.LINEAR) {
        slope /= 1 + slope;
      } else if (trend == Trend.WANDERING) {
        slope += 0.01 * (growth - slope) + 0.07 * growth * random.nextGaussian();
      }
      if (random.nextDouble() < hazard) {
        level += 0.2 * random.nextGaussian();
        slope = trend == Trend.STANDING ? 0 : random.nextDouble() < 0.2 ? 0 : someGrowth();
        breaks += day < historyDays ? 1 : 0;
      }
    }
    return logs;
  }

  private void week() {
    double weekend = between(0.4, 1.15);
    for (int weekday = 0; weekday < 7; weekday++) {
      week[weekday] = Math.log(weekday >= 5 ? weekend : between(0.93, 1));
    }
  }

  private void day() {
    double trough = between(0.1, 0.5);
    double latest = between(0, 24);
    for (int hour = 0; hour < HOURS; hour++) {
      double tide = 0.5 + 0.5 * Math.cos(2 * Math.PI * (hour - latest) / HOURS);
      hours[hour] = Math.log(trough + (1 - trough) * tide);
    }
  }

  private void holidays() {
    double perDay = between(0, 10) / 365;
    double factor = Math.log(between(0.3, 0.8));
    for (int day = 0; day < days; day++) {
      if (random.nextDouble() < perDay) {
        extra[day] += factor;
      }
    }
    if (random.nextDouble() < 0.25) {
      int from = random.nextInt(365);
      double quiet = Math.log(between(0.5, 0.8));
      for (int start = from; start < days; start += 365) {
        for (int day = start; day < Math.min(days, start + 12); day++) {
          extra[day] += quiet;
        }
      }
    }
  }

  private void campaigns() {
    double perDay = random.nextDouble() < 0.3 ? between(0.5, 3) / 365 : 0;
    for (int day = 0; day < days; day++) {
      if (random.nextDouble() < perDay) {
        int length = 3 + random.nextInt(8);
        double factor = Math.log(between(1.1, 1.5));
        for (int i = day; i < Math.min(days, day + length); i++) {
          extra[i] += factor;
        }
      }
    }
  }

  /** Multiplies all traffic from this day on. */
  void launch(int day, double factor) {
    for (int i = day; i < days; i++) {
      smooth[i] += Math.log(factor);
    }
  }

  /** The peak of a usual busy day by then, root operations per second. */
  double usualPeak(int day) {
    return Math.exp(smooth[day] + Arrays.stream(week).max().orElseThrow());
  }

  Trend kind() {
    return trend;
  }

  int historyDays() {
    return historyDays;
  }

  int breaks() {
    return breaks;
  }

  /** Means by hour, of the past and of the future. */
  double[] perSecond() {
    double[] rates = new double[days * HOURS];
    double phi = between(0, 0.7);
    double sigma = betweenLog(0.02, 0.08);
    double jitter = between(0.005, 0.04);
    double slow = 0;
    for (int day = 0; day < days; day++) {
      slow = phi * slow + Math.sqrt(1 - phi * phi) * sigma * random.nextGaussian();
      for (int hour = 0; hour < HOURS; hour++) {
        double mean =
            Math.exp(
                smooth[day]
                    + week[day % 7]
                    + hours[hour]
                    + extra[day]
                    + slow
                    + jitter * random.nextGaussian());
        // Poisson, whose counts in an hour are large enough to be normal.
        double noise = random.nextGaussian() * Math.sqrt(mean / 3_600);
        rates[day * HOURS + hour] = Math.max(0, mean + noise);
      }
    }
    return rates;
  }

  /** What was seen of the past: gaps as NaN. */
  double[] seen(double[] perSecond) {
    double[] seen = Arrays.copyOf(perSecond, historyDays * HOURS);
    int gaps = random.nextInt(4);
    for (int gap = 0; gap < gaps; gap++) {
      int from = random.nextInt(seen.length);
      int length = (int) betweenLog(1, 96);
      Arrays.fill(seen, from, Math.min(seen.length, from + length), Double.NaN);
    }
    return seen;
  }

  /** What multiples refer to: the median of the busiest twentieth of the last week's hours. */
  static double reference(double[] seen) {
    double[] last =
        Arrays.stream(seen, Math.max(0, seen.length - 168), seen.length)
            .filter(rate -> rate > 0)
            .sorted()
            .toArray();
    int busiest = Math.max(1, Math.round(last.length * 0.05f));
    return Quantiles.median(Arrays.copyOfRange(last, last.length - busiest, last.length));
  }
}
