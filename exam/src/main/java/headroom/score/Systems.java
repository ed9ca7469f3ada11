package headroom.score;

import headroom.sim.Activity;
import headroom.sim.Activity.Hold;
import headroom.sim.Activity.Pause;
import headroom.sim.Activity.Sometimes;
import headroom.sim.Activity.Work;
import headroom.sim.Distribution;
import headroom.sim.Distribution.Constant;
import headroom.sim.Distribution.Exponential;
import headroom.sim.Distribution.Lognormal;
import headroom.sim.Distribution.Shifted;
import headroom.sim.Distribution.Stages;
import headroom.sim.Operation;
import headroom.sim.VirtualStation;
import headroom.sim.VirtualStation.Pool;
import headroom.sim.VirtualStation.Processor;
import headroom.sim.VirtualSystem;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/**
 * Draws services with cores, a pool of connections and a database with cores of its own.
 *
 * <pre>
 *   request ─► cpu ─► [threads] ─► pool { database cpu ─► disk, network } ─► neighbour ─► cpu
 * </pre>
 */
final class Systems {
  static final String SERVICE = "shop";
  static final String CPU = "cpu";
  static final String POOL = "main";
  static final String DATABASE = "postgres";
  static final String LOCK = "counter";
  static final String CACHE = "prices";

  private static final int MOST_OPERATIONS = 5;

  /** By how much stations' rough limits may differ from that of the first. */
  private static final double FARTHEST = 3;

  private final RandomGenerator random;
  private final List<VirtualStation> stations = new ArrayList<>();
  private final List<Operation> operations = new ArrayList<>();

  /** What the pool's holds are wrapped in, and what is put around the whole request. */
  private UnaryOperator<List<Activity>> storage = steps -> steps;

  private UnaryOperator<Distribution> network = seconds -> seconds;
  private double perReplica = 1;

  Systems(RandomGenerator random) {
    this.random = random;
  }

  /** What is done to reach the database, in place of just doing it. */
  Systems storage(UnaryOperator<List<Activity>> wrapped) {
    storage = wrapped;
    return this;
  }

  /** How long disk and network take, in place of what is usual. */
  Systems network(UnaryOperator<Distribution> changed) {
    network = changed;
    return this;
  }

  /** Over how many instances work is spread. */
  Systems spread(double instances) {
    perReplica = instances;
    return this;
  }

  /** Adds a station to those that every system gets. */
  Systems with(VirtualStation station) {
    stations.add(station);
    return this;
  }

  /**
   * One system. Sizes are drawn so that the stations are full at rates within a factor of three,
   * and any of the first two may be the first.
   */
  VirtualSystem draw(double ceilingLow, double ceilingHigh, double crowding) {
    drawOperations();
    VirtualSystem open =
        VirtualSystem.of(
            SERVICE,
            withStations(
                Pool.of(POOL, 1), Processor.of(CPU, 1), new Processor(DATABASE, 1, 1, 0, 0, false)),
            operations);
    var demands = open.demands();
    double limit = uniform(15, 90);
    // Whole servers: draw the size, then let the rate follow, so that limits lie where wanted.
    int connections = random.nextInt(2, 15);
    double rate = connections / demands.getOrDefault(POOL, 1.0);
    double cores = size(rate, demands.getOrDefault(CPU, 1.0) / perReplica, 1, 8);
    double databaseCores = size(rate, demands.getOrDefault(DATABASE, 1.0), 1, 8);
    double ceiling = uniform(ceilingLow, ceilingHigh);
    VirtualSystem sized =
        VirtualSystem.of(
            SERVICE,
            withStations(
                Pool.of(POOL, connections),
                new Processor(CPU, cores, ceiling, uniform(0.01, 0.06) * cores, crowding, true),
                new Processor(
                    DATABASE,
                    databaseCores,
                    uniform(0.92, 1),
                    uniform(0.01, 0.04) * databaseCores,
                    0,
                    false)),
            operations);
    return slowedTo(sized, limit);
  }

  private List<VirtualStation> withStations(VirtualStation... usual) {
    List<VirtualStation> all = new ArrayList<>(List.of(usual));
    all.addAll(stations);
    return all;
  }

  private double size(double rate, double demand, int least, int most) {
    double wanted = rate * demand * Math.exp(uniform(-0.5, Math.log(FARTHEST)));
    return Math.clamp(Math.round(wanted), least, most);
  }

  /** The same with all work stretched so that the first station is full at this rate. */
  private VirtualSystem slowedTo(VirtualSystem system, double limit) {
    return new TimeScale(Math.max(0.2, Math.min(5, system.roughLimit() / limit))).of(system);
  }

  private void drawOperations() {
    int count = random.nextInt(2, MOST_OPERATIONS + 1);
    double computing = Math.exp(uniform(Math.log(0.004), Math.log(0.03)));
    for (int i = 0; i < count; i++) {
      double weight = Math.exp(uniform(-1, 1));
      double work = computing * Math.exp(uniform(-0.7, 0.7));
      List<Activity> stored =
          storage.apply(
              List.of(
                  new Hold(
                      POOL,
                      new Work(DATABASE, varied(uniform(0.001, 0.012) * weight)),
                      new Pause(network.apply(distance(uniform(0.004, 0.03) * weight))))));
      List<Activity> steps = new ArrayList<>();
      steps.add(new Work(CPU, varied(0.7 * work)));
      steps.addAll(i == 0 ? stored : List.of(new Sometimes(uniform(0.3, 1), stored)));
      if (random.nextBoolean()) {
        steps.add(new Pause(distance(uniform(0.002, 0.04))));
      }
      steps.add(new Work(CPU, varied(0.3 * work)));
      operations.add(new Operation("GET /" + (char) ('a' + i), uniform(0.1, 1), steps));
    }
  }

  private Distribution varied(double mean) {
    return switch (random.nextInt(3)) {
      case 0 -> new Stages(mean, 2);
      case 1 -> new Exponential(mean);
      default -> new Lognormal(mean, uniform(0.5, 1.5));
    };
  }

  private Distribution distance(double mean) {
    return random.nextBoolean()
        ? new Shifted(0.6 * mean, new Exponential(0.4 * mean))
        : new Shifted(
            0.3 * mean,
            random.nextBoolean() ? new Exponential(0.7 * mean) : new Constant(0.7 * mean));
  }

  private double uniform(double low, double high) {
    return low + (high - low) * random.nextDouble();
  }
}
