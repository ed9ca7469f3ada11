package headroom.requests;

import headroom.model.Measure;
import headroom.store.History;
import headroom.store.Series;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How many requests of one service a measure tells, by operation; probes are none. */
final class RequestCounts {
  private final Map<String, List<Series>> byOperation = new LinkedHashMap<>();

  private RequestCounts() {}

  /** What a measure tells of each service that has it. */
  static Map<String, RequestCounts> byService(History history, Measure measure) {
    Map<String, RequestCounts> services = new LinkedHashMap<>();
    for (Series series : history.of(measure)) {
      if (!series.windows().isEmpty() && !Probes.isProbe(series.key().subject())) {
        services
            .computeIfAbsent(series.key().service(), unused -> new RequestCounts())
            .byOperation
            .computeIfAbsent(series.key().subject(), unused -> new ArrayList<>())
            .add(series);
      }
    }
    return services;
  }

  Collection<String> operations() {
    return byOperation.keySet();
  }

  boolean has(String operation) {
    return byOperation.containsKey(operation);
  }

  /** The first and the last window of all operations together. */
  Range range() {
    var range = new Range(Long.MAX_VALUE, Long.MIN_VALUE);
    for (List<Series> parts : byOperation.values()) {
      for (Series part : parts) {
        range =
            new Range(
                Math.min(range.first, part.windows().getFirst().start()),
                Math.max(range.last, part.windows().getLast().start()));
      }
    }
    return range;
  }

  /** By operation, in windows of a range. */
  Map<String, Long> within(Range range) {
    Map<String, Long> counts = new HashMap<>();
    byOperation.forEach((operation, parts) -> counts.put(operation, count(parts, range)));
    return counts;
  }

  private static long count(List<Series> parts, Range range) {
    long count = 0;
    for (Series part : parts) {
      for (Series.Window window : part.windows()) {
        if (range.first <= window.start() && window.start() <= range.last) {
          count += window.cell().count();
        }
      }
    }
    return count;
  }

  /** Windows from the first to the last, both included; none when the first is the later. */
  record Range(long first, long last) {
    Range and(Range other) {
      return new Range(Math.max(first, other.first), Math.min(last, other.last));
    }
  }
}
