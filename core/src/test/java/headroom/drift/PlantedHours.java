package headroom.drift;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Hours of log latency at flat load, in autoregressive noise with heavy tails. */
final class PlantedHours {
  static final int BASELINE = 600;
  static final int LENGTH = 900;
  static final double SD = 0.01;

  /** A Monday, at midnight. */
  static final long FROM = 1_799_625_600L / 3_600;

  static final Timeframe SPAN = new Timeframe(FROM, FROM + BASELINE, FROM + LENGTH);

  private PlantedHours() {}

  static double[] noise(double phi, long seed) {
    var random = new SplittableRandom(seed);
    double[] values = new double[LENGTH];
    double now = 0;
    for (int t = 0; t < LENGTH; t++) {
      // Two normals in one: one in ten from a wider one.
      double shock = random.nextGaussian() * (random.nextInt(10) == 0 ? 2.2 : 0.75);
      now = phi * now + Math.sqrt(1 - phi * phi) * SD * shock;
      values[t] = now;
    }
    return values;
  }

  static Residuals residuals(double[] logs) {
    double[] load = new double[LENGTH];
    var random = new SplittableRandom(7);
    Arrays.setAll(
        load, t -> 5 + 0.5 * Math.sin(t / 24.0 * 2 * Math.PI) + 0.1 * random.nextDouble());
    Residuals r = Residuals.of(SPAN, logs, load, new double[LENGTH]);
    if (r == null) {
      throw new IllegalStateException("too little is known");
    }
    return r;
  }
}
