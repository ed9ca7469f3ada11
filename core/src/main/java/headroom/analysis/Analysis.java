package headroom.analysis;

import headroom.detect.Finding;
import headroom.forecast.GrowthPlan;
import headroom.ledger.Ledger;
import headroom.wall.Comparison;
import headroom.wall.Objectives;
import headroom.wall.Walls;
import headroom.wall.WhatIf;
import java.util.List;

/**
 * What the faces show. Each call computes its answer anew from the store as it is now; it may take
 * a second and is never made on an event loop.
 */
public interface Analysis {
  /** What it judges by. */
  Objectives objectives();

  Walls walls();

  /**
   * The walls as they are, and as they would be with these changes made.
   *
   * @throws IllegalArgumentException when a change names what was not seen
   */
  Comparison whatIf(WhatIf changes);

  /** The walls dated by another growth plan than the configured one. */
  Walls walls(GrowthPlan plan);

  /** Worst first. */
  List<Finding> findings();

  Actions actions();

  /** Predictions and what became of them. */
  Ledger ledger();
}
