package headroom.queueing;

import java.util.function.DoubleUnaryOperator;

/** The inverse of a rising function, by halving the interval. */
public final class Monotone {
  private static final int HALVINGS = 100;

  private Monotone() {}

  /**
   * The point within [low, high] where {@code rising} reaches {@code value}; the nearer end when it
   * does not do so within. Exact to the last bits of a double.
   */
  public static double inverse(DoubleUnaryOperator rising, double low, double high, double value) {
    return inverse(rising, low, high, value, 0);
  }

  /** As above, but stops once the interval is no wider than {@code tolerance}. */
  public static double inverse(
      DoubleUnaryOperator rising, double low, double high, double value, double tolerance) {
    if (!(low <= high)) {
      throw new IllegalArgumentException("low must be <= high, got " + low + " > " + high);
    }
    double below = low;
    double above = high;
    for (int i = 0; i < HALVINGS && above - below > tolerance; i++) {
      double middle = 0.5 * (below + above);
      if (middle <= below || middle >= above) {
        break;
      }
      if (rising.applyAsDouble(middle) < value) {
        below = middle;
      } else {
        above = middle;
      }
    }
    return 0.5 * (below + above);
  }
}
