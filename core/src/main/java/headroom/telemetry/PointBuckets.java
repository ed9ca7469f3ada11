package headroom.telemetry;

import headroom.model.MetricPoint;
import headroom.rollup.ExponentialHistogram;
import org.jspecify.annotations.Nullable;

/**
 * Turns the buckets of histogram points, or their increase since an earlier point, into a histogram
 * of ours. Exponential buckets go over exactly; explicit ones are spread evenly between bounds that
 * are narrowed by the smallest and greatest value where those are known.
 */
final class PointBuckets {
  private static final int MAX_LENGTH = 65_536;

  private PointBuckets() {}

  /** Whether the buckets can be what a sender of sound mind counted. */
  static boolean areConsistent(MetricPoint point) {
    for (int i = 0; i < point.bucketCount; i++) {
      if (point.bucketCounts[i] < 0) {
        return false;
      }
    }
    return switch (point.type) {
      case EXPONENTIAL_HISTOGRAM ->
          point.scale >= -10
              && point.scale <= 20
              && point.zeroCount >= 0
              && Math.abs((long) point.positiveOffset) <= 1 << 30;
      case HISTOGRAM ->
          point.bucketCount == 0 || (point.bucketCount == point.boundCount + 1 && areRising(point));
      case GAUGE, SUM, SUMMARY -> true;
    };
  }

  private static boolean areRising(MetricPoint point) {
    for (int i = 0; i < point.boundCount; i++) {
      double before = i == 0 ? Double.NEGATIVE_INFINITY : point.bounds[i - 1];
      if (!(point.bounds[i] > before && point.bounds[i] < Double.POSITIVE_INFINITY)) {
        return false;
      }
    }
    return true;
  }

  /** The mean of values spread evenly in log space, or from 0 on evenly in the value itself. */
  private static double meanWithin(double lower, double upper) {
    if (!(upper > lower)) {
      return lower;
    }
    return lower == 0 ? upper / 2 : (upper - lower) / Math.log(upper / lower);
  }

  /** How far such values must reach to have this mean: the inverse of {@link #meanWithin}. */
  private static double upperBound(double lower, double mean) {
    if (!(mean > lower * (1 + 1e-9))) {
      return Math.nextUp(lower);
    }
    if (lower == 0) {
      return 2 * mean;
    }
    double upper = 2 * mean;
    for (int i = 0; i < 30; i++) {
      upper = lower + mean * Math.log(upper / lower); // contracts, since upper > mean
    }
    return upper;
  }

  /** The sum of the values, as if each lay in the middle of its bucket. */
  static double estimatedSum(ExponentialHistogram histogram) {
    double[] sum = {0};
    histogram.forEachBucket((bucket, count) -> sum[0] += histogram.middle(bucket) * count);
    return sum[0];
  }

  /**
   * The increase of each bucket since the series' last point, at the coarser of both scales; null
   * when a bucket has shrunk, so that the sender must have started anew.
   */
  static @Nullable Increase since(PointSeries last, MetricPoint point) {
    if (point.type == MetricPoint.Type.EXPONENTIAL_HISTOGRAM) {
      return exponentialSince(last, point);
    }
    if (last.buckets.length != point.bucketCount || !last.hasBoundsOf(point)) {
      return null;
    }
    long[] counts = new long[point.bucketCount];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = point.bucketCounts[i] - last.buckets[i];
      if (counts[i] < 0) {
        return null;
      }
    }
    return new Increase(counts, 0, 0, 0);
  }

  /** All that the point holds. */
  static Increase all(MetricPoint point) {
    long[] counts = new long[point.bucketCount];
    System.arraycopy(point.bucketCounts, 0, counts, 0, counts.length);
    return new Increase(counts, point.positiveOffset, point.scale, point.zeroCount);
  }

  private static @Nullable Increase exponentialSince(PointSeries last, MetricPoint point) {
    int scale = Math.min(last.exponentialScale, point.scale);
    int lastShift = last.exponentialScale - scale;
    int shift = point.scale - scale;
    long zeros = point.zeroCount - last.zeroCount;
    if (last.buckets.length == 0) {
      return zeros < 0 ? null : withZeros(all(point), zeros);
    }
    if (point.bucketCount == 0) {
      return null;
    }
    long low =
        Math.min(shifted(last.positiveOffset, lastShift), shifted(point.positiveOffset, shift));
    long high =
        Math.max(
            shifted(last.positiveOffset + last.buckets.length - 1L, lastShift),
            shifted(point.positiveOffset + point.bucketCount - 1L, shift));
    if (zeros < 0 || high - low >= MAX_LENGTH) {
      return null;
    }
    long[] counts = new long[(int) (high - low + 1)];
    for (int i = 0; i < point.bucketCount; i++) {
      counts[(int) (shifted((long) point.positiveOffset + i, shift) - low)] +=
          point.bucketCounts[i];
    }
    for (int i = 0; i < last.buckets.length; i++) {
      counts[(int) (shifted((long) last.positiveOffset + i, lastShift) - low)] -= last.buckets[i];
    }
    for (long count : counts) {
      if (count < 0) {
        return null;
      }
    }
    return new Increase(counts, (int) low, scale, zeros);
  }

  private static Increase withZeros(Increase increase, long zeros) {
    return new Increase(increase.counts, increase.offset, increase.scale, zeros);
  }

  private static long shifted(long index, int by) {
    return index >> Math.min(by, 62);
  }

  /**
   * Counts by bucket.
   *
   * @param offset of the first bucket, and {@code scale}: exponential histograms only
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared, lives for one point
  record Increase(long[] counts, int offset, int scale, long zeros) {
    boolean isEmpty() {
      for (long count : counts) {
        if (count != 0) {
          return false;
        }
      }
      return zeros == 0;
    }

    /**
     * As a histogram of the values times {@code factor}; null when the buckets say nothing.
     *
     * @param sum of the values; tells how far the topmost explicit bucket reaches where no maximum
     *     is known
     */
    @Nullable ExponentialHistogram histogram(MetricPoint point, double factor, double sum) {
      if (point.type == MetricPoint.Type.EXPONENTIAL_HISTOGRAM) {
        return exponential(factor);
      }
      return point.boundCount == 0 ? null : explicit(point, factor, sum);
    }

    private ExponentialHistogram exponential(double factor) {
      var histogram = new ExponentialHistogram();
      histogram.addZeros(zeros);
      double base = Math.pow(2, -scale);
      for (int i = 0; i < counts.length; i++) {
        if (counts[i] == 0) {
          continue;
        }
        if (factor == 1) {
          histogram.addToBucket(offset + i, scale, counts[i]);
        } else {
          double lower = Math.pow(2, ((double) offset + i) * base) * factor;
          double upper = Math.pow(2, ((double) offset + i + 1) * base) * factor;
          add(histogram, lower, upper, counts[i]);
        }
      }
      return histogram;
    }

    private ExponentialHistogram explicit(MetricPoint point, double factor, double sum) {
      var histogram = new ExponentialHistogram();
      double below = 0;
      for (int i = 0; i < counts.length; i++) {
        if (counts[i] == 0) {
          continue;
        }
        double lower = i == 0 ? 0 : point.bounds[i - 1];
        double upper = i < point.boundCount ? point.bounds[i] : Double.POSITIVE_INFINITY;
        if (point.hasMin && point.min <= upper) {
          lower = Math.max(lower, point.min);
        }
        if (point.hasMax && point.max >= lower) {
          upper = Math.min(upper, point.max);
        }
        if (upper == Double.POSITIVE_INFINITY) {
          double mean = (sum - below) / counts[i];
          upper = upperBound(Math.max(lower, 0), mean);
        }
        below += counts[i] * meanWithin(Math.max(lower, 0), upper);
        add(histogram, lower * factor, upper * factor, counts[i]);
      }
      return histogram;
    }

    private static void add(
        ExponentialHistogram histogram, double lower, double upper, long count) {
      if (upper <= 0) {
        histogram.addZeros(count);
      } else {
        double from = Math.max(lower, 0);
        histogram.addUniform(Math.min(from, Double.MAX_VALUE), Math.max(from, upper), count);
      }
    }
  }
}
