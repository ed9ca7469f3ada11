package headroom.wall.evidence;

import static headroom.wall.belief.Demands.WANTED_ROWS;

import headroom.rollup.Cell;
import headroom.store.Series;
import headroom.wall.evidence.StationUse.Sample;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * Rows for the regression: windows gathered into longer ones, since work lags arrivals and single
 * windows repeat each other's noise. The first and the last window of the traffic are left out:
 * nobody knows how much of them was seen.
 */
final class Samples {
  private static final int[] ROW_SECONDS = {20, 60, 300, 600};

  private final Traffic traffic;
  private final int rowWindows;

  Samples(Traffic traffic) {
    this.traffic = traffic;
    int seconds = ROW_SECONDS[0];
    for (int candidate : ROW_SECONDS) {
      if (traffic.spanSeconds() / candidate >= WANTED_ROWS) {
        seconds = candidate;
      }
    }
    this.rowWindows = Math.max(1, seconds / traffic.windowSeconds());
  }

  /**
   * Busy servers from accumulated busy seconds (Little's law: time used over time passed). The
   * first report is left out, since it is not known when its time began. What a sender reports late
   * belongs to all the windows since its last report.
   */
  List<Sample> ofSums(Collection<Series> parts) {
    return ofSums(parts, Cell::sum);
  }

  /** As above, with the busy seconds of a cell as given. */
  List<Sample> ofSums(Collection<Series> parts, ToDoubleFunction<Cell> seconds) {
    NavigableMap<Integer, Double> sums = byWindow(parts, seconds);
    List<Sample> rows = new ArrayList<>();
    if (sums.size() < 2) {
      return rows;
    }
    int begun = sums.firstKey() + 1;
    int last = sums.lastKey();
    double busySeconds = 0;
    for (var entry : sums.subMap(begun, true, last, true).entrySet()) {
      busySeconds += entry.getValue();
      int covered = entry.getKey() + 1 - begun;
      boolean done = entry.getKey() == last && 2 * covered >= rowWindows;
      if (covered >= rowWindows || done) {
        double passed = (double) covered * traffic.windowSeconds();
        rows.add(new Sample(begun, begun + covered, busySeconds / passed));
        begun += covered;
        busySeconds = 0;
      }
    }
    return rows;
  }

  /** Busy servers from sampled levels, each worth {@code factor} servers. */
  List<Sample> ofLevels(Collection<Series> parts, double factor) {
    NavigableMap<Integer, Double> levels = byWindow(parts, cell -> factor * cell.mean().orElse(0));
    List<Sample> rows = new ArrayList<>();
    int begun = 0;
    for (Integer first = levels.ceilingKey(begun);
        first != null;
        first = levels.ceilingKey(begun)) {
      var row = levels.subMap(first, first + rowWindows);
      double mean = row.values().stream().mapToDouble(level -> level).average().orElse(0);
      rows.add(new Sample(first, row.lastKey() + 1, mean));
      begun = first + rowWindows;
    }
    return rows;
  }

  /** Busy servers from sampled levels, in the rows of others; without those that have no sample. */
  List<Sample> ofLevels(Collection<Series> parts, double factor, List<Sample> others) {
    NavigableMap<Integer, Double> levels = byWindow(parts, cell -> factor * cell.mean().orElse(0));
    List<Sample> rows = new ArrayList<>();
    for (Sample other : others) {
      levels.subMap(other.from(), other.to()).values().stream()
          .mapToDouble(level -> level)
          .average()
          .ifPresent(mean -> rows.add(new Sample(other.from(), other.to(), mean)));
    }
    return rows;
  }

  private NavigableMap<Integer, Double> byWindow(
      Collection<Series> parts, ToDoubleFunction<Cell> content) {
    int begun = 1;
    int end = traffic.windows() - 1;
    var values = new TreeMap<Integer, Double>();
    for (Series part : parts) {
      for (Series.Window window : part.windows()) {
        int index = traffic.indexOf(window.start());
        if (index >= begun && index < end) {
          values.merge(index, content.applyAsDouble(window.cell()), Double::sum);
        }
      }
    }
    return values;
  }
}
