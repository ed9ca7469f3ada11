package headroom.model;

import java.util.EnumMap;
import java.util.Map;

/** Counts by {@link Irregularity}. Not safe for use by several threads. */
public final class Irregularities {
  private final EnumMap<Irregularity, Long> counts = new EnumMap<>(Irregularity.class);

  public void count(Irregularity irregularity) {
    counts.merge(irregularity, 1L, Long::sum);
  }

  /** All that occurred, with how often. */
  public Map<Irregularity, Long> snapshot() {
    return new EnumMap<>(counts);
  }

  @Override
  public String toString() {
    return counts.toString();
  }
}
