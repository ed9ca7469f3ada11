package headroom.wall.evidence;

import static headroom.wall.belief.Demands.CUT_OFF_SECONDS;

import headroom.queueing.ServiceTimes;
import headroom.rollup.Cell;
import headroom.rollup.ExponentialHistogram;
import headroom.store.Series;
import java.util.Collection;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Reads how long visits take: the histogram of a cell as a distribution, and sums of times that
 * were cut off to whole milliseconds.
 */
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

  /**
   * Total seconds of a cell. HikariCP counts the milliseconds that are over, so each use is half a
   * millisecond longer than told; that shows when the sums of all windows are whole milliseconds.
   */
  static ToDoubleFunction<Cell> seconds(Collection<Series> parts) {
    boolean whole =
        parts.stream()
            .flatMap(part -> part.windows().stream())
            .allMatch(window -> isWholeMillis(window.cell().sum()));
    return whole ? cell -> cell.sum() + CUT_OFF_SECONDS * cell.count() : Cell::sum;
  }

  private static boolean isWholeMillis(double seconds) {
    double millis = seconds * 1e3;
    return Math.abs(millis - Math.rint(millis)) < Math.min(0.05, 1e-3 + 1e-9 * millis);
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
