package headroom.cli.prove;

import headroom.model.Event;
import headroom.store.History;
import headroom.wall.Objective;
import headroom.wall.Walls;
import java.time.Instant;

/** What telemetry tells of a target, wherever it is kept. */
public interface Observatory {
  /** Returns when all that was received until now can be read. */
  void catchUp() throws InterruptedException;

  /** Everything within this time, in whole windows. */
  History history(Instant from, Instant to) throws InterruptedException;

  /** The walls that this time alone lets one see. */
  Walls walls(Instant from, Instant to, Objective objective, long seed) throws InterruptedException;

  /** Keeps an event. */
  void keep(Event event) throws InterruptedException;
}
