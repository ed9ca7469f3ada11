package headroom.wall;

import headroom.queueing.ServiceTimes;
import headroom.rollup.Cell;
import headroom.rollup.ExponentialHistogram;
import org.jspecify.annotations.Nullable;

/** Turns the histogram of a cell into a distribution of times. */
final class HoldTimes {
  private HoldTimes() {}

  /** The times in a cell; null when it holds none that are above zero. */
  static @Nullable ServiceTimes of(Cell cell) {
    ExponentialHistogram histogram = cell.histogram();
    if (histogram == null || histogram.isEmpty() || !(cell.sum() > 0)) {
      return null;
    }
    var points = new Points(histogram);
    return ServiceTimes.of(points.seconds, points.weights).withMean(cell.sum() / cell.count());
  }

  /** Buckets as weighted points, the zeros first. */
  static final class Points {
    final double[] seconds;
    final double[] weights;
    private int filled = 1;

    Points(ExponentialHistogram histogram) {
      int[] buckets = {1};
      histogram.forEachBucket((bucket, count) -> buckets[0]++);
      seconds = new double[buckets[0]];
      weights = new double[buckets[0]];
      weights[0] = histogram.zeroCount();
      histogram.forEachBucket((bucket, count) -> {
        seconds[filled] = histogram.middle(bucket);
        weights[filled++] = count;
      });
    }
  }
}
