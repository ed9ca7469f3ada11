package headroom.server.api;

import headroom.detect.Finding;
import headroom.forecast.GrowthPlan;
import headroom.ledger.Ledger;
import headroom.wall.Walls;
import java.util.List;

/**
 * What the faces show. Each call computes its answer anew from the store as it is now; it may take
 * a second and is never made on an event loop.
 */
public interface Analysis {
  Walls walls();

  /** The walls dated by another growth plan than the configured one. */
  Walls walls(GrowthPlan plan);

  /** Worst first. */
  List<Finding> findings();

  Actions actions();

  /** Predictions and what became of them. */
  Ledger ledger();
}
