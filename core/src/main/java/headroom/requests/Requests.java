package headroom.requests;

import headroom.model.Measure;
import headroom.rollup.Cell;
import headroom.store.History;
import headroom.store.Series;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The requests of one service by operation and window, as one measure tells them. */
final class Requests {
  private final Map<String, NavigableMap<Long, Cell>> byOperation = new LinkedHashMap<>();

  private Requests() {}

  /** What a measure tells of each service that has it, all instances together. */
  static Map<String, Requests> byService(History history, Measure measure) {
    Map<String, Requests> services = new LinkedHashMap<>();
    for (Series series : history.of(measure)) {
      if (series.windows().isEmpty()) {
        continue;
      }
      NavigableMap<Long, Cell> windows =
          services
              .computeIfAbsent(series.key().service(), unused -> new Requests())
              .byOperation
              .computeIfAbsent(series.key().subject(), unused -> new TreeMap<>());
      for (Series.Window window : series.windows()) {
        windows.computeIfAbsent(window.start(), unused -> new Cell()).merge(window.cell());
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

  /** The cells of an operation by window start, none where it is not known. */
  NavigableMap<Long, Cell> windows(String operation) {
    return byOperation.getOrDefault(operation, new TreeMap<>());
  }

  /** The first and the last window of all operations together. */
  Range range() {
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;
    for (NavigableMap<Long, Cell> windows : byOperation.values()) {
      first = Math.min(first, windows.firstKey());
      last = Math.max(last, windows.lastKey());
    }
    return new Range(first, last);
  }

  /** How many requests there were by operation, within a range of windows. */
  Map<String, Long> counts(Range range) {
    Map<String, Long> counts = new HashMap<>();
    byOperation.forEach((operation, windows) -> {
      long count = 0;
      if (range.first() <= range.last()) {
        for (Cell cell : windows.subMap(range.first(), true, range.last(), true).values()) {
          count += cell.count();
        }
      }
      counts.put(operation, count);
    });
    return counts;
  }

  /** Windows from the first to the last, both included; empty when the first is the later. */
  record Range(long first, long last) {
    Range and(Range other) {
      return new Range(Math.max(first, other.first), Math.min(last, other.last));
    }
  }
}
