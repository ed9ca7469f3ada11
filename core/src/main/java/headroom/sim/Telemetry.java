package headroom.sim;

import headroom.model.Event;
import headroom.model.Measure;
import headroom.model.SeriesKey;
import headroom.rollup.Cell;
import headroom.rollup.Resolution;
import headroom.store.History;
import headroom.store.Series;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SplittableRandom;

/** Turns what a virtual system does into the rollups that an instrumented one would give. */
public final class Telemetry implements Observer {
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
  private final long lossSeed;
  private final Map<SeriesKey, Track> tracks = new HashMap<>();
  private final Track[] actions;
  private final Track[] operations;
  private final Track[] holds;
  private final Track[] retries;
  private final double[][] reportedCores;
  private double sampledAt;
  private double wobble;
  private boolean restarted;

  public Telemetry(VirtualSystem system, Reporting reporting, long seed) {
    this.system = system;
    this.reporting = reporting;
    this.noise = new SplittableRandom(seed ^ 0x5eedL);
    this.lossSeed = noise.nextLong();
    int count = system.operations().size() + system.jobs().size();
    actions = new Track[count];
    operations = new Track[count];
    holds = new Track[count];
    retries = new Track[count];
    for (int i = 0; i < count; i++) {
      String name = system.workName(i);
      actions[i] = track(Measure.ACTION, "", name, "");
      operations[i] = track(Measure.OPERATION, "", name, "");
      retries[i] = track(Measure.ACTION_RETRIES, "", name, "");
      holds[i] = track(Measure.HOLD, "", name, DATABASE);
    }
    reportedCores = new double[system.stations().size()][system.replicas().most()];
  }

  private Track track(Measure measure, String instance, String subject, String detail) {
    return track(new SeriesKey(measure, system.service(), instance, subject, detail));
  }

  private Track track(SeriesKey key) {
    return tracks.computeIfAbsent(key, Track::new);
  }

  private String instance(int replica) {
    return system.service() + "-" + (replica + 1);
  }

  private Cell cell(Track track, double at) {
    return track.at(window(at));
  }

  private long window(double at) {
    return reporting.resolution().windowStart(EPOCH + (long) at);
  }

  /** Whether the row of this instance gets lost on its way. */
  private boolean isLost(int replica, double at) {
    if (reporting.missing() == 0) {
      return false;
    }
    long mixed = lossSeed ^ (window(at) * 31 + replica) * 0x9E3779B97F4A7C15L;
    return new SplittableRandom(mixed).nextDouble() < reporting.missing();
  }

  @Override
  public void finished(int operation, int replica, double arrived, double seconds, boolean failed) {
    cell(actions[operation], arrived).record(seconds, failed);
    cell(operations[operation], arrived).record(seconds, failed);
  }

  @Override
  public void workedOff(int operation, int replica, double begun, double seconds, boolean failed) {
    finished(operation, replica, begun, seconds, failed);
  }

  /** What pool and which sender a level or time is told of. */
  private Track track(Measure measure, Station.Pool pool, int replica) {
    if (pool.partitions() == 1) {
      return track(measure, instance(pool.perReplica() ? replica : 0), pool.name(), "");
    }
    // Parts of a queue are partitions of it; others are pools of their own.
    return pool.kind() == Station.Pool.Kind.CONSUMERS
        ? track(measure, instance(0), pool.name(), String.valueOf(replica))
        : track(measure, instance(0), pool.name() + "-" + replica, "");
  }

  @Override
  public void released(
      int station, int replica, int operation, double at, double held, double waited) {
    Station.Pool pool = pool(station);
    if (!reporting.timers() || isLost(replica, at)) {
      return;
    }
    switch (pool.kind()) {
      case CONNECTIONS -> {
        double told = reporting.wholeMillis() ? Math.floor(held * 1e3) / 1e3 : held;
        cell(track(Measure.POOL_HOLD, pool, replica), at).record(told, false);
        cell(track(Measure.POOL_WAIT, pool, replica), at).record(waited, false);
        cell(holds[operation], at).record(held, false);
      }
      case CONSUMERS -> {
        cell(track(Measure.QUEUE_PROCESS, pool, replica), at).record(held, false);
        cell(track(Measure.QUEUE_AGE, pool, replica), at).record(waited, false);
      }
      case THREADS, LOCK -> {}
    }
  }

  private Station.Pool pool(int station) {
    if (system.stations().get(station) instanceof Station.Pool pool) {
      return pool;
    }
    throw new IllegalArgumentException("station " + station + " is no pool");
  }

  @Override
  public void refused(int station, int replica, double at) {
    Station.Pool pool = pool(station);
    if (pool.kind() == Station.Pool.Kind.CONNECTIONS && !isLost(replica, at)) {
      cell(track(Measure.POOL_TIMEOUTS, pool, replica), at).increase(1);
    }
  }

  @Override
  public void statement(int operation, String text, double at, double seconds) {
    String name = system.workName(operation);
    cell(track(Measure.STATEMENT, "", text, name), Math.max(0, at - seconds))
        .record(seconds, false);
  }

  @Override
  public void attempted(
      int operation, String peer, double begun, double seconds, int resend, boolean failed) {
    String name = system.workName(operation);
    cell(track(Measure.CALL, "", name, peer), begun).record(seconds, failed);
  }

  @Override
  public void resent(int operation, double arrived, int resends) {
    cell(retries[operation], arrived).record(resends, false);
  }

  @Override
  public void rejected(int operation, int replica, String peer, double at) {
    if (!isLost(replica, at)) {
      cell(track(Measure.BREAKER_REFUSED, instance(replica), peer, ""), at).increase(1);
    }
  }

  @Override
  public void collected(int station, int replica, double at, double seconds) {
    if (!isLost(replica, at)) {
      cell(track(Measure.GC_DURATION, instance(replica), COLLECTOR, COLLECTION), at)
          .record(seconds, false);
    }
  }

  @Override
  public void lookedUp(int station, int replica, double at, boolean hit) {
    if (!isLost(replica, at)) {
      Measure measure = hit ? Measure.CACHE_HITS : Measure.CACHE_MISSES;
      String name = system.stations().get(station).name();
      cell(track(measure, instance(replica), name, ""), at).increase(1);
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
      Station station = system.stations().get(k);
      int copies =
          station instanceof Station.Pool pool && pool.partitions() > 1
              ? pool.partitions()
              : station.perReplica() ? simulation.running() : 1;
      for (int i = 0; i < copies; i++) {
        switch (station) {
          case Station.Pool pool -> samplePool(simulation, pool, k, i, at);
          case Station.Processor one -> sampleProcessor(simulation, one, k, i, at, passed, now);
          case Station.Cache cache -> {}
        }
      }
    }
    sampleBreakers(simulation, at);
    sampledAt = simulation.now();
  }

  private void sampleBreakers(Simulation simulation, double at) {
    for (Simulation.BreakerView breaker : simulation.breakers()) {
      if (breaker.replica() < simulation.running() && !isLost(breaker.replica(), at)) {
        for (String state : BREAKER_STATES) {
          String instance = instance(breaker.replica());
          cell(track(Measure.BREAKER_STATE, instance, breaker.peer(), state), at)
              .sample(breaker.state().equals(state) ? 1 : 0, nanos(at));
        }
      }
    }
  }

  private void samplePool(Simulation simulation, Station.Pool pool, int k, int replica, double at) {
    if (isLost(replica, at)) {
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
        gauge(Measure.QUEUE_CONSUMERS, pool, replica, at, pool.servers());
        gauge(Measure.QUEUE_DEPTH, pool, replica, at, simulation.queued(k, replica));
      }
      case LOCK -> {}
    }
  }

  private void gauge(Measure measure, Station.Pool pool, int replica, double at, double value) {
    cell(track(measure, pool, replica), at).sample(value, nanos(at));
  }

  private void sampleHeap(Simulation simulation, Heap heap, int k, int replica, double at) {
    String instance = instance(replica);
    cell(track(Measure.MEMORY_LIMIT, instance, MEMORY, HEAP), at)
        .sample(heap.limitBytes(), nanos(at));
    cell(track(Measure.MEMORY_USED, instance, MEMORY, HEAP), at)
        .sample(simulation.usedBytes(k, replica), nanos(at));
    cell(track(Measure.MEMORY_LIVE, instance, MEMORY, HEAP), at)
        .sample(simulation.liveBytes(k, replica), nanos(at));
  }

  /** A shared processor is a machine of its own, which reports as a service of its own. */
  private void sampleProcessor(
      Simulation simulation,
      Station.Processor one,
      int k,
      int replica,
      double at,
      double passed,
      boolean restarted) {
    double until = simulation.coreSeconds(k, replica);
    double used = until - reportedCores[k][replica];
    reportedCores[k][replica] = until;
    if (passed <= 0 || isLost(replica, at)) {
      return;
    }
    if (one.heap() != null) {
      sampleHeap(simulation, one.heap(), k, replica, at);
    }
    String service = one.perReplica() ? system.service() : one.name();
    String instance = one.perReplica() ? instance(replica) : one.name() + "-1";
    long nanos = nanos(at);
    cell(track(new SeriesKey(Measure.CPU_COUNT, service, instance, "", "")), at)
        .sample(one.cores(), nanos);
    if (!restarted) {
      double process = used - one.background() * passed * (1 - OWN_BACKGROUND);
      cell(track(new SeriesKey(Measure.CPU_TIME, service, instance, "", "")), at)
          .increase(Math.max(0, process));
    }
    double share = used / passed / one.cores() + wobble;
    double told = share * (1 + reporting.gaugeNoise() * noise.nextGaussian());
    double rounded =
        reporting.gaugeStep() == 0
            ? told
            : Math.rint(told / reporting.gaugeStep()) * reporting.gaugeStep();
    cell(track(new SeriesKey(Measure.HOST_CPU_UTILIZATION, service, instance, "", "")), at)
        .sample(Math.clamp(rounded, 0.0, 1.0), nanos);
  }

  private static long nanos(double at) {
    return (long) ((EPOCH + at) * 1e9);
  }

  /** All that was reported until now. */
  public History history() {
    Resolution resolution = reporting.resolution();
    List<Series> series =
        tracks.values().stream()
            .filter(track -> !track.cells().isEmpty())
            .map(Track::series)
            .toList();
    List<NavigableMap<Long, Cell>> filled =
        tracks.values().stream().map(Track::cells).filter(cells -> !cells.isEmpty()).toList();
    long first = filled.stream().mapToLong(NavigableMap::firstKey).min().orElse(EPOCH);
    long last = filled.stream().mapToLong(NavigableMap::lastKey).max().orElse(EPOCH);
    return History.of(
        resolution,
        Instant.ofEpochSecond(first),
        Instant.ofEpochSecond(last + resolution.seconds()),
        series,
        events());
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
    List<Series> series =
        tracks.values().stream()
            .filter(track -> !track.cells().isEmpty())
            .map(Track::drain)
            .sorted(Comparator.comparing(Series::key, Series.BY_KEY))
            .toList();
    var report = new Report(series, restarted);
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
