package headroom.sim;

import headroom.model.Event;
import headroom.model.Measure;
import headroom.model.SeriesKey;
import headroom.store.History;
import headroom.store.Series;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** The rollups that a virtual system would report if it were instrumented. */
public final class VirtualTelemetry implements Observer {
  /** Epoch second of virtual time 0: a Monday, at midnight. */
  public static final long EPOCH = 1_799_625_600L;

  private static final String DATABASE = "postgres";

  /** What the process itself uses of the processor's background; others use the rest. */
  private static final double OWN_BACKGROUND = 0.5;

  private static final String MEMORY = "G1 Old Gen";
  private static final String HEAP = "heap";
  private static final String COLLECTOR = "G1 Old Generation";
  private static final String COLLECTION = "end of major GC";
  private static final List<String> BREAKER_STATES = List.of("closed", "open", "half_open");

  private static final double WOBBLE_MEMORY_SECONDS = 120;

  private final VirtualSystem system;
  private final Reporting reporting;
  private final SplittableRandom noise;
  private final ReportedSeries rows;
  private final Track[] actions;
  private final Track[] operations;
  private final Track[] holds;
  private final Track[] retries;
  private final double[][] reportedCores;
  private double sampledAt;
  private double wobble;
  private boolean restarted;

  public VirtualTelemetry(VirtualSystem system, Reporting reporting, long seed) {
    this.system = system;
    this.reporting = reporting;
    this.noise = new SplittableRandom(seed ^ 0x5eedL);
    this.rows =
        new ReportedSeries(
            system.service(), reporting.resolution(), reporting.missing(), noise.nextLong());
    int count = system.operations().size() + system.jobs().size();
    actions = new Track[count];
    operations = new Track[count];
    holds = new Track[count];
    retries = new Track[count];
    for (int i = 0; i < count; i++) {
      String name = system.workName(i);
      actions[i] = rows.track(Measure.ACTION, "", name, "");
      operations[i] = rows.track(Measure.OPERATION, "", name, "");
      retries[i] = rows.track(Measure.ACTION_RETRIES, "", name, "");
      holds[i] = rows.track(Measure.HOLD, "", name, DATABASE);
    }
    reportedCores = new double[system.stations().size()][system.replicas().most()];
  }

  @Override
  public void served(int operation, int replica, double begun, double seconds, boolean failed) {
    rows.cell(actions[operation], begun).record(seconds, failed);
    rows.cell(operations[operation], begun).record(seconds, failed);
  }

  @Override
  public void workedOff(int operation, int replica, double begun, double seconds, boolean failed) {
    served(operation, replica, begun, seconds, failed);
  }

  @Override
  public void released(
      int station, int replica, int operation, double at, double held, double waited) {
    VirtualStation.Pool pool = pool(station);
    if (!reporting.timers() || rows.isLost(replica, at)) {
      return;
    }
    switch (pool.kind()) {
      case CONNECTIONS -> {
        double told = reporting.wholeMillis() ? Math.floor(held * 1e3) / 1e3 : held;
        rows.cell(rows.track(Measure.POOL_HOLD, pool, replica), at).record(told, false);
        rows.cell(rows.track(Measure.POOL_WAIT, pool, replica), at).record(waited, false);
        rows.cell(holds[operation], at).record(held, false);
      }
      case CONSUMERS -> {
        rows.cell(rows.track(Measure.QUEUE_PROCESS, pool, replica), at).record(held, false);
        rows.cell(rows.track(Measure.QUEUE_AGE, pool, replica), at).record(waited, false);
      }
      case THREADS, LOCK -> {}
    }
  }

  private VirtualStation.Pool pool(int station) {
    if (system.stations().get(station) instanceof VirtualStation.Pool pool) {
      return pool;
    }
    throw new IllegalArgumentException("station " + station + " is no pool");
  }

  @Override
  public void refused(int station, int replica, double at) {
    VirtualStation.Pool pool = pool(station);
    if (pool.kind() == VirtualStation.Pool.Kind.CONNECTIONS && !rows.isLost(replica, at)) {
      rows.cell(rows.track(Measure.POOL_TIMEOUTS, pool, replica), at).increase(1);
    }
  }

  @Override
  public void statement(int operation, String text, double at, double seconds) {
    String name = system.workName(operation);
    double begun = Math.max(0, at - seconds);
    rows.cell(rows.track(Measure.STATEMENT, "", text, name), begun).record(seconds, false);
    rows.cell(rows.track(Measure.HOLD_STATEMENT, "", name, DATABASE), begun).record(seconds, false);
  }

  @Override
  public void attempted(
      int operation, String peer, double begun, double seconds, int resend, boolean failed) {
    String name = system.workName(operation);
    rows.cell(rows.track(Measure.CALL, "", name, peer), begun).record(seconds, failed);
  }

  @Override
  public void resent(int operation, double arrived, int resends) {
    rows.cell(retries[operation], arrived).record(resends, false);
  }

  @Override
  public void rejected(int operation, int replica, String peer, double at) {
    if (!rows.isLost(replica, at)) {
      rows.cell(rows.track(Measure.BREAKER_REFUSED, rows.instance(replica), peer, ""), at)
          .increase(1);
    }
  }

  @Override
  public void collected(int station, int replica, double at, double seconds) {
    if (!rows.isLost(replica, at)) {
      rows.cell(rows.track(Measure.GC_DURATION, rows.instance(replica), COLLECTOR, COLLECTION), at)
          .record(seconds, false);
    }
  }

  @Override
  public void lookedUp(int station, int replica, double at, boolean hit) {
    if (!rows.isLost(replica, at)) {
      Measure measure = hit ? Measure.CACHE_HITS : Measure.CACHE_MISSES;
      String name = system.stations().get(station).name();
      rows.cell(rows.track(measure, rows.instance(replica), name, ""), at).increase(1);
    }
  }

  /** Samples the levels, as an exporter does every few seconds. */
  public void sample(Simulation simulation) {
    double at = Math.max(0, simulation.now() - 1e-6);
    double passed = simulation.now() - sampledAt;
    double memory = Math.exp(-passed / WOBBLE_MEMORY_SECONDS);
    wobble =
        memory * wobble
            + Math.sqrt(1 - memory * memory) * reporting.wobble() * noise.nextGaussian();
    boolean now = noise.nextDouble() < reporting.restarts() * passed / 86_400;
    restarted |= now;
    for (int k = 0; k < system.stations().size(); k++) {
      VirtualStation station = system.stations().get(k);
      int copies =
          station instanceof VirtualStation.Pool pool && pool.partitions() > 1
              ? pool.partitions()
              : station.perReplica() ? simulation.running() : 1;
      for (int i = 0; i < copies; i++) {
        switch (station) {
          case VirtualStation.Pool pool -> samplePool(simulation, pool, k, i, at);
          case VirtualStation.Processor one ->
              sampleProcessor(simulation, one, k, i, at, passed, now);
          case VirtualStation.Cache cache -> {}
        }
      }
    }
    sampleBreakers(simulation, at);
    sampledAt = simulation.now();
  }

  private void sampleBreakers(Simulation simulation, double at) {
    for (Simulation.BreakerView breaker : simulation.breakers()) {
      if (breaker.replica() < simulation.running() && !rows.isLost(breaker.replica(), at)) {
        for (String state : BREAKER_STATES) {
          String instance = rows.instance(breaker.replica());
          rows.cell(rows.track(Measure.BREAKER_STATE, instance, breaker.peer(), state), at)
              .sample(breaker.state().equals(state) ? 1 : 0, nanos(at));
        }
      }
    }
  }

  private void samplePool(
      Simulation simulation, VirtualStation.Pool pool, int k, int replica, double at) {
    if (rows.isLost(replica, at)) {
      return;
    }
    int used = simulation.used(k, replica);
    switch (pool.kind()) {
      case CONNECTIONS -> {
        gauge(Measure.POOL_USED, pool, replica, at, used);
        gauge(Measure.POOL_IDLE, pool, replica, at, pool.servers() - used);
        gauge(Measure.POOL_PENDING, pool, replica, at, simulation.queued(k, replica));
        gauge(Measure.POOL_LIMIT, pool, replica, at, pool.servers());
      }
      case THREADS -> {
        gauge(Measure.THREADS_BUSY, pool, replica, at, used);
        gauge(Measure.THREADS_LIMIT, pool, replica, at, pool.servers());
      }
      case CONSUMERS -> {
        if (pool.partitions() == 1) {
          gauge(Measure.QUEUE_CONSUMERS, pool, replica, at, pool.servers());
        } else if (replica == 0) {
          // Consumers belong to a group, not to a partition.
          rows.cell(rows.track(Measure.QUEUE_CONSUMERS, rows.instance(0), pool.name(), ""), at)
              .sample((double) pool.servers() * pool.partitions(), nanos(at));
        }
        gauge(Measure.QUEUE_DEPTH, pool, replica, at, simulation.queued(k, replica));
      }
      case LOCK -> {}
    }
  }

  private void gauge(
      Measure measure, VirtualStation.Pool pool, int replica, double at, double value) {
    rows.cell(rows.track(measure, pool, replica), at).sample(value, nanos(at));
  }

  private void sampleHeap(
      Simulation simulation, CollectedHeap heap, int k, int replica, double at) {
    String instance = rows.instance(replica);
    rows.cell(rows.track(Measure.MEMORY_LIMIT, instance, MEMORY, HEAP), at)
        .sample(heap.limitBytes(), nanos(at));
    rows.cell(rows.track(Measure.MEMORY_USED, instance, MEMORY, HEAP), at)
        .sample(simulation.usedBytes(k, replica), nanos(at));
    rows.cell(rows.track(Measure.MEMORY_LIVE, instance, MEMORY, HEAP), at)
        .sample(simulation.liveBytes(k, replica), nanos(at));
  }

  /** A shared processor is a machine of its own, which reports as a service of its own. */
  private void sampleProcessor(
      Simulation simulation,
      VirtualStation.Processor one,
      int k,
      int replica,
      double at,
      double passed,
      boolean restarted) {
    double until = simulation.coreSeconds(k, replica);
    double used = until - reportedCores[k][replica];
    reportedCores[k][replica] = until;
    if (passed <= 0 || rows.isLost(replica, at)) {
      return;
    }
    if (one.heap() != null) {
      sampleHeap(simulation, one.heap(), k, replica, at);
    }
    String service = one.perReplica() ? system.service() : one.name();
    String instance = one.perReplica() ? rows.instance(replica) : one.name() + "-1";
    long nanos = nanos(at);
    rows.cell(rows.track(new SeriesKey(Measure.CPU_COUNT, service, instance, "", "")), at)
        .sample(one.cores(), nanos);
    if (!restarted) {
      double process = used - one.background() * passed * (1 - OWN_BACKGROUND);
      rows.cell(rows.track(new SeriesKey(Measure.CPU_TIME, service, instance, "", "")), at)
          .increase(Math.max(0, process));
    }
    double share = used / passed / one.cores() + wobble;
    double told = share * (1 + reporting.gaugeNoise() * noise.nextGaussian());
    double rounded =
        reporting.gaugeStep() == 0
            ? told
            : Math.rint(told / reporting.gaugeStep()) * reporting.gaugeStep();
    rows.cell(
            rows.track(new SeriesKey(Measure.HOST_CPU_UTILIZATION, service, instance, "", "")), at)
        .sample(Math.clamp(rounded, 0.0, 1.0), nanos);
  }

  private static long nanos(double at) {
    return (long) ((EPOCH + at) * 1e9);
  }

  /** All that was reported until now. */
  public History history() {
    return rows.history(events());
  }

  /**
   * All that was reported since the last call.
   *
   * @param restarted whether what is counted began anew
   */
  public record Report(List<Series> series, boolean restarted) {
    public Report {
      series = List.copyOf(series);
    }
  }

  /** Hands out what was reported since the last call, and forgets it. */
  public Report drain() {
    var report = new Report(rows.drain(), restarted);
    restarted = false;
    return report;
  }

  private List<Event> events() {
    return system.changes().stream()
        .filter(change -> change.deploy() && change.atSeconds() <= sampledAt)
        .map(change ->
            new Event(
                "deploy",
                Instant.ofEpochSecond(EPOCH + (long) change.atSeconds()),
                system.service(),
                Map.of()))
        .toList();
  }
}
