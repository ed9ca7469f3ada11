package headroom.sim;

import java.util.ArrayList;
import java.util.List;

/**
 * What becomes of a system after a short overload: run at a steady load, overloaded for a while,
 * and watched once the trigger is gone for whether it comes back by itself.
 */
public final class Aftermath {
  private static final double BEFORE_SECONDS = 60;

  /** The end of the watch, as a share of it, by which it is judged. */
  private static final double JUDGED = 0.25;

  /** As many of its requests must succeed. */
  private static final double BACK = 0.9;

  private Aftermath() {}

  /**
   * What happens to it.
   *
   * @param seconds how long
   * @param station whose work takes longer; empty: it is the load that grows
   * @param factor by which
   */
  public record Trigger(double seconds, String station, double factor) {}

  /**
   * Whether most requests still fail when the trigger has been gone for long.
   *
   * @param watchSeconds how long: what the trigger left behind must be worked off by then
   */
  public static boolean staysDown(
      VirtualSystem system, double perSecond, Trigger trigger, double watchSeconds, long seed) {
    double from = BEFORE_SECONDS;
    double to = from + trigger.seconds();
    double end = to + watchSeconds;
    boolean surge = trigger.station().isEmpty();
    Load load =
        surge
            ? t -> t >= from && t < to ? trigger.factor() * perSecond : perSecond
            : Load.steady(perSecond);
    VirtualSystem disturbed = surge ? system : slowed(system, trigger, from, to);
    var outcome = new Outcome();
    var simulation = new Simulation(disturbed, load, seed, outcome);
    simulation.run(end - JUDGED * (end - to));
    outcome.good = 0;
    outcome.all = 0;
    simulation.run(end);
    return outcome.good < BACK * outcome.all;
  }

  /** The same system in which one station is slower for a while. */
  public static VirtualSystem slowed(
      VirtualSystem system, Trigger trigger, double from, double to) {
    List<WorkChange> changes = new ArrayList<>(system.changes());
    changes.add(new WorkChange("", trigger.station(), from, 0, trigger.factor(), false));
    changes.add(new WorkChange("", trigger.station(), to, 0, 1 / trigger.factor(), false));
    return system.withChanges(changes);
  }

  private static final class Outcome implements Observer {
    private long good;
    private long all;

    @Override
    public void finished(
        int operation, int replica, double arrived, double seconds, boolean failed) {
      all++;
      good += failed ? 0 : 1;
    }
  }
}
