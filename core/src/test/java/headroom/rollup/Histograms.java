package headroom.rollup;

import java.util.random.RandomGenerator;

/** Random histograms of many shapes: empty, narrow, wide, coarse, with and without zeros. */
final class Histograms {
  private Histograms() {}

  static ExponentialHistogram any(RandomGenerator random) {
    var histogram = new ExponentialHistogram();
    int values = random.nextInt(4) == 0 ? random.nextInt(3) : random.nextInt(200);
    double octaves = random.nextInt(5) == 0 ? 100 : 8;
    for (int i = 0; i < values; i++) {
      histogram.record(
          0.01 * Math.pow(2, random.nextGaussian() * octaves / 4), random.nextInt(1, 9));
    }
    if (random.nextInt(3) == 0) {
      histogram.addZeros(random.nextInt(100));
    }
    if (random.nextInt(4) == 0) {
      int scale = random.nextInt(-4, 12);
      histogram.addToBucket(
          random.nextInt(-3 << Math.max(0, scale), 3 << Math.max(0, scale)), scale, 3);
    }
    return histogram;
  }
}
