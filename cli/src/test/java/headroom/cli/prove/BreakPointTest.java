package headroom.cli.prove;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import headroom.wall.Objective;
import org.junit.jupiter.api.Test;

final class BreakPointTest {
  private static final Objective HALF_A_SECOND = new Objective(0.99, 0.5, 0.01);

  @Test
  void liesWhereTheLatencyCrossesTheLimit() {
    // log(0.5 / 0.25) is half of log(1.0 / 0.25), so half of the way from 110 to 120
    assertThat(breaksAt(plateau(110, 0.25), plateau(120, 1.0))).isCloseTo(115, within(1e-9));
    assertThat(breaksAt(plateau(110, 0.5), plateau(120, 1.0))).isCloseTo(110, within(1e-9));
  }

  @Test
  void errorsBreakTheObjectiveSomewhereInBetween() {
    assertThat(breaksAt(plateau(100, 0.1), new LoadLevel(110, 500, 0.1, 0.3)))
        .isCloseTo(105, within(1e-9));
    assertThat(breaksAt(plateau(100, 0.1), new LoadLevel(110, 500, 0.2, 0.3)))
        .isCloseTo(105, within(1e-9));
  }

  @Test
  void twoTriesCountTogether() {
    LoadLevel hiccup = plateau(110, 3).and(plateau(110, 0.03));
    assertThat(hiccup.latencySeconds()).isCloseTo(0.3, within(1e-9));
    assertThat(hiccup.keeps(HALF_A_SECOND)).isTrue();
    assertThat(plateau(110, 0.9).and(plateau(110, 0.4)).keeps(HALF_A_SECOND)).isFalse();
  }

  private static double breaksAt(LoadLevel held, LoadLevel failed) {
    return BreakPoint.perSecond(held, failed, HALF_A_SECOND);
  }

  private static LoadLevel plateau(double perSecond, double seconds) {
    return new LoadLevel(perSecond, 500, seconds, 0);
  }
}
