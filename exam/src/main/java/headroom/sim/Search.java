package headroom.sim;

import java.util.function.DoubleFunction;

/** The search for the load at which a system fails its goal in the long run, by bisection. */
final class Search {
  private static final double WARM_UP_SECONDS = 20;
  private static final int REQUESTS = 30_000;

  /** A run is cut short when it is this many times worse than allowed. */
  private static final double HOPELESS = 4;

  /** And when it is so much better after a few parts of it. */
  private static final double HARMLESS = 0.05;

  private static final int EARLIEST_VERDICT = 3;

  private static final double PRECISION = 0.006;
  private static final double FARTHEST = 8;

  private final VirtualSystem system;
  private final Truth.Goal goal;
  private final DoubleFunction<Load> load;
  private final long seed;
  private int runs;

  Search(VirtualSystem system, Truth.Goal goal, DoubleFunction<Load> load, long seed) {
    this.system = system;
    this.goal = goal;
    this.load = load;
    this.seed = seed;
  }

  /** The wall, looked for upwards from a load; infinite beyond {@link #FARTHEST} times it. */
  double wall(double from) {
    double low = from;
    if (!holds(low)) {
      while (!holds(low)) {
        low *= 0.7;
        if (low < 1e-3 * from) {
          return 0;
        }
      }
    }
    double high = low;
    do {
      low = high;
      high *= 1.35;
      if (low > FARTHEST * from) {
        return Double.POSITIVE_INFINITY;
      }
    } while (holds(high));
    while (high / low > 1 + PRECISION) {
      double middle = Math.sqrt(low * high);
      if (holds(middle)) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return Math.sqrt(low * high);
  }

  /** Whether the goal is met at this load. */
  boolean holds(double perSecond) {
    runs++;
    var latencies = new Latencies(goal.seconds());
    var simulation = new Simulation(system, load.apply(perSecond), seed + runs, latencies);
    simulation.run(WARM_UP_SECONDS);
    latencies.clear();
    double span = REQUESTS / perSecond;
    double allowed = (1 - goal.quantile()) * REQUESTS;
    int parts = 10;
    for (int i = 1; i <= parts; i++) {
      simulation.run(WARM_UP_SECONDS + span * i / parts);
      boolean stuck = latencies.count() < 0.5 * REQUESTS * i / parts;
      if (latencies.bad() > HOPELESS * allowed || (stuck && i > 1)) {
        return false;
      }
      if (i >= EARLIEST_VERDICT && latencies.bad() < HARMLESS * allowed * i / parts) {
        return true;
      }
    }
    return latencies.badShare() <= 1 - goal.quantile();
  }
}
