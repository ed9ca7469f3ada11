package headroom.rollup;

import java.util.Arrays;

/**
 * A base-2 exponential histogram of non-negative values, as OpenTelemetry and Prometheus native
 * histograms define it: at scale {@code s} bucket {@code i} counts values in {@code (b^i, b^(i+1)]}
 * with {@code b = 2^(2^-s)}.
 *
 * <p>At {@link #MAX_SCALE} a bucket is 1.1 % wide, so a quantile read at its geometric middle is
 * within 0.55 % of the value that was recorded. Halving the resolution joins pairs of buckets,
 * which is exact; so merging histograms of any scales is commutative, associative and loses nothing
 * but resolution.
 *
 * <pre>
 *   scale 6:  … |  -1: (0.989, 1]  |  0: (1, 1.011]  |  1: (1.011, 1.022]  | …
 *   scale 5:  … |  -1: (0.979, 1]  |        0: (1, 1.022]                  | …
 * </pre>
 *
 * Not safe for use by several threads.
 */
public final class ExponentialHistogram {
  public static final int MAX_SCALE = 6;
  public static final int MIN_SCALE = -10;

  /** 32 octaves at full resolution: a microsecond to an hour, with room on both sides. */
  public static final int MAX_BUCKETS = 2_048;

  private static final int SUBDIVISIONS = 1 << MAX_SCALE;
  private static final double[] BOUNDS = new double[SUBDIVISIONS];

  static {
    for (int i = 0; i < SUBDIVISIONS; i++) {
      BOUNDS[i] = Math.pow(2, (double) i / SUBDIVISIONS);
    }
  }

  private int scale = MAX_SCALE;
  private long zeroCount;
  private long count;

  /** Counts of buckets {@code offset … offset + length - 1}; the window slides and grows. */
  private long[] counts = new long[0];

  private int offset;
  private int length;

  /** Adds one value, which must be finite and not negative. */
  public void record(double value) {
    record(value, 1);
  }

  /** Adds {@code times} occurrences of a value, which must be finite and not negative. */
  public void record(double value, long times) {
    if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("value must be finite and >= 0, got " + value);
    }
    if (times < 0) {
      throw new IllegalArgumentException("times must be >= 0, got " + times);
    }
    if (times == 0) {
      return;
    }
    if (value < Double.MIN_NORMAL) {
      addZeros(times);
    } else {
      addToBucket(indexAtMaxScale(value), MAX_SCALE, times);
    }
  }

  /** Adds values too small to have a bucket. */
  public void addZeros(long times) {
    zeroCount += times;
    count += times;
  }

  /** Adds to bucket {@code index} of a histogram at {@code indexScale}: exact for every scale. */
  public void addToBucket(int index, int indexScale, long times) {
    if (times <= 0) {
      return;
    }
    int from = indexScale;
    int bucket = index;
    if (from > scale) {
      bucket >>= Math.min(31, from - scale);
    } else if (from < scale) {
      downscale(scale - from);
    }
    while (!fits(bucket)) {
      downscale(1);
      bucket >>= 1;
    }
    cover(bucket);
    counts[bucket - offset] += times;
    count += times;
  }

  /** Adds all that {@code other} holds. */
  public void merge(ExponentialHistogram other) {
    zeroCount += other.zeroCount;
    count += other.zeroCount;
    if (other.scale < scale) {
      downscale(scale - other.scale);
    }
    for (int i = 0; i < other.length; i++) {
      if (other.counts[i] != 0) {
        addToBucket(other.offset + i, other.scale, other.counts[i]);
      }
    }
  }

  public ExponentialHistogram copy() {
    var copy = new ExponentialHistogram();
    copy.scale = scale;
    copy.zeroCount = zeroCount;
    copy.count = count;
    copy.counts = Arrays.copyOfRange(counts, 0, length);
    copy.offset = offset;
    copy.length = length;
    return copy;
  }

  public long count() {
    return count;
  }

  public long zeroCount() {
    return zeroCount;
  }

  public int scale() {
    return scale;
  }

  public boolean isEmpty() {
    return count == 0;
  }

  /**
   * The value that a share {@code q} of the recorded ones do not exceed (nearest rank), to within
   * half a bucket.
   *
   * @throws IllegalStateException when nothing was recorded
   */
  public double quantile(double q) {
    if (!(q >= 0 && q <= 1)) {
      throw new IllegalArgumentException("q must be within 0..1, got " + q);
    }
    if (count == 0) {
      throw new IllegalStateException("an empty histogram has no quantiles");
    }
    long rank = Math.max(1, (long) Math.ceil(q * count));
    long seen = zeroCount;
    if (seen >= rank) {
      return 0;
    }
    int last = 0;
    for (int i = 0; i < length; i++) {
      if (counts[i] != 0) {
        seen += counts[i];
        last = i;
        if (seen >= rank) {
          break;
        }
      }
    }
    return middle(offset + last);
  }

  /** The share of values above {@code value}, 0 when nothing was recorded. */
  public double shareAbove(double value) {
    if (count == 0) {
      return 0;
    }
    long above = 0;
    for (int i = length - 1; i >= 0 && middle(offset + i) > value; i--) {
      above += counts[i];
    }
    return (double) above / count;
  }

  /** Visits the non-empty buckets in rising order, the zeros not among them. */
  public void forEachBucket(BucketVisitor visitor) {
    for (int i = 0; i < length; i++) {
      if (counts[i] != 0) {
        visitor.bucket(offset + i, counts[i]);
      }
    }
  }

  /** The geometric middle of a bucket at the present scale. */
  public double middle(int bucket) {
    return Math.pow(2, (bucket + 0.5) * Math.pow(2, -scale));
  }

  /** The upper bound of a bucket at the present scale. */
  public double upperBound(int bucket) {
    return Math.pow(2, (bucket + 1) * Math.pow(2, -scale));
  }

  /** The index, at {@link #MAX_SCALE}, of the bucket that holds a normal positive value. */
  static int indexAtMaxScale(double value) {
    int exponent = Math.getExponent(value);
    double mantissa = value / Math.scalb(1.0, exponent);
    int guess = (int) ((mantissa - 1) * SUBDIVISIONS);
    // The bounds are convex in the mantissa, so the linear guess is never too high; step up to it.
    int below = guess;
    while (below < SUBDIVISIONS && BOUNDS[below] < mantissa) {
      below++;
    }
    while (below > 0 && BOUNDS[below - 1] >= mantissa) {
      below--;
    }
    return exponent * SUBDIVISIONS + below - 1;
  }

  private boolean fits(int bucket) {
    if (length == 0) {
      return true;
    }
    long low = Math.min(offset, bucket);
    long high = Math.max(offset + length - 1L, bucket);
    return high - low < MAX_BUCKETS || scale <= MIN_SCALE;
  }

  /** Widens the window of buckets so that it holds this one. */
  private void cover(int bucket) {
    if (length == 0) {
      offset = bucket;
      length = 1;
      if (counts.length == 0) {
        counts = new long[8];
      }
      Arrays.fill(counts, 0);
    } else if (bucket < offset) {
      int shift = offset - bucket;
      long[] target = length + shift > counts.length ? new long[roomFor(length + shift)] : counts;
      System.arraycopy(counts, 0, target, shift, length);
      Arrays.fill(target, 0, shift, 0);
      counts = target;
      offset = bucket;
      length += shift;
    } else if (bucket >= offset + length) {
      int needed = bucket - offset + 1;
      if (needed > counts.length) {
        counts = Arrays.copyOf(counts, roomFor(needed));
      }
      Arrays.fill(counts, length, needed, 0);
      length = needed;
    }
  }

  private static int roomFor(int needed) {
    return Math.min(Math.max(needed, MAX_BUCKETS), Math.max(8, needed + needed / 2));
  }

  private void downscale(int by) {
    int shift = Math.min(by, scale - MIN_SCALE);
    if (shift <= 0) {
      return;
    }
    scale -= shift;
    if (length == 0) {
      return;
    }
    int newOffset = offset >> shift;
    int newLength = ((offset + length - 1) >> shift) - newOffset + 1;
    long[] joined = new long[newLength];
    for (int i = 0; i < length; i++) {
      joined[((offset + i) >> shift) - newOffset] += counts[i];
    }
    counts = joined;
    offset = newOffset;
    length = newLength;
  }

  /** Two histograms are equal when they hold the same counts at the same scale. */
  @Override
  public boolean equals(Object object) {
    if (!(object instanceof ExponentialHistogram other)
        || scale != other.scale
        || zeroCount != other.zeroCount
        || count != other.count) {
      return false;
    }
    int low = Math.min(offset, other.offset);
    int high = Math.max(offset + length, other.offset + other.length);
    for (int i = low; i < high; i++) {
      if (at(i) != other.at(i)) {
        return false;
      }
    }
    return true;
  }

  private long at(int bucket) {
    int i = bucket - offset;
    return i >= 0 && i < length ? counts[i] : 0;
  }

  @Override
  public int hashCode() {
    long hash = zeroCount * 31 + count;
    for (int i = 0; i < length; i++) {
      hash += counts[i] * (offset + i + 1_000_003L);
    }
    return Long.hashCode(hash);
  }

  @Override
  public String toString() {
    return count == 0
        ? "ExponentialHistogram[empty]"
        : "ExponentialHistogram[count=%d, p50=%.4g, p99=%.4g, scale=%d]"
            .formatted(count, quantile(0.5), quantile(0.99), scale);
  }

  /** Receives the buckets of a histogram. */
  @FunctionalInterface
  public interface BucketVisitor {
    void bucket(int index, long count);
  }
}
