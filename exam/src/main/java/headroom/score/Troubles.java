package headroom.score;

import headroom.sim.Activity;
import headroom.sim.Activity.Hold;
import headroom.sim.Activity.Pause;
import headroom.sim.Activity.Sometimes;
import headroom.sim.Activity.Work;
import headroom.sim.BatchJob;
import headroom.sim.Breaker;
import headroom.sim.CollectedHeap;
import headroom.sim.Distribution;
import headroom.sim.Distribution.Exponential;
import headroom.sim.Distribution.Shifted;
import headroom.sim.Distribution.Stages;
import headroom.sim.Operation;
import headroom.sim.Replicas;
import headroom.sim.VirtualStation.Pool;
import headroom.sim.VirtualStation.Processor;
import headroom.sim.VirtualSystem;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/** Random systems as teams have them: each with one thing that no textbook mentions. */
final class Troubles {
  private static final String PARTNER = "partner";
  private static final String LIMITER = "limiter";
  private static final String THREADS = "http";

  /** How long one piece of a batch takes; long, so that pieces are few beside requests. */
  private static final double PIECE_SECONDS = 15;

  private final RandomGenerator random;

  Troubles(RandomGenerator random) {
    this.random = random;
  }

  double uniform(double low, double high) {
    return low + (high - low) * random.nextDouble();
  }

  VirtualSystem plain() {
    return new Systems(random).draw(0.92, 1, 0);
  }

  /** A partner that reports nothing and can do so many calls at once, called by every request. */
  VirtualSystem calling(boolean guarded) {
    VirtualSystem system = plain();
    int servers = random.nextInt(2, 9);
    double seconds = servers / (system.roughLimit() * uniform(0.8, 1.5));
    double timeout = uniform(4, 8) * seconds;
    Breaker breaker = guarded ? new Breaker(random.nextInt(10, 40), 0.5, 10, 5) : null;
    int attempts = guarded ? 1 : 3;
    Activity call =
        new Activity.Call(
            PARTNER,
            timeout,
            attempts,
            Double.POSITIVE_INFINITY,
            breaker,
            List.of(new Hold(PARTNER, new Pause(new Stages(seconds, 3)))));
    return SystemEdits.andThen(SystemEdits.with(system, silent(PARTNER, servers)), call);
  }

  /** A partner whose machine reports, and where everything takes longer the more there is. */
  VirtualSystem slowing() {
    VirtualSystem system = plain();
    double cores = random.nextInt(1, 5);
    double crowding = uniform(0.5, 1);
    double seconds = cores / (1 + crowding) / (system.roughLimit() * uniform(0.8, 1.5));
    var machine = new Processor(PARTNER, cores, 1, 0.02 * cores, crowding, false);
    Activity call =
        new Activity.Call(
            PARTNER,
            Double.POSITIVE_INFINITY,
            1,
            0,
            List.of(new Work(PARTNER, new Exponential(seconds)), distance(0.01)));
    return SystemEdits.andThen(SystemEdits.with(system, machine), call);
  }

  private static Pool silent(String name, int servers) {
    return Pool.lock(name).withServers(servers);
  }

  private static Activity distance(double mean) {
    return new Pause(new Shifted(0.6 * mean, new Exponential(0.4 * mean)));
  }

  /** Pieces that each hold a connection for long and keep the database busy half of that. */
  BatchJob batch(VirtualSystem system, double atSeconds, double everySeconds, double runSeconds) {
    int connections = ((Pool) system.station(Systems.POOL)).servers();
    int workers = Math.max(1, connections / 4);
    int items = Math.max(1, (int) Math.round(workers * runSeconds / PIECE_SECONDS));
    int rows = 100;
    double row = PIECE_SECONDS / rows;
    Activity rowByRow =
        new Activity.Repeat(
            rows,
            rows,
            List.of(
                new Work(Systems.DATABASE, new Exponential(uniform(0.3, 0.6) * row)),
                new Pause(new Exponential(0.4 * row))));
    return new BatchJob(
        "nightly report",
        atSeconds,
        everySeconds,
        items,
        workers,
        List.of(new Hold(Systems.POOL, rowByRow)));
  }

  /** Memory whose collection takes a tenth to three tenths of the processor when that is full. */
  VirtualSystem collecting() {
    VirtualSystem system = plain();
    double share = uniform(0.7, 0.9);
    double pause = uniform(0.08, 0.3);
    double working = pause * share / (1 - share);
    double half = 2e9;
    return system.with(station -> {
      if (!(station instanceof Processor one) || !one.name().equals(Systems.CPU)) {
        return station;
      }
      double perCoreSecond = half / (working * one.freeCores());
      return one.withHeap(new CollectedHeap(2 * half, half, 0, perCoreSecond, pause / half));
    });
  }

  /** A row that every transaction locks, while it holds a connection; nobody reports it. */
  VirtualSystem convoy() {
    VirtualSystem system = SystemEdits.with(plain(), Pool.lock(Systems.LOCK));
    double holding = holding(system);
    double held = uniform(0.6, 1.4) / system.roughLimit() / holding;
    return SystemEdits.within(
        system, Systems.POOL, then(new Hold(Systems.LOCK, new Pause(new Exponential(held)))));
  }

  private static UnaryOperator<List<Activity>> then(Activity step) {
    return steps -> {
      List<Activity> more = new ArrayList<>(steps);
      more.add(step);
      return more;
    };
  }

  /** How often a request takes a connection on average. */
  private static double holding(VirtualSystem system) {
    String once = "once";
    VirtualSystem counting =
        SystemEdits.within(
            SystemEdits.with(system, Pool.lock(once)),
            Systems.POOL,
            steps -> List.of(new Hold(once, new Pause(new Distribution.Constant(1)))));
    return counting.demands().getOrDefault(once, 1.0);
  }

  /** Shards of which one has most of the keys. */
  VirtualSystem hotPartition() {
    VirtualSystem system = plain();
    int shards = random.nextInt(3, 9);
    double skew = uniform(0.4, 1);
    return system.with(station -> {
      if (!(station instanceof Pool pool)) {
        return station;
      }
      Pool split = pool.partitioned(shards, skew);
      double wanted = pool.servers() * split.hottestShare() * uniform(0.7, 1.4);
      return split.withServers((int) Math.max(1, Math.round(wanted)));
    });
  }

  /** Some requests are larger than others, at every station alike. */
  VirtualSystem correlated() {
    VirtualSystem system = plain();
    double share = uniform(0.03, 0.1);
    List<Operation> large = new TimeScale(uniform(3, 6)).of(system).operations();
    List<Operation> operations = new ArrayList<>();
    for (int i = 0; i < large.size(); i++) {
      Operation small = system.operations().get(i);
      operations.add(new Operation(small.name(), (1 - share) * small.share(), small.steps()));
      operations.add(new Operation(small.name(), share * small.share(), large.get(i).steps()));
    }
    return SystemEdits.operations(system, operations);
  }

  /** Threads that are held from the beginning to the end, connections within. */
  VirtualSystem nested() {
    VirtualSystem system = plain();
    int connections = ((Pool) system.station(Systems.POOL)).servers();
    double idle = 0;
    double shares = 0;
    for (Operation one : system.operations()) {
      idle += one.share() * UnloadedTime.seconds(one.steps());
      shares += one.share();
    }
    double wanted = uniform(0.9, 1.8) * system.roughLimit() * idle / shares;
    int threads = (int) Math.max(connections + 1, Math.round(wanted));
    var pool =
        new Pool(
            THREADS, Pool.Kind.THREADS, threads, Double.POSITIVE_INFINITY, Integer.MAX_VALUE, true);
    return SystemEdits.steps(
        SystemEdits.with(system, pool), steps -> List.of(new Hold(THREADS, steps)));
  }

  /** Some requests forget a connection, which comes back when it has been idle for too long. */
  VirtualSystem leaking() {
    VirtualSystem system = plain();
    double forgotten = uniform(10, 40);
    double share = uniform(0.2, 0.6) * system.demands().getOrDefault(Systems.POOL, 0.0) / forgotten;
    Activity leak =
        new Activity.Publish(
            List.of(new Hold(Systems.POOL, new Pause(new Distribution.Constant(forgotten)))));
    return SystemEdits.andThen(system, new Sometimes(Math.min(1, share), List.of(leak)));
  }

  /** Something between pool and database lets fewer through than the pool believes it has. */
  VirtualSystem wrongLimit() {
    VirtualSystem system = plain();
    int connections = ((Pool) system.station(Systems.POOL)).servers();
    int real = (int) Math.max(1, Math.round(uniform(0.5, 0.85) * connections));
    return SystemEdits.within(
        SystemEdits.with(system, silent(LIMITER, real)),
        Systems.POOL,
        steps -> List.of(new Hold(LIMITER, steps)));
  }

  /** Instances that come and go, the first of which has more than its share. */
  VirtualSystem unevenAndScaled() {
    double scaleAbove = uniform(0.5, 0.7);
    double skew = uniform(0.1, 0.5);
    return new Systems(random)
        .spread(3)
        .draw(0.92, 1, 0)
        .with(station ->
            station instanceof Pool pool
                ? new Pool(
                    pool.name(),
                    pool.kind(),
                    pool.servers(),
                    pool.acquireSeconds(),
                    pool.longestQueue(),
                    false)
                : station)
        .withReplicas(new Replicas(2, 6, scaleAbove, skew));
  }
}
