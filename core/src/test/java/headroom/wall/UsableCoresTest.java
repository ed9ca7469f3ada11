package headroom.wall;

import static org.assertj.core.api.Assertions.assertThat;

import headroom.model.Measure;
import headroom.queueing.ProcessorSharing;
import headroom.store.Planted;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class UsableCoresTest {
  private static final int WINDOWS = 720;
  private static final double WORK = 0.02;
  private static final double OTHER = 0.03;

  /** Per window of ten seconds, for a processor that is busy to a third at the peak. */
  private static int arrivals(int window, int cores) {
    double peak = 10 * cores * 0.33 / WORK;
    return (int) Math.round(peak * (0.6 - 0.4 * Math.cos(2 * Math.PI * window / WINDOWS)));
  }

  /**
   * A service of which only this share of the cores can be used.
   *
   * @param lockSeconds how long each request holds a lock that nobody reports, 0 for none
   */
  private static Walls walls(int cores, double ceiling, double lockSeconds) {
    Planted planted =
        new Planted(WINDOWS, 5)
            .actions(
                i -> arrivals(i, cores),
                i -> {
                  int count = arrivals(i, cores);
                  double busy = count / 10.0 * WORK / (cores * ceiling);
                  double slowdown = ProcessorSharing.meanSlowdownOn(cores * ceiling, busy);
                  double lock = lockSeconds / (1 - count / 10.0 * lockSeconds);
                  return OTHER + WORK * slowdown + lock;
                })
            .with(
                Measure.CPU_TIME,
                "w-1",
                "",
                "",
                (i, cell) -> cell.increase(WORK * arrivals(i, cores)))
            .level(Measure.CPU_COUNT, "", i -> cores);
    return WallPredictor.predict(planted.history(), Objective.DEFAULT, new SplittableRandom(1));
  }

  private static Wall wall(int cores, double ceiling, double lockSeconds) {
    return walls(cores, ceiling, lockSeconds).walls().getFirst();
  }

  private static Estimate multiple(Wall wall) {
    return Objects.requireNonNull(wall.multiple());
  }

  @Test
  void oneCoreShowsAtAThirdOfItsLoadHowMuchOfItCanBeUsed() {
    double usual = multiple(wall(1, 0.96, 0)).median();
    double low = multiple(wall(1, 0.75, 0)).median();
    // Something hidden would explain the growth as well, and gets its weight.
    assertThat(low / usual).isBetween(0.7, 0.91);
  }

  @Test
  void manyCoresDoNotTell() {
    double usual = multiple(wall(8, 0.96, 0)).median();
    double low = multiple(wall(8, 0.75, 0)).median();
    assertThat(low / usual).isBetween(0.93, 1.02);
  }

  @Test
  void whatTheCeilingExplainsIsNoHiddenLimit() {
    assertThat(walls(1, 0.75, 0).hidden()).isNull();
  }

  @Test
  void manyCoresThatSlowDownHintAtSomethingElse() {
    double lockSeconds = 0.005;
    Walls walls = walls(8, 0.96, lockSeconds);
    Wall locked = walls.walls().getFirst();
    assertThat(walls.hidden()).isNotNull();
    assertThat(locked.breaks()).startsWith("something that reports nothing");
    double full = 1 / (8 * 0.33 / WORK * lockSeconds);
    assertThat(multiple(locked).median()).isBetween(0.9 * full, full);
  }
}
