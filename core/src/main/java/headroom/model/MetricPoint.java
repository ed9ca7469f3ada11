package headroom.model;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One data point of one metric as the decoder sees it: a mutable view that is filled anew for every
 * point. A receiver must copy what it keeps.
 *
 * <p>Which fields are set follows from {@link #type}: {@link #value} for gauges and sums; {@link
 * #count}, {@link #sum}, {@link #min}, {@link #max} and the buckets for histograms. Times are
 * nanoseconds since the Unix epoch; values are in {@link #unit} as sent.
 */
public final class MetricPoint {
  /** The shape of a metric on the wire. */
  public enum Type {
    GAUGE,
    SUM,
    HISTOGRAM,
    EXPONENTIAL_HISTOGRAM,
    SUMMARY
  }

  public String name = "";
  public String unit = "";
  public Type type = Type.GAUGE;

  /** Counts since {@link #startNanos} rather than since the last point. */
  public boolean cumulative;

  public boolean monotonic;
  public long startNanos;
  public long timeNanos;
  public double value;

  public long count;
  public double sum;
  public boolean hasSum;
  public double min;
  public double max;
  public boolean hasMin;
  public boolean hasMax;

  /** Upper bounds of the explicit buckets; {@code bucketCounts} has one more entry. */
  public double[] bounds = new double[32];

  public int boundCount;
  public long[] bucketCounts = new long[33];
  public int bucketCount;

  /** Exponential histograms: {@code bucketCounts} are the positive buckets from this index on. */
  public int positiveOffset;

  public int scale;
  public long zeroCount;

  public @Nullable Resource resource;

  private String[] keys = new String[16];
  private String[] values = new String[16];
  private int attributes;

  /** Forgets the last point; the metric's name, unit, type and resource stay. */
  public void clearPoint() {
    startNanos = 0;
    timeNanos = 0;
    value = 0;
    count = 0;
    sum = 0;
    hasSum = false;
    min = 0;
    max = 0;
    hasMin = false;
    hasMax = false;
    boundCount = 0;
    bucketCount = 0;
    positiveOffset = 0;
    scale = 0;
    zeroCount = 0;
    attributes = 0;
  }

  public void addBound(double bound) {
    if (boundCount == bounds.length) {
      bounds = Arrays.copyOf(bounds, bounds.length * 2);
    }
    bounds[boundCount++] = bound;
  }

  public void addBucketCount(long bucket) {
    if (bucketCount == bucketCounts.length) {
      bucketCounts = Arrays.copyOf(bucketCounts, bucketCounts.length * 2);
    }
    bucketCounts[bucketCount++] = bucket;
  }

  public void addAttribute(String key, String attributeValue) {
    if (attributes == keys.length) {
      keys = Arrays.copyOf(keys, attributes * 2);
      values = Arrays.copyOf(values, attributes * 2);
    }
    keys[attributes] = key;
    values[attributes++] = attributeValue;
  }

  public int attributeCount() {
    return attributes;
  }

  public String attributeKey(int index) {
    return keys[index];
  }

  public String attributeValue(int index) {
    return values[index];
  }

  /** The value of the attribute with this key, or null. */
  public @Nullable String attribute(String key) {
    for (int i = 0; i < attributes; i++) {
      if (keys[i].equals(key)) {
        return values[i];
      }
    }
    return null;
  }
}
