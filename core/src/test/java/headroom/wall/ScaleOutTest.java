package headroom.wall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import headroom.model.Measure;
import headroom.store.History;
import headroom.store.Planted;
import headroom.store.Series;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

/** An hour of a service with cores of its own at each instance, whose number changes at the end. */
class ScaleOutTest {
  private static final int WINDOWS = 360;

  /** The last four minutes. */
  private static final int LATELY = 336;

  private static int arrivals(int i) {
    return (int) Math.round(300 - 100 * Math.cos(2 * Math.PI * i / 60.0));
  }

  private static double wall(IntUnaryOperator instances) {
    var planted = new Planted(WINDOWS, 1).actions(ScaleOutTest::arrivals, i -> 0.02);
    for (int k = 0; k < 4; k++) {
      int instance = k;
      planted.with(
          Measure.CPU_TIME,
          "w-" + k,
          "",
          "",
          (i, cell) -> {
            if (instance < instances.applyAsInt(i)) {
              cell.increase(0.02 * arrivals(i) / instances.applyAsInt(i));
            }
          });
      planted.with(
          Measure.CPU_COUNT,
          "w-" + k,
          "",
          "",
          (i, cell) -> {
            if (instance < instances.applyAsInt(i)) {
              cell.sample(2, Planted.nanos(i));
            }
          });
    }
    Wall first =
        WallPredictor.predict(
                reported(planted.history()), Objective.DEFAULT, new SplittableRandom(1))
            .walls()
            .getFirst();
    return Objects.requireNonNull(first.multiple()).median();
  }

  /** Without the windows in which an instance was not there. */
  private static History reported(History history) {
    return History.of(
        history.resolution(),
        history.from(),
        history.to(),
        history.series().values().stream()
            .flatMap(List::stream)
            .map(one ->
                new Series(
                    one.key(),
                    one.windows().stream().filter(window -> window.cell().count() > 0).toList()))
            .filter(one -> !one.windows().isEmpty())
            .toList(),
        history.events());
  }

  @Test
  void wallsFollowTheNumberOfInstancesWithinMinutes() {
    double two = wall(i -> 2);
    double four = wall(i -> 4);
    assertThat(four).isGreaterThan(1.7 * two);
    assertThat(wall(i -> i < LATELY ? 2 : 4)).isCloseTo(four, within(0.12 * four));
    assertThat(wall(i -> i < LATELY ? 4 : 2)).isCloseTo(two, within(0.12 * two));
  }
}
