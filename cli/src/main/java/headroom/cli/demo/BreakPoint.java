package headroom.cli.demo;

import headroom.wall.Objective;

/**
 * The load at which the objective begins to fail, between a plateau that held and one that failed.
 *
 * <p>In between, latency is taken to rise exponentially with load, which is about what queues do in
 * so short a stretch.
 */
final class BreakPoint {
  private BreakPoint() {}

  /** Requests per second at the break. */
  static double perSecond(LoadLevel held, LoadLevel failed, Objective objective) {
    double span = failed.offeredPerSecond() - held.offeredPerSecond();
    double rise = Math.log(failed.latencySeconds() / held.latencySeconds());
    if (failed.latencySeconds() <= objective.seconds() || !(rise > 0)) {
      // It failed by errors: all that is known is that it broke in between.
      return held.offeredPerSecond() + span / 2;
    }
    double share = Math.log(objective.seconds() / held.latencySeconds()) / rise;
    return held.offeredPerSecond() + span * Math.clamp(share, 0, 1);
  }
}
