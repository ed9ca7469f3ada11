package headroom.load.capacity;

/**
 * Where to search for the capacity, and how well.
 *
 * @param fromPerSecond the first rate, in journeys per second
 * @param toPerSecond the highest rate that may be tried
 * @param leastSeconds a plateau that settles is held at least so long
 * @param mostSeconds a plateau that does not settle within this time has not held
 * @param precision how far apart, as a ratio less one, the highest rate that held and the lowest
 *     that broke may be at the end
 */
public record CapacityGoal(
    double fromPerSecond,
    double toPerSecond,
    double leastSeconds,
    double mostSeconds,
    double precision) {
  public CapacityGoal {
    if (!(fromPerSecond > 0 && toPerSecond >= fromPerSecond)) {
      throw new IllegalArgumentException(
          "rates must be 0 < from <= to, got %s and %s".formatted(fromPerSecond, toPerSecond));
    }
    if (!(leastSeconds >= Stationarity.LEAST && mostSeconds >= leastSeconds)) {
      throw new IllegalArgumentException(
          "plateaus must last %d <= least <= most seconds, got %s and %s"
              .formatted(Stationarity.LEAST, leastSeconds, mostSeconds));
    }
    if (!(precision >= 0.005)) {
      throw new IllegalArgumentException("precision must be >= 0.005, got " + precision);
    }
  }

  /** Plateaus of 10 to 40 seconds, until 5 % are left between held and broken. */
  public static CapacityGoal between(double fromPerSecond, double toPerSecond) {
    return new CapacityGoal(fromPerSecond, toPerSecond, 10, 40, 0.05);
  }
}
