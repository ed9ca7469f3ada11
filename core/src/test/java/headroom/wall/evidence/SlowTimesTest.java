package headroom.wall.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import headroom.store.Planted;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

/** An hour in windows of ten seconds, with a tide of 20 to 60 requests a second. */
class SlowTimesTest {
  private static final int WINDOWS = 360;

  private static int arrivals(int i) {
    return (int) Math.round(400 - 200 * Math.cos(2 * Math.PI * i / 90));
  }

  private static SlowTimes of(IntToDoubleFunction meanSeconds) {
    var planted = new Planted(WINDOWS, 4).actions(SlowTimesTest::arrivals, meanSeconds);
    return SlowTimes.of(Traffic.of(planted.history()).orElseThrow(), window -> true);
  }

  @Test
  void fortySecondsThatLoadDoesNotExplainAreFound() {
    SlowTimes found = of(i -> i >= 200 && i < 204 ? 0.05 : 0.02);
    assertThat(found.stretches()).hasSize(1);
    SlowTimes.Stretch slow = found.stretches().getFirst();
    assertThat(slow.from()).isEqualTo(200);
    assertThat(slow.to()).isEqualTo(204);
    assertThat(slow.factor()).isCloseTo(2.5, within(0.3));
  }

  @Test
  void aShiftAtEqualLoadIsFoundToo() {
    SlowTimes found = of(i -> i >= 260 ? 0.032 : 0.02);
    assertThat(found.windows().cardinality()).isBetween(85, 101);
    assertThat(found.windows().get(100)).isFalse();
  }

  @Test
  void whatLoadExplainsIsNoDisturbance() {
    assertThat(of(i -> 0.02 / (1 - arrivals(i) / 700.0)).stretches()).isEmpty();
    assertThat(of(i -> 0.02).stretches()).isEmpty();
  }

  @Test
  void windowsVaryAsTheyDo() {
    var planted = new Planted(WINDOWS, 4);
    double[] factors = new double[WINDOWS];
    for (int i = 0; i < WINDOWS; i++) {
      factors[i] = Math.exp(0.2 * planted.random.nextGaussian());
    }
    assertThat(of(i -> 0.02 * factors[i]).variation()).isCloseTo(0.2, within(0.05));
    assertThat(of(i -> 0.02).variation()).isLessThan(0.03);
  }
}
