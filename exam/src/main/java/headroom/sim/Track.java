package headroom.sim;

import headroom.model.SeriesKey;
import headroom.rollup.Cell;
import headroom.store.Series;
import java.util.NavigableMap;
import java.util.TreeMap;

/** One series while it is written; the newest windows are found without a search. */
final class Track {
  private final SeriesKey key;
  private final TreeMap<Long, Cell> cells = new TreeMap<>();
  private long recent = Long.MIN_VALUE;
  private Cell recentCell = new Cell();

  Track(SeriesKey key) {
    this.key = key;
  }

  Cell at(long window) {
    if (window != recent) {
      recent = window;
      recentCell = cells.computeIfAbsent(window, unused -> new Cell());
    }
    return recentCell;
  }

  NavigableMap<Long, Cell> cells() {
    return cells;
  }

  /** What was written since the last call, which is forgotten. */
  Series drain() {
    Series written = series();
    cells.clear();
    recent = Long.MIN_VALUE;
    return written;
  }

  Series series() {
    return Series.of(key, cells);
  }
}
