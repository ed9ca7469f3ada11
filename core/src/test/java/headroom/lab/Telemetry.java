package headroom.lab;

import headroom.lab.ServiceSpec.Operation;
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
import java.util.SplittableRandom;
import java.util.TreeMap;

/** Turns what a virtual service does into the rollups that an instrumented one would give. */
final class Telemetry implements VirtualService.Observer {
  static final String SERVICE = "wallet";
  static final String POOL = "ledger";
  private static final String INSTANCE = "wallet-1";
  private static final long EPOCH = 1_800_000_000L;

  private final Resolution resolution;
  private final SplittableRandom noise;
  private final Map<SeriesKey, TreeMap<Long, Cell>> cells = new HashMap<>();
  private double cpuReported;
  private double cpuReportedAt;

  Telemetry(Resolution resolution, long seed) {
    this.resolution = resolution;
    this.noise = new SplittableRandom(seed ^ 0x5eedL);
  }

  @Override
  public void finished(Operation operation, double arrived, double seconds) {
    cell(key(Measure.ACTION, "", operation.name(), ""), arrived).record(seconds, false);
    cell(key(Measure.OPERATION, "", operation.name(), ""), arrived).record(seconds, false);
  }

  @Override
  public void released(Operation operation, double at, double held, double waited) {
    cell(key(Measure.POOL_HOLD, INSTANCE, POOL, ""), at)
        .record(Math.floor(held * 1e3) / 1e3, false);
    cell(key(Measure.POOL_WAIT, INSTANCE, POOL, ""), at).record(waited, false);
    cell(key(Measure.HOLD, "", operation.name(), "postgres"), at).record(held, false);
  }

  @Override
  public void statement(Operation operation, double at, double seconds) {
    cell(key(Measure.STATEMENT, "", "SELECT for " + operation.name(), operation.name()), at)
        .record(seconds, false);
  }

  /** Samples the levels, as an exporter does every few seconds. */
  void sample(VirtualService service, ServiceSpec spec) {
    double at = Math.max(0, service.now() - 1e-6);
    long nanos = (long) ((EPOCH + at) * 1e9);
    cell(key(Measure.POOL_USED, INSTANCE, POOL, ""), at).sample(service.connectionsInUse(), nanos);
    cell(key(Measure.POOL_IDLE, INSTANCE, POOL, ""), at)
        .sample(spec.connections() - service.connectionsInUse(), nanos);
    cell(key(Measure.POOL_PENDING, INSTANCE, POOL, ""), at).sample(service.pending(), nanos);
    cell(key(Measure.POOL_LIMIT, INSTANCE, POOL, ""), at).sample(spec.connections(), nanos);
    cell(key(Measure.CPU_COUNT, INSTANCE, "", ""), at).sample(spec.cores(), nanos);
    double used = service.cpuSeconds() - cpuReported;
    double passed = service.now() - cpuReportedAt;
    if (passed > 0) {
      double process = used - spec.housekeepingCores() * passed * 0.5;
      cell(key(Measure.CPU_TIME, INSTANCE, "", ""), at).increase(Math.max(0, process));
      double utilization = used / passed / spec.cores() * (1 + 0.05 * noise.nextGaussian());
      cell(key(Measure.HOST_CPU_UTILIZATION, INSTANCE, "", ""), at)
          .sample(Math.max(0, Math.min(1, utilization)), nanos);
    }
    cpuReported = service.cpuSeconds();
    cpuReportedAt = service.now();
  }

  History history() {
    List<Series> series =
        cells.entrySet().stream().map(e -> Series.of(e.getKey(), e.getValue())).toList();
    long first = cells.values().stream().mapToLong(TreeMap::firstKey).min().orElseThrow();
    long last = cells.values().stream().mapToLong(TreeMap::lastKey).max().orElseThrow();
    return History.of(
        resolution,
        Instant.ofEpochSecond(first),
        Instant.ofEpochSecond(last + resolution.seconds()),
        series,
        List.of());
  }

  private static SeriesKey key(Measure measure, String instance, String subject, String detail) {
    return new SeriesKey(measure, SERVICE, instance, subject, detail);
  }

  private Cell cell(SeriesKey key, double at) {
    long window = resolution.windowStart(EPOCH + (long) at);
    return cells
        .computeIfAbsent(key, unused -> new TreeMap<>())
        .computeIfAbsent(window, unused -> new Cell());
  }
}
