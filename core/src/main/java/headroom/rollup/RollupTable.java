package headroom.rollup;

import headroom.model.SeriesKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The cells that one worker is filling, by series and window of event time at the finest
 * resolution. It is drained at every flush; cells of the same series and window from several drains
 * or workers merge into one.
 *
 * <p>Bounded: beyond {@code maxCells} new cells are refused and counted, existing ones still fill.
 * Not safe for use by several threads.
 */
public final class RollupTable {
  private final int maxCells;
  private final Map<SeriesKey, Windows> series = new HashMap<>();
  private int cells;
  private long refused;

  public RollupTable(int maxCells) {
    if (maxCells < 1) {
      throw new IllegalArgumentException("maxCells must be >= 1, got " + maxCells);
    }
    this.maxCells = maxCells;
  }

  /** The cell for this series at this moment; when the table is full, one that nobody will see. */
  public Cell cell(SeriesKey key, long epochSecond) {
    long start = Resolution.TEN_SECONDS.windowStart(epochSecond);
    Windows windows = series.get(key);
    if (windows != null) {
      int position = windows.find(start);
      if (position >= 0) {
        return windows.cells[position];
      }
    }
    if (cells >= maxCells) {
      refused++;
      return new Cell();
    }
    cells++;
    if (windows == null) {
      windows = new Windows();
      series.put(key, windows);
    }
    return windows.add(start);
  }

  /** Takes everything out, each series in the order of its windows. */
  public List<Rollup> drain() {
    List<Rollup> drained = new ArrayList<>(cells);
    series.forEach((key, windows) -> {
      for (int i = 0; i < windows.size; i++) {
        drained.add(new Rollup(key, windows.starts[i], windows.cells[i]));
      }
    });
    series.clear();
    cells = 0;
    return drained;
  }

  /** How many cells it holds. */
  public int size() {
    return cells;
  }

  /** How many times a new cell was refused because the table was full. */
  public long refused() {
    return refused;
  }

  /** The cells of one series by rising start: two arrays, since most have one or two windows. */
  private static final class Windows {
    private long[] starts = new long[1];
    private Cell[] cells = new Cell[1];
    private int size;

    /** Where the window is, or {@code -(where it belongs) - 1}; the newest is asked for most. */
    int find(long start) {
      if (size > 0 && starts[size - 1] == start) {
        return size - 1;
      }
      return Arrays.binarySearch(starts, 0, size, start);
    }

    Cell add(long start) {
      int position = -find(start) - 1;
      if (size == starts.length) {
        starts = Arrays.copyOf(starts, size * 2);
        cells = Arrays.copyOf(cells, size * 2);
      }
      System.arraycopy(starts, position, starts, position + 1, size - position);
      System.arraycopy(cells, position, cells, position + 1, size - position);
      Cell added = new Cell();
      starts[position] = start;
      cells[position] = added;
      size++;
      return added;
    }
  }
}
