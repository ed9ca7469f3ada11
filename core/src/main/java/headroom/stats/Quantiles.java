package headroom.stats;

import java.util.Arrays;

/** Order statistics and means of plain arrays, none of which may be empty. */
public final class Quantiles {
  /** What makes the median absolute deviation of normal noise its standard deviation. */
  private static final double MAD_TO_SIGMA = 1.4826;

  private Quantiles() {}

  /** The value that a share {@code q} does not exceed, linear between neighbours (type 7). */
  public static double of(double[] values, double q) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return ofSorted(sorted, q);
  }

  /** As {@link #of} for values that rise already. */
  public static double ofSorted(double[] sorted, double q) {
    requireValues(sorted);
    if (!(q >= 0 && q <= 1)) {
      throw new IllegalArgumentException("q must be within 0..1, got " + q);
    }
    double position = q * (sorted.length - 1);
    int below = (int) position;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
  }

  public static double median(double[] values) {
    requireFiniteOrder(values);
    return Selection.median(values.clone());
  }

  public static double mean(double[] values) {
    requireValues(values);
    return Arrays.stream(values).sum() / values.length;
  }

  /** Standard deviation of normal noise with this median absolute deviation: robust scale. */
  public static double robustSigma(double[] values) {
    requireFiniteOrder(values);
    double[] away = values.clone();
    double median = Selection.median(away);
    for (int i = 0; i < away.length; i++) {
      away[i] = Math.abs(values[i] - median);
    }
    return MAD_TO_SIGMA * Selection.median(away);
  }

  /** A value that is not a number has no place in an order. */
  private static void requireFiniteOrder(double[] values) {
    requireValues(values);
    for (double value : values) {
      if (Double.isNaN(value)) {
        throw new IllegalArgumentException("values must be numbers, got NaN");
      }
    }
  }

  private static void requireValues(double[] values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("at least one value is needed, got none");
    }
  }
}
