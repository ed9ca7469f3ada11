package headroom.store;

import headroom.model.SeriesKey;
import headroom.rollup.Cell;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One series over time.
 *
 * @param windows by strictly rising start; windows without data are left out
 */
public record Series(SeriesKey key, List<Window> windows) {
  /** By measure, service, instance, subject and detail: the order in which stores give series. */
  public static final Comparator<SeriesKey> BY_KEY =
      Comparator.comparing(SeriesKey::measure)
          .thenComparing(SeriesKey::service)
          .thenComparing(SeriesKey::instance)
          .thenComparing(SeriesKey::subject)
          .thenComparing(SeriesKey::detail);

  public Series {
    windows = List.copyOf(windows);
  }

  /**
   * The content of one window.
   *
   * @param start epoch seconds, a multiple of the history's resolution
   */
  public record Window(long start, Cell cell) {}

  /** The series with these cells by window start. */
  public static Series of(SeriesKey key, SortedMap<Long, Cell> cells) {
    return new Series(
        key, cells.entrySet().stream().map(e -> new Window(e.getKey(), e.getValue())).toList());
  }

  /** The merge, window by window, of several series under one key. */
  public static Series merged(SeriesKey key, Collection<Series> parts) {
    var cells = new TreeMap<Long, Cell>();
    for (Series part : parts) {
      for (Window window : part.windows) {
        cells.computeIfAbsent(window.start, unused -> new Cell()).merge(window.cell);
      }
    }
    return of(key, cells);
  }

  /** All windows as one cell. */
  public Cell total() {
    Cell total = new Cell();
    windows.forEach(window -> total.merge(window.cell));
    return total;
  }
}
