package headroom.sim;

import headroom.sim.Activity.Hold;
import headroom.sim.Activity.Pause;
import headroom.sim.Activity.Repeat;
import headroom.sim.Activity.Sometimes;
import headroom.sim.Activity.Statement;
import headroom.sim.Activity.Work;
import headroom.sim.Distribution.Exponential;
import headroom.sim.Distribution.Shifted;
import headroom.sim.Distribution.Stages;
import headroom.sim.VirtualStation.Pool;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Random services with one pool and some cores, down to their statements. */
public final class Wallets {
  public static final Truth.Goal GOAL = new Truth.Goal(0.99, 0.5);
  private static final String POOL = "ledger";
  private static final String CPU = "cpu";

  private Wallets() {}

  /** A wallet whose exchanges write so many rows that its pool breaks first. */
  public static VirtualSystem pool(RandomGenerator random) {
    VirtualSystem system = wallet(random);
    // Where both limits are as good as equal there is no first.
    while (limit(system, CPU) < 1.15 * limit(system, POOL)) {
      system = wallet(random);
    }
    return system;
  }

  /** Requests per second at which a station is full. */
  public static double limit(VirtualSystem system, String station) {
    return system.capacity(system.station(station)) / system.demands().getOrDefault(station, 0.0);
  }

  public static VirtualSystem withConnections(VirtualSystem system, int connections) {
    return system.with(one -> one instanceof Pool pool ? pool.withServers(connections) : one);
  }

  public static double wall(VirtualSystem system, long seed) {
    return Truth.of(system, GOAL, seed).perSecond();
  }

  private static VirtualSystem wallet(RandomGenerator random) {
    double trip = uniform(random, 0.002, 0.008);
    int connections = random.nextInt(3, 11);
    var cores =
        new VirtualStation.Processor(
            CPU, 2, uniform(random, 0.9, 1), uniform(random, 0.05, 0.3), 0, true);
    return VirtualSystem.of(
        "wallet",
        List.of(Pool.of(POOL, connections), cores),
        List.of(
            operation(random, "POST /login", 0.2, 3, trip, 1),
            operation(random, "GET /balance", 0.4, 1, trip, uniform(random, 0.2, 1)),
            operation(random, "GET /history", 0.2, 2, trip * 2, 1),
            operation(random, "POST /exchange", 0.2, random.nextInt(12, 31), trip, 1)));
  }

  /** A small pool that is held for moments only: it takes a very high rate to fill it. */
  public static VirtualSystem shortHolds(RandomGenerator random) {
    double trip = uniform(random, 0.001, 0.003);
    return VirtualSystem.of(
        "wallet",
        List.of(Pool.of(POOL, 2), new VirtualStation.Processor(CPU, 8, 1, 0.1, 0, true)),
        List.of(
            operation(random, "GET /a", 0.5, 1, trip, 1),
            operation(random, "GET /b", 0.5, 2, trip, 1)));
  }

  private static Operation operation(
      RandomGenerator random, String name, double share, int statements, double trip, double miss) {
    // Mostly distance, a little chance: as a database some milliseconds away.
    List<Activity> statement =
        List.of(
            new Statement(
                "SELECT for " + name,
                List.of(
                    new Work(CPU, new Stages(uniform(random, 0.0001, 0.0004), 2)),
                    new Pause(new Shifted(0.8 * trip, new Exponential(0.2 * trip))))));
    int away = statements <= 2 ? 0 : statements / 3;
    List<Activity> steps = new ArrayList<>();
    steps.add(new Work(CPU, new Stages(uniform(random, 0.0005, 0.002), 2)));
    steps.add(
        new Sometimes(
            miss,
            List.of(new Hold(POOL, new Repeat(statements - away, statements + away, statement)))));
    return new Operation(name, share, steps);
  }

  private static double uniform(RandomGenerator random, double low, double high) {
    return low + (high - low) * random.nextDouble();
  }
}
