package headroom.store;

import headroom.model.SeriesKey;
import headroom.rollup.Cell;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

/**
 * One series over time: cells by rising window, windows without data left out.
 *
 * @param windowStarts epoch seconds, strictly rising, multiples of the history's resolution
 * @param cells one for each window
 */
public record Series(SeriesKey key, long[] windowStarts, List<Cell> cells) {
  public Series {
    cells = List.copyOf(cells);
    if (windowStarts.length != cells.size()) {
      throw new IllegalArgumentException(
          "as many windows as cells are needed, got %d and %d"
              .formatted(windowStarts.length, cells.size()));
    }
  }

  /** All cells as one. */
  public Cell total() {
    Cell total = new Cell();
    cells.forEach(total::merge);
    return total;
  }

  /** The merge, window by window, of several series under one key. */
  public static Series merged(SeriesKey key, Collection<Series> parts) {
    var windows = new TreeMap<Long, Cell>();
    for (Series part : parts) {
      for (int i = 0; i < part.windowStarts.length; i++) {
        windows
            .computeIfAbsent(part.windowStarts[i], unused -> new Cell())
            .merge(part.cells.get(i));
      }
    }
    return new Series(
        key,
        windows.keySet().stream().mapToLong(Long::longValue).toArray(),
        new ArrayList<>(windows.values()));
  }
}
