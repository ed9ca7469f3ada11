package headroom.cli.prove;

import headroom.wall.Objective;

/**
 * The load at which the objective begins to fail, between a plateau that held and one that failed.
 *
 * <p>In between, latency is taken to rise exponentially with load, which is about what queues do in
 * so short a stretch.
 */
final class BreakPoint {
  /** A latency that is so many times (e to this) the one before has no slope to read between. */
  private static final double MOST_RISE = 7;

  private BreakPoint() {}

  /** Requests per second at the break. */
  static double perSecond(LoadLevel held, LoadLevel failed, Objective objective) {
    double span = failed.offeredPerSecond() - held.offeredPerSecond();
    double rise = Math.log(failed.latencySeconds() / held.latencySeconds());
    if (failed.latencySeconds() <= objective.seconds() || !(rise > 0 && rise < MOST_RISE)) {
      // It failed by errors, or stood still: all that is known is that it broke in between.
      return held.offeredPerSecond() + span / 2;
    }
    double share = Math.log(objective.seconds() / held.latencySeconds()) / rise;
    return held.offeredPerSecond() + span * Math.clamp(share, 0, 1);
  }
}
