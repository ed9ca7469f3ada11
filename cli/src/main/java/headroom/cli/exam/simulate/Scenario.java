package headroom.cli.exam.simulate;

import headroom.sim.Load;
import headroom.sim.Reporting;
import headroom.sim.Truth;
import headroom.sim.VirtualSystem;
import java.util.function.DoubleFunction;

/**
 * What is to be simulated.
 *
 * @param load over the time that is recorded
 * @param steady an even load with the bursts of the recorded one, by its rate and the moment whose
 *     mix it has
 * @param seconds how long is recorded
 */
public record Scenario(
    String name,
    VirtualSystem system,
    Load load,
    SteadyLoad steady,
    double seconds,
    Truth.Goal goal,
    Reporting reporting,
    long seed) {
  /** An even load. */
  @FunctionalInterface
  public interface SteadyLoad {
    /** With the mix of a moment. */
    DoubleFunction<Load> at(double seconds);
  }

  public Scenario withSeed(long other) {
    return new Scenario(name, system, load, steady, seconds, goal, reporting, other);
  }
}
