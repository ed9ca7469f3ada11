package headroom.score;

import headroom.sim.Truth;
import headroom.sim.Watch;
import headroom.store.History;
import headroom.wall.Estimate;
import headroom.wall.Objective;
import headroom.wall.Wall;
import headroom.wall.WallPredictor;
import headroom.wall.Walls;
import java.util.Optional;
import java.util.SplittableRandom;

/** An examination of one scenario: its wall predicted, beside where it really is. */
public final class WallExam {
  private static final double QUANTILE = 0.99;

  private WallExam() {}

  /** Finds the true wall, watches the system well below it, and predicts from what was seen. */
  public static WallResult take(WallScenario scenario) {
    var goal = new Truth.Goal(QUANTILE, scenario.goalSeconds());
    Truth truth = Truth.worst(scenario.regimes(), goal, scenario.steady(), scenario.seed() ^ 0x77);
    Walls walls = predict(scenario, truth);
    double peak = walls.load() == null ? 1 : walls.load().peakPerSecond();
    Optional<Wall> first =
        walls.walls().stream().filter(wall -> wall.multiple() != null).findFirst();
    Optional<Estimate> multiple = first.map(Wall::multiple);
    return new WallResult(
        scenario,
        truth,
        truth.perSecond() / peak,
        multiple,
        first.map(wall -> wall.station().text()).orElse(""),
        first.map(Wall::probabilityFirst).orElse(0.0),
        walls.hidden() != null);
  }

  /** What is predicted when this system is watched. */
  public static Walls predict(WallScenario scenario, Truth truth) {
    History history =
        Watch.history(
            scenario.system(),
            scenario.watched().apply(scenario.shareOfWall() * truth.perSecond()),
            scenario.seconds(),
            scenario.reporting(),
            scenario.seed() ^ 0x11);
    var objective = new Objective(QUANTILE, scenario.goalSeconds(), 0.01);
    return WallPredictor.predict(
        scenario.seen().apply(history), objective, new SplittableRandom(scenario.seed()));
  }
}
