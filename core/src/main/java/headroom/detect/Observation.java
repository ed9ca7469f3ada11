package headroom.detect;

import headroom.requests.TraceShare.Basis;
import headroom.requests.UserRequests;
import headroom.rollup.Cell;
import headroom.store.History;
import headroom.store.Series;
import headroom.store.SeriesIndex;
import headroom.wall.Objectives;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * A history as detectors look at it: what is to be judged is the recent part, the rest is what it
 * is compared with.
 *
 * @param recentFrom epoch seconds; start of the part that counts as now
 * @param sampled services whose traces were weighted to count for requests that were not traced
 */
record Observation(
    History history,
    SeriesIndex index,
    Objectives objectives,
    long recentFrom,
    Set<String> sampled) {
  private static final int SHORTEST_RECENT_SECONDS = 60;
  private static final int LONGEST_RECENT_SECONDS = 900;

  static Observation of(History history, Objectives objectives) {
    return of(history, objectives, Set.of());
  }

  static Observation of(UserRequests requests, Objectives objectives) {
    Set<String> sampled = requests.servicesBy(EnumSet.of(Basis.METRICS, Basis.WEIGHTED));
    return of(requests.history(), objectives, sampled);
  }

  private static Observation of(History history, Objectives objectives, Set<String> sampled) {
    long first = history.from().getEpochSecond();
    long last = history.to().getEpochSecond();
    var windows =
        history.series().values().stream()
            .flatMap(List::stream)
            .filter(series -> !series.windows().isEmpty())
            .toList();
    if (!windows.isEmpty()) {
      first = windows.stream().mapToLong(s -> s.windows().getFirst().start()).min().orElseThrow();
      last =
          windows.stream().mapToLong(s -> s.windows().getLast().start()).max().orElseThrow()
              + history.resolution().seconds();
    }
    long recent = Math.clamp((last - first) / 4, SHORTEST_RECENT_SECONDS, LONGEST_RECENT_SECONDS);
    recent = Math.max(recent, history.resolution().seconds());
    return new Observation(history, new SeriesIndex(history), objectives, last - recent, sampled);
  }

  int windowSeconds() {
    return history.resolution().seconds();
  }

  /** Everything recent of these series as one cell. */
  Cell recent(Collection<Series> parts) {
    Cell total = new Cell();
    for (Series part : parts) {
      for (Series.Window window : part.windows()) {
        if (window.start() >= recentFrom) {
          total.merge(window.cell());
        }
      }
    }
    return total;
  }

  /** The cells of several series by window start. */
  static NavigableMap<Long, Cell> byWindow(Collection<Series> parts) {
    var cells = new TreeMap<Long, Cell>();
    for (Series part : parts) {
      for (Series.Window window : part.windows()) {
        cells.computeIfAbsent(window.start(), unused -> new Cell()).merge(window.cell());
      }
    }
    return cells;
  }

  static Instant at(long epochSecond) {
    return Instant.ofEpochSecond(epochSecond);
  }
}
