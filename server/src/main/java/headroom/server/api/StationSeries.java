package headroom.server.api;

import headroom.model.Measure;
import headroom.model.SeriesKey;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which series tell about a station, from its name: {@code wallet/pool/ledger} is the pool {@code
 * ledger} of the service {@code wallet}.
 */
record StationSeries(Set<Measure> measures, Predicate<SeriesKey> wanted) {
  /** The series of a station, or null when its name says no service and kind that are known. */
  static @Nullable StationSeries of(String station) {
    String[] parts = station.split("/", 3);
    if (parts.length < 2) {
      return null;
    }
    Set<Measure> measures = measures(parts[1]);
    if (measures.isEmpty()) {
      return null;
    }
    String service = parts[0];
    String subject = parts.length == 3 ? parts[2] : "";
    return new StationSeries(
        measures,
        key ->
            key.service().equals(service)
                && (subject.isEmpty()
                    || key.subject().isEmpty()
                    || key.subject().equals(subject)
                    || key.detail().equals(subject)));
  }

  private static Set<Measure> measures(String kind) {
    return switch (kind) {
      case "pool" ->
          EnumSet.of(
              Measure.POOL_USED,
              Measure.POOL_LIMIT,
              Measure.POOL_PENDING,
              Measure.POOL_WAIT,
              Measure.POOL_HOLD);
      case "cpu" ->
          EnumSet.of(
              Measure.CPU_TIME,
              Measure.CPU_COUNT,
              Measure.CPU_UTILIZATION,
              Measure.HOST_CPU_UTILIZATION);
      case "executor", "threads" ->
          EnumSet.of(
              Measure.THREADS_BUSY,
              Measure.THREADS_LIMIT,
              Measure.EXECUTOR_ACTIVE,
              Measure.EXECUTOR_QUEUED,
              Measure.EXECUTOR_LIMIT);
      case "queue", "partition" ->
          EnumSet.of(
              Measure.QUEUE_DEPTH,
              Measure.QUEUE_PUBLISHED,
              Measure.QUEUE_CONSUMED,
              Measure.QUEUE_AGE,
              Measure.QUEUE_PROCESS);
      case "cache" -> EnumSet.of(Measure.CACHE_HITS, Measure.CACHE_MISSES, Measure.CACHE_SIZE);
      case "memory" -> EnumSet.of(Measure.MEMORY_USED, Measure.MEMORY_LIVE, Measure.MEMORY_LIMIT);
      case "database", "connections" ->
          EnumSet.of(
              Measure.DATABASE_RUNNING,
              Measure.DATABASE_CONNECTIONS,
              Measure.DATABASE_CONNECTION_LIMIT,
              Measure.DATABASE_DURATION);
      default -> Set.of();
    };
  }
}
