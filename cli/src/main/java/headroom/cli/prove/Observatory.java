package headroom.cli.prove;

import headroom.analysis.StationUses;
import headroom.model.Event;
import headroom.wall.Objective;
import headroom.wall.Walls;
import java.time.Duration;
import java.time.Instant;

/** What telemetry tells of a target, wherever it is kept. */
public interface Observatory {
  /** Returns when all that was received until now can be read. */
  void catchUp() throws InterruptedException;

  /**
   * Requests of users that telemetry counts.
   *
   * @param time of the whole windows that they were counted in
   */
  record Count(long actions, Duration time) {}

  /** Counts those of a stretch of time, in whole windows. */
  Count count(Instant from, Instant to) throws InterruptedException;

  /** The walls that this time alone lets one see. */
  Walls walls(Instant from, Instant to, Objective objective, long seed) throws InterruptedException;

  /** How busy each station was, with what was waited for it at a quantile. */
  StationUses uses(Instant from, Instant to, double quantile) throws InterruptedException;

  /** Keeps an event. */
  void keep(Event event) throws InterruptedException;
}
