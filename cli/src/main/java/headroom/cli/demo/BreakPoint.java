package headroom.cli.demo;

import headroom.wall.Objective;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The load at which the objective fails, read off plateaus of rising load.
 *
 * <p>One bad plateau may be chance; the point is where two in a row fail. Between the last plateau
 * that held and the first that failed the latency is taken to rise exponentially with load, which
 * is about what queues do in so short a stretch.
 */
final class BreakPoint {
  private BreakPoint() {}

  /** Requests per second at the break, empty while no two plateaus in a row have failed. */
  static OptionalDouble perSecond(List<Plateau> plateaus, Objective objective) {
    for (int i = 0; i + 1 < plateaus.size(); i++) {
      if (!plateaus.get(i).keeps(objective) && !plateaus.get(i + 1).keeps(objective)) {
        Plateau failed = plateaus.get(i);
        return OptionalDouble.of(
            i == 0
                ? failed.offeredPerSecond()
                : between(plateaus.get(i - 1), failed, objective.seconds()));
      }
    }
    return OptionalDouble.empty();
  }

  private static double between(Plateau held, Plateau failed, double limitSeconds) {
    double span = failed.offeredPerSecond() - held.offeredPerSecond();
    double rise = Math.log(failed.latencySeconds() / held.latencySeconds());
    if (!(rise > 0)) {
      // It failed by errors: all that is known is that it broke in between.
      return held.offeredPerSecond() + span / 2;
    }
    double share = Math.log(limitSeconds / held.latencySeconds()) / rise;
    return held.offeredPerSecond() + span * Math.clamp(share, 0, 1);
  }
}
