package headroom.rollup;

import static headroom.rollup.ExponentialHistogram.MAX_BUCKETS;
import static headroom.rollup.ExponentialHistogram.MAX_SCALE;

/** Values of which only the bounds of an explicit bucket are known, spread over finer buckets. */
final class UniformSpread {
  private UniformSpread() {}

  /** See {@link ExponentialHistogram#addUniform}. */
  static void add(double lower, double upper, long times, ExponentialHistogram into) {
    if (!(lower >= 0 && lower <= upper && lower < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "bounds must hold 0 <= lower <= upper with a finite lower, got "
              + lower
              + " and "
              + upper);
    }
    if (upper == Double.POSITIVE_INFINITY) {
      if (lower == 0) {
        throw new IllegalArgumentException("bounds 0 and infinity say nothing about the values");
      }
      into.record(Math.min(Math.nextUp(lower), Double.MAX_VALUE), times);
    } else if (lower == upper || upper <= Double.MIN_NORMAL) {
      into.record(upper, times);
    } else {
      spread(lower, upper, times, into);
    }
  }

  /**
   * Gives every bucket between two bounds its share of so many values, by rounding the running
   * total: even in log space, or in the value itself below a {@code lower} of 0.
   */
  private static void spread(double lower, double upper, long times, ExponentialHistogram into) {
    boolean linear = lower < Double.MIN_NORMAL;
    double lowest = linear ? Math.max(upper / 64, Double.MIN_NORMAL) : lower;
    int first = BucketIndex.indexAtMaxScale(Math.nextUp(lowest));
    int last = BucketIndex.indexAtMaxScale(upper);
    int at = MAX_SCALE;
    while (last - first >= MAX_BUCKETS) {
      first >>= 1;
      last >>= 1;
      at--;
    }
    double low = BucketIndex.log2(lowest) * Math.pow(2, at);
    double high = BucketIndex.log2(upper) * Math.pow(2, at);
    long given = 0;
    for (int bucket = first; bucket < last; bucket++) {
      double share =
          linear
              ? Math.pow(2, (bucket + 1 - high) * Math.pow(2, -at))
              : (bucket + 1 - low) / (high - low);
      long total = Math.clamp(Math.round(times * share), given, times);
      into.addToBucket(bucket, at, total - given);
      given = total;
    }
    into.addToBucket(last, at, times - given);
  }
}
