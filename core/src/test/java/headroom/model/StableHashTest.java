package headroom.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * Maps by these keys are walked in the order of their hashes, and sums depend on the order: the
 * same history must give the same walls in the next process too.
 */
class StableHashTest {
  @Test
  void hashesAreTheSameInEveryProcess() {
    assertThat(new SeriesKey(Measure.POOL_USED, "shop", "w-1", "main", "").hashCode())
        .isEqualTo(SERIES);
    assertThat(new Station("shop", StationKind.POOL, "main").hashCode()).isEqualTo(STATION);
  }

  private static final int SERIES = hash("POOL_USED", "shop", "w-1", "main", "");
  private static final int STATION = hash("shop", "pool", "main");

  private static int hash(String first, String... others) {
    int hash = first.hashCode();
    for (String other : others) {
      hash = 31 * hash + other.hashCode();
    }
    return hash;
  }
}
