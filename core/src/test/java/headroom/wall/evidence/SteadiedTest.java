package headroom.wall.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import headroom.wall.evidence.StationUse.Sample;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SteadiedTest {
  private static final int ROWS = 144;

  private static double process(int t) {
    return 1 - 0.5 * Math.cos(2 * Math.PI * t / ROWS);
  }

  private static List<Sample> rows(IntToDoubleFunction busy) {
    return IntStream.range(0, ROWS)
        .mapToObj(t -> new Sample(10 * t, 10 * t + 10, busy.applyAsDouble(t)))
        .toList();
  }

  @Test
  void theCountTellsTheShapeAndTheGaugeTheLevel() {
    var random = new SplittableRandom(1);
    List<Sample> gauge = rows(t -> 0.15 + 1.1 * process(t) + 0.1 * random.nextGaussian());
    List<Sample> steady = Steadied.of(rows(SteadiedTest::process), gauge, gauge, 4);
    for (int t = 0; t < ROWS; t++) {
      assertThat(steady.get(t).busy()).isCloseTo(0.15 + 1.1 * process(t), within(0.04));
    }
  }

  @Test
  void whatElseHasItsOwnTimesStaysInSight() {
    List<Sample> gauge = rows(t -> process(t) + (t % 48 < 12 ? 0.8 : 0.1));
    assertThat(Steadied.of(rows(SteadiedTest::process), gauge, gauge, 4)).isEqualTo(gauge);
  }

  @Test
  void aProcessThatIsHardlySeenTellsNothing() {
    List<Sample> gauge = rows(SteadiedTest::process);
    List<Sample> few = gauge.subList(0, 20);
    assertThat(Steadied.of(few, few, gauge, 4)).isEqualTo(gauge);
  }
}
