package headroom.ingest.pipeline;

import headroom.model.Measure;
import headroom.rollup.Resolution;
import headroom.rollup.Rollup;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which services have sent telemetry since the start, from the rollups on their way to the store.
 */
public final class SeenServices {
  private static final int MOST = 1_000;
  private static final EnumSet<Measure> FROM_TRACES =
      EnumSet.range(Measure.ACTION, Measure.ACTION_REPEATS);

  private final Map<String, Seen> byName = new TreeMap<>();
  private long leftOut;

  /**
   * One service.
   *
   * @param last end of the latest window that it reported
   * @param traces whether spans of it have been seen
   * @param metrics whether metrics of it have been seen
   */
  public record Seen(String service, Instant last, boolean traces, boolean metrics) {
    private Seen and(Seen other) {
      return new Seen(
          service,
          last.isAfter(other.last) ? last : other.last,
          traces || other.traces,
          metrics || other.metrics);
    }
  }

  public synchronized void see(Collection<Rollup> rollups) {
    for (Rollup rollup : rollups) {
      String service = rollup.key().service();
      if (byName.size() >= MOST && !byName.containsKey(service)) {
        leftOut++;
        continue;
      }
      boolean fromTrace = FROM_TRACES.contains(rollup.key().measure());
      Instant end = Instant.ofEpochSecond(rollup.windowStart() + Resolution.TEN_SECONDS.seconds());
      byName.merge(service, new Seen(service, end, fromTrace, !fromTrace), Seen::and);
    }
  }

  /** By name; at most a thousand. */
  public synchronized List<Seen> all() {
    return List.copyOf(byName.values());
  }

  /** How many rollups belonged to services beyond the limit. */
  public synchronized long leftOut() {
    return leftOut;
  }
}
