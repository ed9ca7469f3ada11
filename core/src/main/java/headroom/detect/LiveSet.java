package headroom.detect;

import headroom.stats.Autocorrelation;
import headroom.stats.Quantiles;
import headroom.stats.Regression;
import headroom.stats.TheilSen;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What stays in memory when garbage is gone, hour by hour, and whether it grows without end.
 *
 * @param bytes of the floor now, by the line through all of the stretch
 * @param sigma by how much floors lie beside that line
 * @param perHour growth in bytes, with its 99 % interval
 * @param hours how long the stretch is that tells
 */
record LiveSet(double bytes, double sigma, TheilSen perHour, double hours) {
  /** A floor that falls by this share and stays there: a restart, or a cache that was emptied. */
  private static final double DROP = 0.25;

  private static final int STAYS = 3;
  private static final int FEWEST_HOURS = 12;

  /** Fewer hours of a stretch that was cut off say nothing of the next one. */
  private static final int FEWEST_HOURS_BEFORE = 24;

  /** From this share of the limit on there is no waiting for three days. */
  private static final double NEARLY_FULL = 0.6;

  /** One stretch as long as this is enough; the tooth of a saw is shorter. */
  private static final int LONG_HOURS = 72;

  private static final double CERTAIN = 2.576;

  /** So many times as often as a tooth of a saw must come before its height is a bound. */
  private static final int TEETH = 2;

  private static final double SAME_HEIGHT = 0.15;
  private static final int MOST_POINTS = 336;

  /** The last third of a leak grows as the whole does. */
  private static final double STILL_GROWS = 0.4;

  private static final double BETTER_FIT = 2;

  /**
   * The growth of a floor; empty where there is none, or not enough to tell.
   *
   * @param hours times of the floors, rising
   * @param load of the service in each, which may explain it
   * @param limit in bytes
   */
  static Optional<LiveSet> growth(double[] hours, double[] floors, double[] load, double limit) {
    List<int[]> stretches = stretches(floors);
    if (isSaw(stretches, floors)) {
      return Optional.empty();
    }
    int[] last = stretches.getLast();
    Optional<LiveSet> now = growth(hours, floors, load, last[0], last[1]);
    boolean alone =
        now.isPresent() && (now.get().hours >= LONG_HOURS || now.get().isSoonFull(limit));
    boolean again =
        isHigherThanBefore(stretches, floors)
            && stretches.subList(0, stretches.size() - 1).stream()
                .anyMatch(part ->
                    part[1] - part[0] >= FEWEST_HOURS_BEFORE
                        && growth(hours, floors, load, part[0], part[1]).isPresent());
    boolean longEnough = now.isPresent() && now.get().hours >= FEWEST_HOURS_BEFORE;
    return alone || (again && longEnough) ? now : Optional.empty();
  }

  /** Whether it is nearly full and, growing on, is so in less time than it was watched. */
  private boolean isSoonFull(double limit) {
    return bytes >= NEARLY_FULL * limit && (limit - bytes) / perHour.low() <= hours;
  }

  /** From and to of the times between restarts. */
  private static List<int[]> stretches(double[] floors) {
    List<int[]> stretches = new ArrayList<>();
    int from = 0;
    for (int i = 1; i < floors.length; i++) {
      double limit = (1 - DROP) * floors[i - 1];
      int until = Math.min(floors.length, i + STAYS);
      if (Arrays.stream(floors, i, until).allMatch(floor -> floor < limit)) {
        stretches.add(new int[] {from, i});
        from = i;
      }
    }
    stretches.add(new int[] {from, floors.length});
    return stretches;
  }

  /** Whether it fell from the same height each time: full, not leaking. */
  private static boolean isSaw(List<int[]> stretches, double[] floors) {
    if (stretches.size() <= TEETH) {
      return false;
    }
    double[] heights = heights(stretches, floors);
    double usual = Quantiles.median(heights);
    double now = floors[floors.length - 1];
    return now <= (1 + SAME_HEIGHT) * usual
        && Arrays.stream(heights).allMatch(h -> Math.abs(h / usual - 1) <= SAME_HEIGHT);
  }

  /** The most that each stretch but the last came to. */
  private static double[] heights(List<int[]> stretches, double[] floors) {
    return stretches.subList(0, stretches.size() - 1).stream()
        .mapToDouble(part -> Arrays.stream(floors, part[0], part[1]).max().orElse(0))
        .toArray();
  }

  /** Whether nothing stopped it where it was stopped before. */
  private static boolean isHigherThanBefore(List<int[]> stretches, double[] floors) {
    return stretches.size() > 1
        && floors[floors.length - 1]
            > (1 + SAME_HEIGHT) * Arrays.stream(heights(stretches, floors)).max().orElse(0);
  }

  private static Optional<LiveSet> growth(
      double[] hours, double[] floors, double[] load, int from, int to) {
    if (to - from < FEWEST_HOURS) {
      return Optional.empty();
    }
    int step = (to - from + MOST_POINTS - 1) / MOST_POINTS;
    int n = (to - from) / step;
    double[] times = new double[n];
    double[] values = new double[n];
    double[] loads = new double[n];
    for (int i = 0; i < n; i++) {
      int at = to - (n - i) * step;
      times[i] = hours[at];
      values[i] = floors[at];
      loads[i] = load[at];
    }
    double[] rest = withoutLoad(times, values, loads);
    TheilSen trend = TheilSen.of(times, rest, CERTAIN);
    int third = 2 * n / 3;
    TheilSen late =
        TheilSen.of(
            Arrays.copyOfRange(times, third, n), Arrays.copyOfRange(rest, third, n), CERTAIN);
    boolean grows =
        trend.low() > 0
            && trend.z() > CERTAIN
            && late.slope() > STILL_GROWS * trend.slope()
            && !saturates(times, rest);
    double[] levels = new double[n];
    for (int i = 0; i < n; i++) {
      levels[i] = values[i] + trend.slope() * (times[n - 1] - times[i]);
    }
    return grows
        ? Optional.of(
            new LiveSet(
                Quantiles.median(levels),
                Quantiles.robustSigma(levels),
                trend,
                times[n - 1] - times[0] + 1))
        : Optional.empty();
  }

  /** What the load does not explain: y − c x of y = a + b t + c x. */
  private static double[] withoutLoad(double[] times, double[] values, double[] loads) {
    double scaleY = spread(values);
    double scaleX = spread(loads);
    if (scaleY == 0 || scaleX == 0) {
      return values.clone();
    }
    int n = values.length;
    double[][] x = new double[n][];
    double[] y = new double[n];
    double[] ones = new double[n];
    double span = times[n - 1] - times[0];
    for (int i = 0; i < n; i++) {
      x[i] =
          new double[] {
            1, (times[i] - times[0]) / span - 0.5, (loads[i] - Quantiles.mean(loads)) / scaleX
          };
      y[i] = (values[i] - Quantiles.mean(values)) / scaleY;
      ones[i] = 1;
    }
    double[] vague = {1e3, 1e3, 1e3};
    var fit = Regression.fit(x, y, ones, new Regression.Prior(new double[3], vague, 0.5, 1));
    double[] rest = values.clone();
    for (int i = 0; i < n; i++) {
      rest[i] -= fit.coefficient(2) * scaleY * x[i][2];
    }
    return rest;
  }

  private static double spread(double[] values) {
    double mean = Quantiles.mean(values);
    return Math.sqrt(Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum() / values.length);
  }

  /** Whether 1 − e^(−t / T), a warm-up, fits better than a line, by Schwarz's criterion (1978). */
  private static boolean saturates(double[] times, double[] values) {
    int n = values.length;
    double span = times[n - 1] - times[0];
    double[] line = Arrays.stream(times).map(t -> (t - times[0]) / span).toArray();
    double[] rest = residuals(line, values);
    double independent = n / Autocorrelation.varianceInflation(Autocorrelation.lagOne(rest));
    double linear = independent * Math.log(squares(rest) / n) + 2 * Math.log(independent);
    double best = Double.POSITIVE_INFINITY;
    for (double part = 0.03; part < 0.6; part *= 1.4) {
      double constant = part;
      double[] curve = Arrays.stream(line).map(t -> 1 - Math.exp(-t / constant)).toArray();
      double left = squares(residuals(curve, values));
      best = Math.min(best, independent * Math.log(left / n) + 3 * Math.log(independent));
    }
    return best < linear - BETTER_FIT;
  }

  private static double[] residuals(double[] x, double[] y) {
    double meanX = Quantiles.mean(x);
    double meanY = Quantiles.mean(y);
    double both = 0;
    double square = 0;
    for (int i = 0; i < x.length; i++) {
      both += (x[i] - meanX) * (y[i] - meanY);
      square += (x[i] - meanX) * (x[i] - meanX);
    }
    double[] rest = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      rest[i] = y[i] - meanY - both / square * (x[i] - meanX);
    }
    return rest;
  }

  private static double squares(double[] values) {
    return Math.max(1e-9, Arrays.stream(values).map(v -> v * v).sum());
  }
}
