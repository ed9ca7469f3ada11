package headroom.wall.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import headroom.store.Planted;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

/** An hour in windows of ten seconds whose load rises from 20 to 60 a second. */
class WitnessTest {
  private static final int WINDOWS = 360;
  private static final double PEAK = 60;
  private static final double FAST = 0.02;
  private static final double SLOW = 2;

  private static final Deadline DEADLINE = new Deadline(0.5, 0.01);

  private static int rising(int i) {
    return 200 + 400 * i / WINDOWS;
  }

  private static Witness witness(IntUnaryOperator arrivals, IntToDoubleFunction meanSeconds) {
    var planted = new Planted(WINDOWS, 3).actions(arrivals, meanSeconds);
    Traffic traffic = Traffic.of(planted.history()).orElseThrow();
    return Witness.of(traffic, DEADLINE, 0.01, PEAK, window -> true);
  }

  @Test
  void anObjectiveThatNeverFailsHeldAtTheHighestLoad() {
    Witness seen = witness(WitnessTest::rising, i -> FAST);
    assertThat(seen.held().orElseThrow()).isBetween(0.9, 1.0);
    assertThat(seen.failed()).isEmpty();
  }

  @Test
  void whatFailsFromALoadOnFailsBecauseOfIt() {
    // From 45 a second on.
    Witness seen = witness(WitnessTest::rising, i -> i < 225 ? FAST : SLOW);
    assertThat(seen.failed().orElseThrow()).isCloseTo(0.77, within(0.05));
    assertThat(seen.held().orElseThrow()).isBetween(0.65, 0.75);
    assertThat(seen.failing().get(300)).isTrue();
    assertThat(seen.failing().get(100)).isFalse();
  }

  @Test
  void aDisturbanceSaysNothingOfTheLoad() {
    // 40 seconds at two thirds of the load, and at the highest.
    for (int at : new int[] {220, 350}) {
      Witness seen = witness(WitnessTest::rising, i -> i >= at && i < at + 4 ? SLOW : FAST);
      assertThat(seen.failed()).isEmpty();
      assertThat(seen.held().orElseThrow()).isGreaterThan(0.8);
    }
    // Ten minutes at a load that it bore for the rest of the time.
    Witness shifted = witness(i -> 400, i -> i >= 100 && i < 160 ? SLOW : FAST);
    assertThat(shifted.failed()).isEmpty();
  }

  @Test
  void fewRequestsProveNothing() {
    Witness seen = witness(i -> i % 12 == 0 ? 1 : 0, i -> FAST);
    assertThat(seen.held()).isEmpty();
    assertThat(seen.failed()).isEmpty();
  }
}
