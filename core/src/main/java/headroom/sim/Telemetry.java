package headroom.sim;

import headroom.model.Event;
import headroom.model.Measure;
import headroom.model.SeriesKey;
import headroom.rollup.Cell;
import headroom.rollup.Resolution;
import headroom.store.History;
import headroom.store.Series;
import java.time.Instant;
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

  private static final double WOBBLE_MEMORY_SECONDS = 120;

  private final VirtualSystem system;
  private final Reporting reporting;
  private final SplittableRandom noise;
  private final long lossSeed;
  private final Map<SeriesKey, Track> tracks = new HashMap<>();
  private final Track[] actions;
  private final Track[] operations;
  private final Track[] holds;
  private final double[][] reportedCores;
  private double sampledAt;
  private double wobble;

  public Telemetry(VirtualSystem system, Reporting reporting, long seed) {
    this.system = system;
    this.reporting = reporting;
    this.noise = new SplittableRandom(seed ^ 0x5eedL);
    this.lossSeed = noise.nextLong();
    int count = system.operations().size();
    actions = new Track[count];
    operations = new Track[count];
    holds = new Track[count];
    for (int i = 0; i < count; i++) {
      String name = system.operations().get(i).name();
      actions[i] = track(Measure.ACTION, "", name, "");
      operations[i] = track(Measure.OPERATION, "", name, "");
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
  public void released(
      int station, int replica, int operation, double at, double held, double waited) {
    Station.Pool pool = pool(station);
    if (!reporting.timers() || isLost(replica, at)) {
      return;
    }
    String instance = pool.perReplica() ? instance(replica) : instance(0);
    switch (pool.kind()) {
      case CONNECTIONS -> {
        double told = reporting.wholeMillis() ? Math.floor(held * 1e3) / 1e3 : held;
        cell(track(Measure.POOL_HOLD, instance, pool.name(), ""), at).record(told, false);
        cell(track(Measure.POOL_WAIT, instance, pool.name(), ""), at).record(waited, false);
        cell(holds[operation], at).record(held, false);
      }
      case CONSUMERS -> {
        cell(track(Measure.QUEUE_PROCESS, instance, pool.name(), ""), at).record(held, false);
        cell(track(Measure.QUEUE_AGE, instance, pool.name(), ""), at).record(waited, false);
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
      cell(track(Measure.POOL_TIMEOUTS, instance(replica), pool.name(), ""), at).increase(1);
    }
  }

  @Override
  public void statement(int operation, String text, double at, double seconds) {
    String name = system.operations().get(operation).name();
    cell(track(Measure.STATEMENT, "", text, name), at).record(seconds, false);
  }

  @Override
  public void attempted(int operation, String peer, double at, double seconds, boolean failed) {
    String name = system.operations().get(operation).name();
    cell(track(Measure.CALL, "", name, peer), at).record(seconds, failed);
  }

  @Override
  public void resent(int operation, double at, int resends) {
    String name = system.operations().get(operation).name();
    cell(track(Measure.ACTION_RETRIES, "", name, ""), at).record(resends, false);
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
    boolean restarted = noise.nextDouble() < reporting.restarts() * passed / 86_400;
    for (int k = 0; k < system.stations().size(); k++) {
      Station station = system.stations().get(k);
      int copies = station.perReplica() ? simulation.running() : 1;
      for (int i = 0; i < copies; i++) {
        switch (station) {
          case Station.Pool pool -> samplePool(simulation, pool, k, i, at);
          case Station.Processor one ->
              sampleProcessor(simulation, one, k, i, at, passed, restarted);
          case Station.Cache cache -> {}
        }
      }
    }
    sampledAt = simulation.now();
  }

  private void samplePool(Simulation simulation, Station.Pool pool, int k, int replica, double at) {
    if (isLost(replica, at)) {
      return;
    }
    int used = simulation.used(k, replica);
    switch (pool.kind()) {
      case CONNECTIONS -> {
        gauge(Measure.POOL_USED, replica, pool.name(), at, used);
        gauge(Measure.POOL_IDLE, replica, pool.name(), at, pool.servers() - used);
        gauge(Measure.POOL_PENDING, replica, pool.name(), at, simulation.queued(k, replica));
        gauge(Measure.POOL_LIMIT, replica, pool.name(), at, pool.servers());
      }
      case THREADS -> {
        gauge(Measure.THREADS_BUSY, replica, pool.name(), at, used);
        gauge(Measure.THREADS_LIMIT, replica, pool.name(), at, pool.servers());
      }
      case CONSUMERS -> {
        gauge(Measure.QUEUE_CONSUMERS, replica, pool.name(), at, pool.servers());
        gauge(Measure.QUEUE_DEPTH, replica, pool.name(), at, simulation.queued(k, replica));
      }
      case LOCK -> {}
    }
  }

  private void gauge(Measure measure, int replica, String subject, double at, double value) {
    cell(track(measure, instance(replica), subject, ""), at).sample(value, nanos(at));
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
