package headroom.wall;

/**
 * A value that is not known exactly: a central estimate and an interval that holds the truth with
 * probability {@code coverage}.
 */
public record Estimate(double low, double median, double high, double coverage) {
  public Estimate {
    if (!(low <= median && median <= high)) {
      throw new IllegalArgumentException(
          "low <= median <= high is needed, got %s, %s, %s".formatted(low, median, high));
    }
    if (!(coverage > 0 && coverage < 1)) {
      throw new IllegalArgumentException("coverage must be within 0..1, got " + coverage);
    }
  }

  /** The same as far as it lies at or below this value. */
  Estimate atMost(double value) {
    return new Estimate(
        Math.min(low, value), Math.min(median, value), Math.min(high, value), coverage);
  }

  /** The same as far as it lies at or above this value. */
  Estimate atLeast(double value) {
    return new Estimate(
        Math.max(low, value), Math.max(median, value), Math.max(high, value), coverage);
  }

  /** The same with an interval that reaches down to this value at least. */
  Estimate downTo(double value) {
    return new Estimate(Math.min(low, value), median, high, coverage);
  }

  public boolean contains(double value) {
    return value >= low && value <= high;
  }
}
