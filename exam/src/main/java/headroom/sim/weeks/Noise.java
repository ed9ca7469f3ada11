package headroom.sim.weeks;

import java.util.SplittableRandom;

/**
 * Noise of log latency: first-order autoregressive with Student's t (five degrees) innovations, and
 * a level that wanders, the sum of three such processes with memories of hours, days and weeks.
 */
final class Noise {
  private static final int DEGREES = 5;
  private static final double[] WANDER_HOURS = {8, 50, 300};

  private Noise() {}

  /**
   * @param sd of the stationary process
   * @param phi correlation from one hour to the next
   */
  static double[] autoregressive(
      int windows, double windowHours, double sd, double phi, SplittableRandom random) {
    double memory = Math.pow(phi, windowHours);
    double innovation = sd * Math.sqrt(1 - memory * memory);
    double[] values = new double[windows];
    double now = sd * random.nextGaussian();
    for (int t = 0; t < windows; t++) {
      now = memory * now + innovation * student(random);
      values[t] = now;
    }
    return values;
  }

  /**
   * @param sd of the whole
   */
  static double[] wander(int windows, double windowHours, double sd, SplittableRandom random) {
    double[] sum = new double[windows];
    for (double hours : WANDER_HOURS) {
      double[] part =
          autoregressive(
              windows,
              windowHours,
              sd / Math.sqrt(WANDER_HOURS.length),
              Math.exp(-1 / hours),
              random);
      add(sum, part, 1);
    }
    return sum;
  }

  static void add(double[] to, double[] what, double times) {
    for (int t = 0; t < to.length; t++) {
      to[t] += times * what[t];
    }
  }

  /** Student's t with unit variance. */
  static double student(SplittableRandom random) {
    double squares = 0;
    for (int i = 0; i < DEGREES; i++) {
      double x = random.nextGaussian();
      squares += x * x;
    }
    double t = random.nextGaussian() / Math.sqrt(squares / DEGREES);
    return t * Math.sqrt((DEGREES - 2.0) / DEGREES);
  }
}
