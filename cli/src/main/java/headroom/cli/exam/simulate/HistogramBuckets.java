package headroom.cli.exam.simulate;

import headroom.rollup.ExponentialHistogram;

/** The buckets of a histogram as OTLP has them: all from the first to the last. */
final class HistogramBuckets {
  /** Index of the first. */
  final int offset;

  final long[] counts;

  private HistogramBuckets(int offset, long[] counts) {
    this.offset = offset;
    this.counts = counts;
  }

  static HistogramBuckets of(ExponentialHistogram histogram) {
    int[] bounds = {Integer.MAX_VALUE, Integer.MIN_VALUE};
    histogram.forEachBucket((bucket, count) -> {
      bounds[0] = Math.min(bounds[0], bucket);
      bounds[1] = Math.max(bounds[1], bucket);
    });
    if (bounds[0] > bounds[1]) {
      return new HistogramBuckets(0, new long[0]);
    }
    long[] counts = new long[bounds[1] - bounds[0] + 1];
    histogram.forEachBucket((bucket, count) -> counts[bucket - bounds[0]] = count);
    return new HistogramBuckets(bounds[0], counts);
  }
}
