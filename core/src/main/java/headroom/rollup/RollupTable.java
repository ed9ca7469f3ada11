package headroom.rollup;

import headroom.model.SeriesKey;
import java.util.ArrayList;
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
  private final Map<SeriesKey, Map<Long, Cell>> series = new HashMap<>();
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
    long window = Resolution.TEN_SECONDS.windowStart(epochSecond);
    Map<Long, Cell> windows = series.get(key);
    Cell cell = windows == null ? null : windows.get(window);
    if (cell != null) {
      return cell;
    }
    if (cells >= maxCells) {
      refused++;
      return new Cell();
    }
    cells++;
    Cell added = new Cell();
    series.computeIfAbsent(key, unused -> new HashMap<>(4)).put(window, added);
    return added;
  }

  /** Takes everything out. */
  public List<Rollup> drain() {
    List<Rollup> drained = new ArrayList<>(cells);
    series.forEach((key, windows) ->
        windows.forEach((window, cell) -> drained.add(new Rollup(key, window, cell))));
    series.clear();
    cells = 0;
    return drained;
  }

  public int size() {
    return cells;
  }

  /** How many times a new cell was refused because the table was full. */
  public long refused() {
    return refused;
  }
}
