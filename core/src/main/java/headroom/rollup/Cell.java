package headroom.rollup;

import java.util.Objects;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * The mergeable content of one series in one window. Which fields mean something follows from the
 * measure's kind: a distribution has count, errors, sum, extremes and mostly a histogram; a counter
 * its increase as the sum; a gauge its samples and the last of them.
 *
 * <p>Laws: {@link #merge} is commutative and associative (sums up to rounding), and an empty cell
 * is its neutral element. So late data, many workers and a restart are all the same case.
 *
 * <p>Not safe for use by several threads.
 */
public final class Cell {
  private long count;
  private long errors;
  private double sum;
  private double min = Double.POSITIVE_INFINITY;
  private double max = Double.NEGATIVE_INFINITY;
  private double last;
  private long lastNanos = Long.MIN_VALUE;
  private @Nullable ExponentialHistogram histogram;

  /** Restores a cell from its parts, as a store keeps them. */
  public static Cell of(
      long count,
      long errors,
      double sum,
      double min,
      double max,
      double last,
      long lastNanos,
      @Nullable ExponentialHistogram histogram) {
    var cell = new Cell();
    cell.count = count;
    cell.errors = errors;
    cell.sum = sum;
    cell.min = min;
    cell.max = max;
    cell.last = last;
    cell.lastNanos = lastNanos;
    cell.histogram = histogram == null || histogram.isEmpty() ? null : histogram;
    return cell;
  }

  /** Adds one value of a distribution, finite and not negative. */
  public void record(double value, boolean error) {
    histogramForWriting().record(value);
    count++;
    sum += value;
    min = Math.min(min, value);
    max = Math.max(max, value);
    if (error) {
      errors++;
    }
  }

  /**
   * Adds many values of a distribution that were summed up elsewhere.
   *
   * @param histogramOfValues of the same values, or null when the sender kept none
   */
  public void recordAll(
      long values,
      double sumOfValues,
      OptionalDouble smallest,
      OptionalDouble greatest,
      @Nullable ExponentialHistogram histogramOfValues,
      long errorsAmongThem) {
    if (values < 0 || errorsAmongThem < 0 || errorsAmongThem > values) {
      throw new IllegalArgumentException(
          "values must be >= errors >= 0, got %d and %d".formatted(values, errorsAmongThem));
    }
    requireFinite(sumOfValues);
    count += values;
    errors += errorsAmongThem;
    sum += sumOfValues;
    min = Math.min(min, smallest.orElse(Double.POSITIVE_INFINITY));
    max = Math.max(max, greatest.orElse(Double.NEGATIVE_INFINITY));
    if (histogramOfValues != null && !histogramOfValues.isEmpty()) {
      histogramForWriting().merge(histogramOfValues);
    }
  }

  /** Adds the increase of a counter, which must be finite. */
  public void increase(double by) {
    requireFinite(by);
    count++;
    sum += by;
  }

  /** Adds a sample of a gauge, which must be finite, taken at {@code timeNanos}. */
  public void sample(double value, long timeNanos) {
    requireFinite(value);
    count++;
    sum += value;
    min = Math.min(min, value);
    max = Math.max(max, value);
    keepLast(value, timeNanos);
  }

  /** One value that is not a number would spoil the sum of its window, and of every coarser one. */
  private static void requireFinite(double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("value must be finite, got " + value);
    }
  }

  /** Adds all that {@code other} holds; {@code other} stays as it is. */
  public void merge(Cell other) {
    count += other.count;
    errors += other.errors;
    sum += other.sum;
    min = Math.min(min, other.min);
    max = Math.max(max, other.max);
    keepLast(other.last, other.lastNanos);
    if (other.histogram != null) {
      histogramForWriting().merge(other.histogram);
    }
  }

  /**
   * Two cells that merge back to this one (the sum up to rounding), for a point whose time spans
   * two windows. Sums are divided in proportion, counts by rounding the running total; the extremes
   * hold for both parts, the last sample of a gauge stays with the later one. To divide among more
   * windows, divide the later part again.
   *
   * @param share the part of the earlier cell, 0..1
   */
  public Parts split(double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("share must be within 0..1, got " + share);
    }
    Cell earlier = part(Math.round(count * share), Math.round(errors * share), sum * share);
    Cell later = part(count - earlier.count, errors - earlier.errors, sum - earlier.sum);
    later.last = last;
    later.lastNanos = lastNanos;
    if (histogram != null) {
      var halves = histogram.split(share);
      earlier.histogram = halves.earlier().isEmpty() ? null : halves.earlier();
      later.histogram = halves.later().isEmpty() ? null : halves.later();
    }
    return new Parts(earlier, later);
  }

  /**
   * The content that so many values of the same kind would have, for what is seen of a sample and
   * stands for all. Extremes and the last sample stay as they are.
   *
   * @param newCount &gt; 0; there must be values to begin with
   * @param newErrors 0..newCount
   */
  public Cell resized(long newCount, long newErrors) {
    if (!(newCount > 0 && count > 0 && newErrors >= 0 && newErrors <= newCount)) {
      throw new IllegalArgumentException(
          "newCount and count must be > 0 and newErrors within 0..newCount, got %d of %d and %d"
              .formatted(newCount, count, newErrors));
    }
    double weight = (double) newCount / count;
    Cell result = copy();
    result.count = newCount;
    result.errors = newErrors;
    result.sum = sum * weight;
    result.histogram = histogram == null ? null : histogram.times(weight);
    return result;
  }

  private Cell part(long countOfPart, long errorsOfPart, double sumOfPart) {
    Cell part = new Cell();
    part.count = countOfPart;
    part.errors = errorsOfPart;
    part.sum = sumOfPart;
    if (countOfPart > 0 || count == 0) {
      part.min = min;
      part.max = max;
    }
    return part;
  }

  /** What {@link #split} makes of a cell. */
  public record Parts(Cell earlier, Cell later) {}

  /** Of two samples at the same moment the greater wins, so that the order does not matter. */
  private void keepLast(double value, long timeNanos) {
    if (timeNanos > lastNanos || (timeNanos == lastNanos && value > last)) {
      last = value;
      lastNanos = timeNanos;
    }
  }

  private ExponentialHistogram histogramForWriting() {
    if (histogram == null) {
      histogram = new ExponentialHistogram();
    }
    return histogram;
  }

  public Cell copy() {
    return of(
        count, errors, sum, min, max, last, lastNanos, histogram == null ? null : histogram.copy());
  }

  public long count() {
    return count;
  }

  public long errors() {
    return errors;
  }

  public double sum() {
    return sum;
  }

  /** The smallest value; positive infinity when none is known. */
  public double min() {
    return min;
  }

  /** The greatest value; negative infinity when none is known. */
  public double max() {
    return max;
  }

  /** The last sample of a gauge; 0 before the first. */
  public double last() {
    return last;
  }

  /** When the last sample was taken; {@link Long#MIN_VALUE} before the first. */
  public long lastNanos() {
    return lastNanos;
  }

  public @Nullable ExponentialHistogram histogram() {
    return histogram;
  }

  public OptionalDouble mean() {
    return count == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / count);
  }

  /** A quantile of the distribution, empty where no histogram was kept. */
  public OptionalDouble quantile(double q) {
    return histogram == null || histogram.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(histogram.quantile(q));
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof Cell other
        && count == other.count
        && errors == other.errors
        && Double.compare(sum, other.sum) == 0
        && Double.compare(min, other.min) == 0
        && Double.compare(max, other.max) == 0
        && Double.compare(last, other.last) == 0
        && lastNanos == other.lastNanos
        && Objects.equals(histogram, other.histogram);
  }

  @Override
  public int hashCode() {
    return Objects.hash(count, errors, sum, min, max, last, lastNanos, histogram);
  }

  @Override
  public String toString() {
    return "Cell[count=%d, errors=%d, sum=%s, min=%s, max=%s, last=%s, %s]"
        .formatted(count, errors, sum, min, max, last, histogram);
  }
}
