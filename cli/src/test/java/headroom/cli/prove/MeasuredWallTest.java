package headroom.cli.prove;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import headroom.wall.Objective;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Walls of planted curves, as plateaus find them. */
final class MeasuredWallTest {
  private static final Objective OBJECTIVE = new Objective(0.99, 0.5, 0.01);

  /** Where {@code 0.02 + 0.02 / (1 - load / 100)} is 0.5. */
  private static final double WALL = 100 * (1 - 0.02 / 0.48);

  @Test
  void shortPlateausBracketIt() throws Exception {
    var load = new PlantedLoad(10, PlantedLoad.fullAt(100), 0, new SplittableRandom(1));

    MeasuredWall wall = new LoadGrowth(load, OBJECTIVE).measure();

    assertThat(WALL).isBetween(wall.low(), wall.high());
    assertThat(wall.perSecond()).isCloseTo(WALL, within(0.08 * WALL));
  }

  @Test
  void repeatedPlateausComeNearAmongNoise() throws Exception {
    List<Double> errors = new ArrayList<>();
    int inside = 0;
    for (int seed = 1; seed <= 40; seed++) {
      var random = new SplittableRandom(seed);
      var load = new PlantedLoad(10, PlantedLoad.fullAt(100), 0.4, random);
      MeasuredWall wall =
          new RepeatedPlateaus(load, OBJECTIVE, 60, 3, new SplittableRandom(seed)).around(105);
      errors.add(Math.abs(wall.perSecond() / WALL - 1));
      inside += WALL >= wall.low() && WALL <= wall.high() ? 1 : 0;
    }
    Collections.sort(errors);
    assertThat(errors.get(20)).isLessThan(0.03);
    assertThat(errors.getLast()).isLessThan(0.1);
    assertThat(inside).isGreaterThanOrEqualTo(28);
  }

  @Test
  void loadsAreAddedWhereTheWallIsNotBetweenThoseTried() throws Exception {
    for (double guess : new double[] {70, 85, 130, 150}) {
      var load = new PlantedLoad(10, PlantedLoad.fullAt(100), 0, new SplittableRandom(1));
      MeasuredWall wall =
          new RepeatedPlateaus(load, OBJECTIVE, 60, 2, new SplittableRandom(7)).around(guess);
      assertThat(wall.perSecond()).as("from %s", guess).isCloseTo(WALL, within(0.09 * WALL));
    }
  }

  @Test
  void aGuessThatIsFarOffIsSaidSo() {
    var load = new PlantedLoad(10, PlantedLoad.fullAt(100), 0, new SplittableRandom(1));
    var plateaus = new RepeatedPlateaus(load, OBJECTIVE, 60, 1, new SplittableRandom(7));

    assertThatThrownBy(() -> plateaus.around(20))
        .isInstanceOf(GrowthEnded.class)
        .hasMessageContaining("held at every load from 16.8 to");
  }

  @Test
  void theOrderIsShuffledBySeedAndEachLoadIsHeldAsOften() throws Exception {
    List<Double> one = order(1);

    assertThat(order(1)).isEqualTo(one);
    assertThat(order(2)).isNotEqualTo(one);
    assertThat(one).hasSize(12);
    assertThat(one.stream().distinct().toList())
        .hasSize(4)
        .allSatisfy(load -> assertThat(Collections.frequency(one, load)).isEqualTo(3));
    assertThat(one.stream().sorted().toList()).isNotEqualTo(one);
  }

  private static List<Double> order(long seed) throws Exception {
    var load = new PlantedLoad(10, PlantedLoad.fullAt(100), 0, new SplittableRandom(1));
    var unused =
        new RepeatedPlateaus(load, OBJECTIVE, 60, 3, new SplittableRandom(seed)).around(WALL);
    assertThat(load.pauses).isEqualTo(13);
    return load.held;
  }

  @Test
  void neverBeyondWhatIsAllowed() {
    var load = new PlantedLoad(10, PlantedLoad.fullAt(100), 0, new SplittableRandom(1));
    load.most = 40;

    assertThatThrownBy(() -> new LoadGrowth(load, OBJECTIVE).measure())
        .isInstanceOf(GrowthEnded.class);
    assertThat(load.held).allSatisfy(each -> assertThat(each).isLessThanOrEqualTo(40));
  }
}
