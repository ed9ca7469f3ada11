package headroom.wall;

import static org.assertj.core.api.Assertions.assertThat;

import headroom.model.Measure;
import headroom.model.StationKind;
import headroom.store.Planted;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Walls beside what was seen of the objective itself. */
class SeenObjectiveTest {
  private static final int WINDOWS = 360;
  private static final double CORES = 4;

  /** A tide that is lowest at both ends. */
  private static double tide(int i) {
    return 0.3 + 0.7 * (0.5 - 0.5 * Math.cos(2 * Math.PI * i / WINDOWS));
  }

  private static int arrivals(int i) {
    return (int) Math.round(400 * tide(i));
  }

  private static Planted withProcessor(Planted planted, double work) {
    return planted
        .with(Measure.CPU_TIME, "w-1", "", "", (i, cell) -> cell.increase(work * arrivals(i)))
        .level(Measure.CPU_COUNT, "", i -> CORES);
  }

  private static Walls walls(Planted planted) {
    return WallPredictor.predict(planted.history(), Objective.DEFAULT, new SplittableRandom(1));
  }

  private static Estimate multiple(Wall wall) {
    return Objects.requireNonNull(wall.multiple());
  }

  /** Of two cores a job takes what requests leave, and these take three times as long. */
  @Test
  void aJobWithinTheObjectiveMovesNoWallToNothing() {
    var planted = new Planted(WINDOWS, 1);
    planted
        .actions(SeenObjectiveTest::arrivals, i -> i >= 300 ? 0.06 : 0.02)
        .with(
            Measure.CPU_TIME,
            "w-1",
            "",
            "",
            (i, cell) -> cell.increase(i >= 300 ? 20 : 0.008 * arrivals(i)))
        .level(Measure.CPU_COUNT, "", i -> 2)
        .with(
            Measure.ACTION,
            "",
            "nightly report",
            "",
            (i, cell) -> planted.requests(cell, i >= 300 ? 2 : 0, 40));
    Wall first = walls(planted).walls().getFirst();
    // 16 of 100 are used at the peak.
    assertThat(multiple(first).low()).isGreaterThan(2);
    assertThat(first.notes()).anyMatch(note -> note.contains("(nightly report)"));
    assertThat(first.notes()).anyMatch(note -> note.contains("without it"));
  }

  /** A pool that is all but full at a load that it bears: its requests never wait. */
  @Test
  void noWallLiesBelowALoadThatWasBorne() {
    var planted = new Planted(WINDOWS, 1);
    planted
        .actions(SeenObjectiveTest::arrivals, i -> 0.02)
        .with(
            Measure.POOL_HOLD,
            "w-1",
            "ledger",
            "",
            (i, cell) -> planted.requests(cell, arrivals(i), 0.98 * 10 * 10 / 400.0))
        .level(Measure.POOL_LIMIT, "ledger", i -> 10);
    Wall first = walls(planted).walls().getFirst();
    assertThat(multiple(first).low()).isGreaterThan(0.9);
    assertThat(first.notes()).anyMatch(note -> note.contains("was seen to hold"));
  }

  @Test
  void whatIsFullWhileTheObjectiveFailsIsFirst() {
    // The tide is above 0.85 for the middle quarter of the time.
    Planted planted = withProcessor(overload(), 0.02);
    planted
        .with(
            Measure.POOL_HOLD,
            "w-1",
            "ledger",
            "",
            (i, cell) -> planted.requests(cell, 100, overloaded(i) ? 1 : 0.2 * tide(i)))
        .level(Measure.POOL_LIMIT, "ledger", i -> 10);
    Walls walls = walls(planted);
    Wall first = walls.walls().getFirst();
    assertThat(first.kind()).isEqualTo(StationKind.POOL);
    assertThat(multiple(first).high()).isLessThanOrEqualTo(1);
    assertThat(first.breaks()).contains("already");
    assertThat(multiple(first).low()).as("what was seen to hold").isGreaterThan(0.6);
    assertThat(walls.disturbances()).as("it is the load").isEmpty();
    assertThat(walls.walls())
        .as("one wall for one thing")
        .noneMatch(wall -> wall.kind() == StationKind.OBJECTIVE);
  }

  @Test
  void whatNoStationExplainsIsNotBlamedOnOne() {
    Walls walls = walls(withProcessor(overload(), 0.02));
    Wall first = walls.walls().getFirst();
    assertThat(first.kind()).isEqualTo(StationKind.OBJECTIVE);
    assertThat(multiple(first).high()).isLessThanOrEqualTo(1);
    Wall processor = walls.walls().get(1);
    assertThat(processor.probabilityFirst()).isZero();
  }

  /** 40 seconds in which responses were three times as slow, for no reason that load explains. */
  @Test
  void aDisturbanceIsToldAndIsNotTheNatureOfTheService() {
    Walls plain = walls(withProcessor(disturbed(0), 0.02));
    Walls walls = walls(withProcessor(disturbed(4), 0.02));
    assertThat(plain.disturbances()).isEmpty();
    assertThat(walls.disturbances()).hasSize(1);
    assertThat(walls.disturbances().getFirst().what())
        .contains("40 s at ")
        .endsWith("for a reason that was not load");
    double without = multiple(plain.walls().getFirst()).median();
    Estimate with = multiple(walls.walls().getFirst());
    assertThat(with.high()).isGreaterThan(0.95 * without);
  }

  private static Planted disturbed(int windows) {
    return new Planted(WINDOWS, 1)
        .actions(SeenObjectiveTest::arrivals, i -> i >= 100 && i < 100 + windows ? 0.4 : 0.02);
  }

  private static boolean overloaded(int i) {
    return tide(i) > 0.85;
  }

  /** Responses take minutes at the peak. */
  private static Planted overload() {
    return new Planted(WINDOWS, 1)
        .actions(SeenObjectiveTest::arrivals, i -> overloaded(i) ? 100 : 0.02);
  }
}
