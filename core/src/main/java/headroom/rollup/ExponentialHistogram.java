package headroom.rollup;

import java.util.Arrays;

/**
 * A base-2 exponential histogram of non-negative values, as OpenTelemetry and Prometheus native
 * histograms define it: at scale {@code s} bucket {@code i} counts values in {@code (b^i, b^(i+1)]}
 * with {@code b = 2^(2^-s)}.
 *
 * <p>At {@link #MAX_SCALE} a bucket is 1.1 % wide, so a quantile read at its geometric middle is
 * within 0.55 % of the value that was recorded, as long as smallest and greatest value lie within
 * 32 octaves. Halving the resolution joins pairs of buckets, which is exact; so merging histograms
 * of any scales loses nothing but resolution.
 *
 * <pre>
 *   scale 6:  … |  -1: (0.989, 1]  |  0: (1, 1.011]  |  1: (1.011, 1.022]  | …
 *   scale 5:  … |  -1: (0.979, 1]  |        0: (1, 1.022]                  | …
 * </pre>
 *
 * <p>Laws: merging is commutative and associative up to {@link #equals}, an empty histogram is
 * neutral, and recording in any order and in any parts gives equal histograms. This includes the
 * scale, because it is a function of the content alone: the greatest one that neither exceeds that
 * of any merged bucket nor spreads the content over more than {@link #MAX_BUCKETS}. Counts that
 * would exceed {@link Long#MAX_VALUE} stay there.
 *
 * <p>Not safe for use by several threads.
 */
public final class ExponentialHistogram {
  public static final int MAX_SCALE = 6;

  /** The least scale OpenTelemetry allows: one bucket up to 1 and one above. */
  public static final int MIN_SCALE = -10;

  /** The greatest scale OpenTelemetry allows. */
  private static final int MAX_WIRE_SCALE = 20;

  /** 32 octaves at full resolution: a microsecond to an hour with room on both sides. */
  public static final int MAX_BUCKETS = 2_048;

  private int scale = MAX_SCALE;
  private long zeroCount;
  private long count;

  /**
   * Counts of buckets {@code offset … offset + length - 1}, of which the first and the last are not
   * empty; the window grows on both sides.
   */
  private long[] counts = {};

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
    if (value < Double.MIN_NORMAL) {
      addZeros(times);
      return;
    }
    int index = BucketIndex.indexAtMaxScale(value);
    int slot = (index >> (MAX_SCALE - scale)) - offset;
    if (slot >= 0 && slot < length) {
      counts[slot] = saturatingSum(counts[slot], times);
      count = saturatingSum(count, times);
    } else {
      addToBucket(index, MAX_SCALE, times);
    }
  }

  /** Adds values too small to have a bucket: zero, and what is below {@link Double#MIN_NORMAL}. */
  public void addZeros(long times) {
    if (times < 0) {
      throw new IllegalArgumentException("times must be >= 0, got " + times);
    }
    zeroCount = saturatingSum(zeroCount, times);
    count = saturatingSum(count, times);
  }

  /**
   * Adds to bucket {@code index} of a histogram at {@code indexScale}: exact for every scale. What
   * lies beyond the finite numbers of a {@code double} counts as the greatest or as zero. Nothing
   * happens unless {@code times} is positive.
   */
  public void addToBucket(int index, int indexScale, long times) {
    if (times <= 0) {
      return;
    }
    int from = Math.clamp(indexScale, MIN_SCALE, MAX_WIRE_SCALE);
    int bucket = indexScale > from ? index >> Math.min(31, indexScale - from) : index;
    if (bucket < BucketIndex.lowestBucket(from)) {
      addZeros(times);
      return;
    }
    bucket = Math.min(bucket, BucketIndex.highestBucket(from));
    if (from > scale) {
      bucket >>= from - scale;
    } else if (from < scale) {
      downscale(scale - from);
    }
    while (!fits(bucket)) {
      downscale(1);
      bucket >>= 1;
    }
    cover(bucket);
    counts[bucket - offset] = saturatingSum(counts[bucket - offset], times);
    count = saturatingSum(count, times);
  }

  /**
   * Adds {@code times} values of which no more is known than that they lie within {@code (lower,
   * upper]}, as explicit buckets tell it: spread evenly in log space, the total exact. Below a
   * {@code lower} of 0 there is no log space: there the spread is even in the value itself, ending
   * at a 64th of {@code upper}. Above an infinite {@code upper} nothing is known: all count as
   * little more than {@code lower}, so quantiles there are lower bounds.
   *
   * @throws IllegalArgumentException unless 0 &lt;= lower &lt;= upper, lower is finite, one of them
   *     says something, and times is not negative
   */
  public void addUniform(double lower, double upper, long times) {
    UniformSpread.add(lower, upper, times, this);
  }

  /** Adds all that {@code other} holds. */
  public void merge(ExponentialHistogram other) {
    addZeros(other.zeroCount);
    for (int i = 0; i < other.length; i++) {
      addToBucket(other.offset + i, other.scale, other.counts[i]);
    }
  }

  /**
   * Two histograms that merge back to this one, the earlier with this share of the counts: the
   * running total up to each bucket is rounded, so both keep their shape and the total is exact.
   *
   * @param share 0..1
   */
  public Parts split(double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("share must be within 0..1, got " + share);
    }
    var earlier = new ExponentialHistogram();
    var later = new ExponentialHistogram();
    long total = zeroCount;
    long given = Math.round(zeroCount * share);
    earlier.addZeros(given);
    later.addZeros(zeroCount - given);
    for (int i = 0; i < length; i++) {
      total = saturatingSum(total, counts[i]);
      long part = Math.clamp(Math.round(total * share) - given, 0, counts[i]);
      earlier.addToBucket(offset + i, scale, part);
      later.addToBucket(offset + i, scale, counts[i] - part);
      given += part;
    }
    return new Parts(earlier, later);
  }

  /**
   * The same shape with so many times the counts: the running total up to each bucket is rounded.
   *
   * @param weight > 0 and finite
   */
  public ExponentialHistogram times(double weight) {
    var result = new ExponentialHistogram();
    long total = zeroCount;
    long given = Math.round(zeroCount * weight);
    result.addZeros(given);
    for (int i = 0; i < length; i++) {
      total = saturatingSum(total, counts[i]);
      long part = Math.max(0, Math.round(total * weight) - given);
      result.addToBucket(offset + i, scale, part);
      given += part;
    }
    return result;
  }

  /** What {@link #split} makes of a histogram. */
  public record Parts(ExponentialHistogram earlier, ExponentialHistogram later) {}

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
    // 0.07 * 100 is a little above 7, yet the rank is the seventh, not the eighth.
    double exactRank = q * count;
    long rank = Math.max(1, (long) Math.ceil(exactRank - 2 * Math.ulp(exactRank)));
    if (zeroCount >= rank) {
      return 0;
    }
    long seen = zeroCount;
    for (int i = 0; i < length; i++) {
      seen = saturatingSum(seen, counts[i]);
      if (seen >= rank) {
        return middle(offset + i);
      }
    }
    return length == 0 ? 0 : middle(offset + length - 1);
  }

  /**
   * The share of values above {@code value}, taking those of its own bucket as spread evenly in log
   * space; 0 when nothing was recorded.
   */
  public double shareAbove(double value) {
    if (count == 0) {
      return 0;
    }
    double above = 0;
    for (int i = length - 1; i >= 0 && upperBound(offset + i) > value; i--) {
      above += counts[i] * shareOfBucketAbove(offset + i, value);
    }
    return Math.min(1, (value < 0 ? above + zeroCount : above) / count);
  }

  private double shareOfBucketAbove(int bucket, double value) {
    if (value <= upperBound(bucket - 1)) {
      return 1;
    }
    double position = BucketIndex.log2(value) * Math.pow(2, scale);
    return Math.clamp(bucket + 1 - position, 0.0, 1.0);
  }

  /** Visits the non-empty buckets in rising order, the zeros not among them. */
  public void forEachBucket(BucketVisitor visitor) {
    for (int i = 0; i < length; i++) {
      if (counts[i] != 0) {
        visitor.bucket(offset + i, counts[i]);
      }
    }
  }

  /** The lowest bucket that is not empty, meaningless when all are. */
  int firstBucket() {
    return offset;
  }

  /** From the lowest to the highest bucket that is not empty. */
  int bucketCount() {
    return length;
  }

  long countOf(int bucket) {
    return counts[bucket - offset];
  }

  /** Makes these the buckets of a histogram that has none; the outer ones are not empty. */
  void restore(int atScale, int first, long[] bucketCounts) {
    scale = atScale;
    offset = first;
    length = bucketCounts.length;
    counts = bucketCounts;
    for (long bucketCount : bucketCounts) {
      count = saturatingSum(count, bucketCount);
    }
  }

  /** The geometric middle of a bucket at the present scale. */
  public double middle(int bucket) {
    return Math.pow(2, (bucket + 0.5) * Math.pow(2, -scale));
  }

  /** The upper bound of a bucket at the present scale, which can be infinite for the last. */
  public double upperBound(int bucket) {
    return Math.pow(2, (bucket + 1) * Math.pow(2, -scale));
  }

  private boolean fits(int bucket) {
    return length == 0
        || Math.max(offset + length - 1, bucket) - Math.min(offset, bucket) < MAX_BUCKETS;
  }

  /** Widens the window of buckets so that it holds this one. */
  private void cover(int bucket) {
    if (length == 0) {
      counts = new long[8];
      offset = bucket;
      length = 1;
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
      length = needed;
    }
  }

  private static int roomFor(int needed) {
    return Math.min(MAX_BUCKETS, Math.max(8, needed + needed / 2));
  }

  private void downscale(int shift) {
    scale -= shift;
    if (length == 0) {
      return;
    }
    int newOffset = offset >> shift;
    int newLength = ((offset + length - 1) >> shift) - newOffset + 1;
    long[] joined = new long[newLength];
    for (int i = 0; i < length; i++) {
      int slot = ((offset + i) >> shift) - newOffset;
      joined[slot] = saturatingSum(joined[slot], counts[i]);
    }
    counts = joined;
    offset = newOffset;
    length = newLength;
  }

  private static long saturatingSum(long a, long b) {
    long sum = a + b;
    return sum < 0 ? Long.MAX_VALUE : sum;
  }

  /** Two histograms are equal when they hold the same counts at the same scale. */
  @Override
  public boolean equals(Object object) {
    return object instanceof ExponentialHistogram other
        && scale == other.scale
        && zeroCount == other.zeroCount
        && length == other.length
        && (length == 0 || offset == other.offset)
        && Arrays.equals(counts, 0, length, other.counts, 0, length);
  }

  @Override
  public int hashCode() {
    int hash = Long.hashCode(zeroCount) + 31 * scale;
    for (int i = 0; i < length; i++) {
      hash = 31 * hash + Long.hashCode(counts[i]);
    }
    return hash;
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
