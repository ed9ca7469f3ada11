package headroom.forecast;

import java.util.OptionalInt;

/**
 * When a wall is reached: draws of the number of days from the start of the forecast.
 *
 * @param days rising; {@code reach} for those that do not reach it within the forecast
 * @param reach how many days were looked ahead
 */
@SuppressWarnings("ArrayRecordComponent") // shared, read only
public record Passage(int[] days, int reach) {
  /** Days until it is reached with this probability; empty beyond the forecast. */
  public OptionalInt quantile(double probability) {
    if (!(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException("probability must be within 0..1, got " + probability);
    }
    int day = days[(int) Math.min(days.length - 1L, (long) (probability * days.length))];
    return day < reach ? OptionalInt.of(day) : OptionalInt.empty();
  }

  /** The chance that it is reached within so many days, 0..1. */
  public double within(int someDays) {
    int count = 0;
    while (count < days.length && days[count] < Math.min(someDays, reach)) {
      count++;
    }
    return (double) count / days.length;
  }
}
