package headroom.cli.prove;

import headroom.model.Event;
import headroom.requests.UserRequests;
import headroom.rollup.Resolution;
import headroom.server.HeadroomServer;
import headroom.store.History;
import headroom.store.RollupStore;
import headroom.wall.Objective;
import headroom.wall.WallPredictor;
import headroom.wall.Walls;
import java.time.Instant;
import java.util.Set;
import java.util.SplittableRandom;

/** A server of this process and its store. */
public final class OwnObservatory implements Observatory {
  private final HeadroomServer server;
  private final RollupStore store;

  public OwnObservatory(HeadroomServer server, RollupStore store) {
    this.server = server;
    this.store = store;
  }

  @Override
  public void catchUp() {
    server.flush();
  }

  @Override
  public History history(Instant from, Instant to) {
    return store.history(Resolution.TEN_SECONDS, nextWindow(from), nextWindow(to), Set.of());
  }

  @Override
  public Walls walls(Instant from, Instant to, Objective objective, long seed) {
    return WallPredictor.predict(
        UserRequests.of(history(from, to)).history(), objective, new SplittableRandom(seed));
  }

  @Override
  public void keep(Event event) {
    store.record(event);
  }

  private static Instant nextWindow(Instant at) {
    int width = Resolution.TEN_SECONDS.seconds();
    return Instant.ofEpochSecond(Math.ceilDiv(at.getEpochSecond(), width) * width);
  }
}
