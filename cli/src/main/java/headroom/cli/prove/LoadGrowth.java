package headroom.cli.prove;

import headroom.wall.Objective;

/**
 * Grows the load until the objective fails, and finds the load at which it begins to.
 *
 * <p>First in coarse steps, to learn roughly where; then, after a pause, in fine and longer steps
 * from below, since a queue near its limit needs time to fill and short plateaus break too late.
 * One bad plateau may be chance, in either part: it is tried again after a pause, and where the two
 * disagree a third decides. A fine plateau that comes near to the limit goes on for as long again.
 *
 * <pre>
 *   load             ┌─┐ fails          ┌───┐       ┌───┐ fails twice: between the last that held
 *                    │ │            ┌───┘   │       │   │ and the one that failed lies the break
 *                ┌─┐ │ │        ┌───┘       │       │   │
 *            ┌─┐ │ │ │ └─pause──┘           └─pause─┘   │
 * </pre>
 *
 * Nothing of this looks at a prediction.
 */
final class LoadGrowth {
  private static final double COARSE_STEP = 1.4;
  private static final int COARSE_SECONDS = 10;
  private static final double FINE_STEP = 1.08;
  private static final int FINE_SECONDS = 22;

  /**
   * A plateau that held with this share of the allowed latency, or more, goes on for as long again.
   */
  private static final double NEAR_LIMIT = 0.5;

  /** A load that has failed already is not tried again on the way up. */
  private static final double SAME_LOAD = 0.99;

  private final PlateauLoad load;
  private final Objective objective;

  LoadGrowth(PlateauLoad load, Objective objective) {
    this.load = load;
    this.objective = objective;
  }

  /** Grows until it has broken. */
  MeasuredWall measure() throws GrowthEnded, InterruptedException {
    double perSecond = coarse(load.lowPerSecond()) / COARSE_STEP;
    load.pause();
    LoadLevel failed = null;
    LoadLevel held = tried(perSecond, FINE_SECONDS);
    while (!held.keeps(objective)) {
      // It fails below what the short steps had let pass: begin lower.
      failed = held;
      perSecond /= FINE_STEP * FINE_STEP;
      load.pause();
      held = tried(perSecond, FINE_SECONDS);
    }
    while (true) {
      perSecond *= FINE_STEP;
      LoadLevel next =
          failed != null && perSecond > SAME_LOAD * failed.offeredPerSecond()
              ? failed
              : tried(perSecond, FINE_SECONDS);
      if (!next.keeps(objective)) {
        return new MeasuredWall(
            BreakPoint.perSecond(held, next, objective),
            held.offeredPerSecond(),
            next.offeredPerSecond());
      }
      held = next;
    }
  }

  /**
   * A plateau at this load, and more where the first leaves a doubt: a second one after a pause
   * when it failed, since that may be chance, and a third where the two disagree; a longer one when
   * it held but came near to the limit, since what waits there is still growing.
   */
  private LoadLevel tried(double perSecond, int seconds) throws GrowthEnded, InterruptedException {
    LoadLevel first = load.plateau(perSecond, seconds);
    if (!first.keeps(objective)) {
      load.pause();
      LoadLevel second = load.plateau(perSecond, seconds);
      if (!second.keeps(objective)) {
        return first.and(second);
      }
      LoadLevel third = load.plateau(perSecond, seconds);
      return third.keeps(objective) ? second.and(third) : first.and(third);
    }
    if (seconds < FINE_SECONDS || first.latencySeconds() < NEAR_LIMIT * objective.seconds()) {
      return first;
    }
    LoadLevel longer = load.plateau(perSecond, seconds);
    return longer.keeps(objective) ? longer : first.and(longer);
  }

  private double coarse(double from) throws GrowthEnded, InterruptedException {
    double perSecond = from * COARSE_STEP;
    while (tried(perSecond, COARSE_SECONDS).keeps(objective)) {
      perSecond *= COARSE_STEP;
    }
    return perSecond;
  }
}
