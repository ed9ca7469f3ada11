package headroom.queueing;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/**
 * Waits in a queue first come first served, by the recursion of Kiefer and Wolfowitz (1955): each
 * arrival takes the server that is free first.
 */
final class QueueSimulation {
  private QueueSimulation() {}

  /** Sorted waits of {@code arrivals} arrivals after a warm-up of a tenth of them. */
  static double[] waits(
      int servers,
      double arrivalsPerSecond,
      ToDoubleFunction<SplittableRandom> service,
      int arrivals,
      long seed) {
    var random = new SplittableRandom(seed);
    double[] freeAt = new double[servers];
    int warmUp = arrivals / 10;
    double[] waits = new double[arrivals];
    double now = 0;
    for (int i = -warmUp; i < arrivals; i++) {
      now -= Math.log(1 - random.nextDouble()) / arrivalsPerSecond;
      int first = 0;
      for (int k = 1; k < servers; k++) {
        if (freeAt[k] < freeAt[first]) {
          first = k;
        }
      }
      double start = Math.max(now, freeAt[first]);
      freeAt[first] = start + service.applyAsDouble(random);
      if (i >= 0) {
        waits[i] = start - now;
      }
    }
    Arrays.sort(waits);
    return waits;
  }

  static double exponential(SplittableRandom random, double mean) {
    return -mean * Math.log(1 - random.nextDouble());
  }
}
