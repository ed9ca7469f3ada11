package headroom.sim.weeks;

import headroom.rollup.Cell;
import headroom.rollup.ExponentialHistogram;

/**
 * Cells of latencies without drawing each: ln x = m + s y, where y is standard normal up to one
 * deviation and stretched by 1 + tail beyond it. Every bucket gets its probability, by rounding the
 * running total.
 */
final class LogShape {
  private static final int SCALE = 5;
  private static final double BUCKET = Math.log(2) / (1 << SCALE);
  private static final double LOWEST = -3.2;
  private static final double HIGHEST = 3.9;
  private static final double TABLE_STEP = 0.01;
  private static final double[] NORMAL = table();

  private LogShape() {}

  private static double[] table() {
    double[] values = new double[(int) Math.ceil((HIGHEST - LOWEST) / TABLE_STEP) + 2];
    for (int i = 0; i < values.length; i++) {
      values[i] = normal(LOWEST + i * TABLE_STEP);
    }
    return values;
  }

  /** Abramowitz and Stegun 7.1.26, to 1.5e-7. */
  private static double normal(double z) {
    double x = Math.abs(z) / Math.sqrt(2);
    double t = 1 / (1 + 0.3275911 * x);
    double poly =
        t
            * (0.254829592
                + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
    double erf = 1 - poly * Math.exp(-x * x);
    return 0.5 * (1 + (z < 0 ? -erf : erf));
  }

  /**
   * @param logMedian m, of seconds
   * @param spread s
   * @param tail by how much the upper part is stretched, &gt;= 0
   */
  static Cell cell(long count, long errors, double logMedian, double spread, double tail) {
    var histogram = new ExponentialHistogram();
    double top = HIGHEST + tail * (HIGHEST - 1);
    int first = (int) Math.floor((logMedian + spread * LOWEST) / BUCKET);
    int last = (int) Math.floor((logMedian + spread * top) / BUCKET);
    double growth = Math.exp(BUCKET);
    double middle = Math.exp((first + 0.5) * BUCKET);
    long given = 0;
    double sum = 0;
    for (int i = first; i <= last; i++, middle *= growth) {
      double y = ((i + 1) * BUCKET - logMedian) / spread;
      double below = i == last ? 1 : probability(y > 1 ? (y + tail) / (1 + tail) : y);
      long part = Math.round(below * count) - given;
      if (part > 0) {
        histogram.addToBucket(i, SCALE, part);
        given += part;
        sum += part * middle;
      }
    }
    return Cell.of(
        count,
        errors,
        sum,
        Math.exp(first * BUCKET),
        Math.exp((last + 1) * BUCKET),
        0,
        Long.MIN_VALUE,
        histogram);
  }

  private static double probability(double z) {
    double position = (z - LOWEST) / TABLE_STEP;
    if (position <= 0) {
      return 0;
    }
    int below = (int) position;
    if (below >= NORMAL.length - 1) {
      return 1;
    }
    return NORMAL[below] + (position - below) * (NORMAL[below + 1] - NORMAL[below]);
  }
}
