package headroom.load.protocol;

import headroom.load.network.ConnectListener;
import headroom.load.network.EngineLoop;
import headroom.load.network.Reach;
import headroom.load.network.TargetUnusableException;
import headroom.plan.Plan;
import headroom.plan.Step;

/**
 * One way of talking to a target. The load engine knows protocols by this alone, and asks each in
 * turn:
 *
 * <pre>
 *   takes ─► compile      for every step of a plan, once
 *   open                  for every run that has such steps: finds and tries the way there
 *   Access.runner         for every event loop
 *   Runner.begin          for every step of every user
 * </pre>
 */
public interface Protocol {
  /** Whether a step is one of its own. */
  boolean takes(Step.Measured step);

  /**
   * Makes a step of its own ready.
   *
   * @param names gives out the indexes that the step is known by
   */
  Action compile(Plan plan, Step.Measured step, Names names);

  /**
   * Finds the way to what the steps of a plan act on, and tries it.
   *
   * @param reach the way to the plan's target, for those that go there
   * @param maxWaiting how many steps of the whole run may wait
   * @throws TargetUnusableException when there is no way, saying why
   */
  Access open(Reach reach, int maxWaiting) throws TargetUnusableException;

  /** The way there, found; shared by all loops of a run, which it outlives. */
  @FunctionalInterface
  interface Access extends AutoCloseable {
    /** What does steps on an event loop; called from anywhere before the loop's first step. */
    Runner runner(Lane lane);

    @Override
    default void close() {}
  }

  /**
   * The part of a run that lives on one event loop, as a protocol sees it.
   *
   * @param index of the loop among those of the run
   * @param connects hears of every connection that is opened
   */
  record Lane(EngineLoop loop, int index, Limits limits, ConnectListener connects) {}

  /**
   * What may be used on one event loop.
   *
   * @param maxConnections cap on connections, those being opened included
   * @param maxWaiting how many steps may wait for a connection
   * @param maxBodyBytes the longest answer that is read
   */
  record Limits(int maxConnections, int maxWaiting, long maxBodyBytes) {}
}
