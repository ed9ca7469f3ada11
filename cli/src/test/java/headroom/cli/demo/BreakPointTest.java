package headroom.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import headroom.wall.Objective;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BreakPointTest {
  private static final Objective HALF_A_SECOND = new Objective(0.99, 0.5, 0.01);

  @Test
  void liesBetweenTheLastThatHeldAndTheFirstOfTwoThatFailed() {
    var plateaus =
        List.of(plateau(100, 0.1), plateau(110, 0.25), plateau(120, 1.0), plateau(130, 4.0));

    // log(0.5 / 0.25) is half of log(1.0 / 0.25), so half of the way from 110 to 120
    assertThat(BreakPoint.perSecond(plateaus, HALF_A_SECOND).orElseThrow())
        .isCloseTo(115, within(1e-9));
  }

  @Test
  void oneBadPlateauIsNotYetABreak() {
    var plateaus = new ArrayList<>(List.of(plateau(100, 0.1), plateau(110, 0.6)));
    assertThat(BreakPoint.perSecond(plateaus, HALF_A_SECOND)).isEmpty();

    plateaus.add(plateau(120, 0.2));
    assertThat(BreakPoint.perSecond(plateaus, HALF_A_SECOND)).isEmpty();

    plateaus.add(plateau(130, 0.9));
    plateaus.add(plateau(140, 0.9));
    assertThat(BreakPoint.perSecond(plateaus, HALF_A_SECOND).orElseThrow()).isBetween(120.0, 130.0);
  }

  @Test
  void errorsBreakTheObjectiveToo() {
    var plateaus =
        List.of(
            plateau(100, 0.1), new Plateau(110, 500, 0.1, 0.3), new Plateau(120, 500, 0.1, 0.5));
    assertThat(BreakPoint.perSecond(plateaus, HALF_A_SECOND).orElseThrow())
        .isCloseTo(105, within(1e-9));
  }

  @Test
  void failingFromTheStartIsTheFirstLoad() {
    assertThat(
            BreakPoint.perSecond(List.of(plateau(100, 2), plateau(110, 3)), HALF_A_SECOND)
                .orElseThrow())
        .isEqualTo(100);
  }

  private static Plateau plateau(double perSecond, double seconds) {
    return new Plateau(perSecond, 500, seconds, 0);
  }
}
