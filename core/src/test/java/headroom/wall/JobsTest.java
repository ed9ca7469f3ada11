package headroom.wall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import headroom.model.Measure;
import headroom.rollup.Cell;
import headroom.store.Planted;
import headroom.wall.evidence.JobOperations;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;

/** A pool of ten connections, half an hour of traffic in rows of ten seconds, and a job. */
class JobsTest {
  private static final int WINDOWS = 360;
  private static final double SERVERS = 10;

  /** Connections that the job holds while it runs. */
  private static final double HELD = 4;

  private static final double PEAK_BUSY = 3;

  /** The tide is lowest at both ends. */
  private static double load(int i) {
    return 0.3 + 0.7 * (0.5 - 0.5 * Math.cos(2 * Math.PI * i / WINDOWS));
  }

  private static Walls walls(IntPredicate running, boolean traced) {
    var planted = new Planted(WINDOWS, 1);
    planted
        .actions(i -> (int) Math.round(400 * load(i)), i -> 0.02)
        .with(
            Measure.POOL_HOLD,
            "w-1",
            "ledger",
            "",
            (i, cell) -> {
              int visits = (int) Math.round(400 * load(i));
              planted.requests(cell, visits, PEAK_BUSY * 10 / 400);
              work(cell, running.test(i));
            })
        .level(Measure.POOL_LIMIT, "ledger", i -> SERVERS);
    if (traced) {
      planted.with(
          Measure.ACTION, "", "nightly report", "", (i, cell) -> work(cell, running.test(i)));
    }
    return WallPredictor.predict(planted.history(), Objective.DEFAULT, new SplittableRandom(1));
  }

  /** Two pieces of the job, which together hold what it holds for a whole window. */
  private static void work(Cell cell, boolean running) {
    for (int piece = 0; running && piece < 2; piece++) {
      cell.record(10 * HELD / 2, false);
    }
  }

  private static double saturation(Walls walls) {
    return Objects.requireNonNull(walls.walls().getFirst().saturation()).median();
  }

  private static double wall(Walls walls) {
    return Objects.requireNonNull(walls.walls().getFirst().multiple()).median();
  }

  @Test
  void aJobAtNightDoesNotMoveTheWallOfThePeak() {
    double without = wall(walls(i -> false, false));
    for (boolean traced : new boolean[] {false, true}) {
      Walls walls = walls(i -> i < 40, traced);
      assertThat(wall(walls)).isCloseTo(without, within(0.08 * without));
      assertThat(walls.walls().getFirst().notes())
          .anyMatch(note -> note.contains("something else than the traffic runs"));
    }
  }

  @Test
  void aJobAtThePeakTakesItsConnections() {
    for (boolean traced : new boolean[] {false, true}) {
      Walls walls = walls(i -> i >= 160 && i < 200, traced);
      double expected = (SERVERS - HELD) / PEAK_BUSY;
      assertThat(saturation(walls)).isCloseTo(expected, within(0.1 * expected));
      assertThat(wall(walls)).isLessThan(1.02 * expected);
    }
  }

  @Test
  void theNightBreaksFirstWhereTheJobIsLargeEnough() {
    // Beside the job there is a load of 0.5 of the peak at most.
    int until = 0;
    while (load(until + 1) < 0.75) {
      until++;
    }
    int last = until;
    Walls walls = walls(i -> i >= last - 40 && i < last, false);
    double expected = Math.min(SERVERS / PEAK_BUSY, (SERVERS - HELD) / PEAK_BUSY / 0.75);
    assertThat(saturation(walls)).isCloseTo(expected, within(0.12 * expected));
  }

  @Test
  void aSlowRequestThatComesWithTheTrafficIsNoJob() {
    var planted = new Planted(60, 1);
    planted
        .actions(i -> 400, i -> 0.02)
        .with(Measure.ACTION, "", "GET /export", "", (i, cell) -> planted.requests(cell, 4, 20));
    var operations = new JobOperations(planted.history(), Objective.DEFAULT.deadline());
    assertThat(operations.without(planted.history()).of(Measure.ACTION)).hasSize(2);
  }
}
