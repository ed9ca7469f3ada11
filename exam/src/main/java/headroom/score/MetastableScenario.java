package headroom.score;

import headroom.metastability.Metastability;
import headroom.sim.Activity;
import headroom.sim.Aftermath.Trigger;
import headroom.sim.Distribution;
import headroom.sim.Distribution.Exponential;
import headroom.sim.Distribution.Stages;
import headroom.sim.Operation;
import headroom.sim.VirtualStation;
import headroom.sim.VirtualStation.Pool;
import headroom.sim.VirtualStation.Processor;
import headroom.sim.VirtualSystem;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A service whose callers give up and call again.
 *
 * @param kind what bounds the wait for its station
 * @param state the two numbers as they were drawn, at the peak
 * @param trough share of the peak at which it was once disturbed for a short while, so that repeats
 *     were seen
 * @param blip that disturbance
 * @param trigger strong and long enough to bring any system into its bad state
 * @param watchSeconds after it, in which a backlog is worked off that can be
 */
record MetastableScenario(
    String kind,
    VirtualSystem system,
    double peakPerSecond,
    Metastability state,
    double trough,
    Trigger blip,
    Trigger trigger,
    double watchSeconds,
    long seed) {
  private static final String STATION = "main";
  private static final double LONGEST_TIMEOUT = 4;
  private static final double LEAST_WATCHED_SECONDS = 120;

  /** The load of a surge, over the capacity. */
  private static final double SURGE = 2.5;

  /** The load at which the blip happens leaves so much room that nothing stays down. */
  private static final double HARMLESS = 0.6;

  static MetastableScenario draw(Seeds set, int number) {
    long seed = set.seed("metastable", number);
    return new Draw(new SplittableRandom(seed), seed).scenario();
  }

  /** Rates at which it is full of first attempts. */
  double capacityPerSecond() {
    return peakPerSecond / state.utilization();
  }

  /** One drawing; what is drawn first decides what fits to it. */
  private static final class Draw {
    private final SplittableRandom random;
    private final long seed;

    Draw(SplittableRandom random, long seed) {
      this.random = random;
      this.seed = seed;
    }

    private double uniform(double low, double high) {
      return low + (high - low) * random.nextDouble();
    }

    MetastableScenario scenario() {
      int servers = random.nextInt(2, 20);
      double peak = uniform(15, 50);
      double utilization = uniform(0.2, 0.85);
      double service = utilization * servers / peak;
      double timeout = Math.max(8 * service, Math.min(LONGEST_TIMEOUT, service * uniform(12, 80)));
      int attempts = random.nextInt(10) == 0 ? 1 : random.nextInt(2, 5);
      boolean naive = random.nextInt(10) < 6;
      double budget = naive ? Double.POSITIVE_INFINITY : uniform(0.05, 0.6);
      boolean layered = random.nextInt(4) == 0;
      double full = timeout * uniform(0.3, 2.2);
      int kind = random.nextInt(4);
      VirtualStation station = station(kind, servers, service, full);
      double wait = wait(station, service);

      List<Operation> operations = new ArrayList<>();
      int count = random.nextInt(1, 4);
      double shares = 0;
      double amplified = 0;
      for (int i = 0; i < count; i++) {
        boolean again = i == 0 || random.nextInt(3) > 0;
        double share = uniform(0.3, 1);
        shares += share;
        double own = again ? Math.min(attempts, 1 + budget) * (layered ? 2 : 1) : 1;
        amplified += share * own;
        operations.add(
            operation(
                i,
                share,
                again ? attempts : 1,
                budget,
                layered && again,
                timeout,
                service,
                station));
      }
      var state =
          new Metastability(
              amplified / shares, utilization, timeout, service, servers, wait, kind == 2);
      VirtualSystem system =
          VirtualSystem.of("shop", List.of(station, Processor.of("front", 8)), operations);
      double trough = Math.min(0.5, HARMLESS / state.amplifiedLoad());
      Trigger trigger = trigger(station, timeout, utilization);
      return new MetastableScenario(
          kindName(kind),
          system,
          peak,
          state,
          trough,
          blip(station, state, trough, trough * peak, attempts),
          trigger,
          LEAST_WATCHED_SECONDS
              + SURGE * state.amplification() * trigger.seconds() / Metastability.GREY_LOAD,
          seed);
    }

    /** So strong and long that calls fail with all their attempts, and whatever waits is full. */
    private static Trigger blip(
        VirtualStation station,
        Metastability state,
        double trough,
        double perSecond,
        int attempts) {
      double timeout = state.timeoutSeconds();
      if (!(station instanceof Pool pool)) {
        return new Trigger(Math.max(20, 3 * timeout), STATION, 3 / (trough * state.utilization()));
      }
      double seconds = Math.max(20, 6 * timeout * attempts);
      if (pool.longestQueue() < Integer.MAX_VALUE) {
        seconds = Math.max(seconds, 2.5 * pool.longestQueue() / perSecond);
      }
      if (pool.acquireSeconds() < Double.POSITIVE_INFINITY) {
        seconds = Math.max(seconds, 3 * pool.acquireSeconds());
      }
      return new Trigger(seconds, STATION, 2 * timeout / state.serviceSeconds());
    }

    /** A backlog of more than twice what callers wait for. */
    private Trigger trigger(VirtualStation station, double timeout, double utilization) {
      if (random.nextBoolean()) {
        return new Trigger(Math.max(3, 2 * timeout), "", SURGE / utilization);
      }
      return station instanceof Pool
          ? new Trigger(Math.max(3, 2 * timeout / utilization), STATION, 20)
          : new Trigger(Math.max(3, 2 * timeout), STATION, SURGE / utilization);
    }

    private static String kindName(int kind) {
      return List.of("endless queue", "limited wait", "bounded queue", "cores").get(kind);
    }

    private static VirtualStation station(int kind, int servers, double service, double full) {
      int queue = (int) Math.max(1, Math.round(full * servers / service));
      return switch (kind) {
        case 0 -> Pool.of(STATION, servers);
        case 1 -> new Pool(STATION, Pool.Kind.CONNECTIONS, servers, full, Integer.MAX_VALUE, true);
        case 2 ->
            new Pool(
                STATION, Pool.Kind.CONNECTIONS, servers, Double.POSITIVE_INFINITY, queue, true);
        default -> new Processor(STATION, servers, 1, 0, 0, false);
      };
    }

    private static double wait(VirtualStation station, double service) {
      if (!(station instanceof Pool pool)) {
        return Double.POSITIVE_INFINITY;
      }
      return pool.longestQueue() < Integer.MAX_VALUE
          ? pool.longestQueue() * service / pool.servers()
          : pool.acquireSeconds();
    }

    private Operation operation(
        int i,
        double share,
        int attempts,
        double budget,
        boolean layered,
        double timeout,
        double service,
        VirtualStation station) {
      Distribution time = random.nextBoolean() ? new Exponential(service) : new Stages(service, 2);
      Activity used =
          station instanceof Pool
              ? new Activity.Hold(STATION, new Activity.Pause(time))
              : new Activity.Work(STATION, time);
      Activity call = new Activity.Call("store", timeout, attempts, budget, List.of(used));
      if (layered) {
        double patience = 1.2 * attempts * timeout;
        call = new Activity.Call("middle", patience, 2, Double.POSITIVE_INFINITY, List.of(call));
      }
      return new Operation("GET /" + (char) ('a' + i), share, List.of(call));
    }
  }
}
