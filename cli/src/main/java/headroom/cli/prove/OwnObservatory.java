package headroom.cli.prove;

import headroom.analysis.StationUses;
import headroom.analysis.WindowAnalysis;
import headroom.model.Event;
import headroom.server.HeadroomServer;
import headroom.store.RollupStore;
import headroom.wall.Objective;
import headroom.wall.Walls;
import java.time.Instant;

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
  public Count count(Instant from, Instant to) {
    WindowAnalysis window = WindowAnalysis.of(store, from, to);
    return new Count(window.actions(), window.time());
  }

  @Override
  public Walls walls(Instant from, Instant to, Objective objective, long seed) {
    return WindowAnalysis.of(store, from, to).walls(objective, seed);
  }

  @Override
  public StationUses uses(Instant from, Instant to, double quantile) {
    return WindowAnalysis.of(store, from, to).uses(quantile);
  }

  @Override
  public void keep(Event event) {
    store.record(event);
  }
}
