package headroom.rollup;

import headroom.model.Irregularities;
import headroom.model.Irregularity;
import headroom.model.Measure;
import headroom.model.SeriesKey;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The way into a {@link RollupTable} for hot loops: most values go to a cell that was used a moment
 * ago, which is found here without making a key.
 *
 * <pre>
 *   slot 17: OPERATION wallet i-1 "GET /balance" "", window 1763719200 ─► Cell
 *   slot 18: empty
 * </pre>
 *
 * <p>A slot is chosen by hash and overwritten by the next series that falls on it, so nothing
 * grows. Not safe for use by several threads.
 */
public final class SeriesCells {
  private static final int SLOTS = 1 << 13;
  private static final long WINDOW_NANOS = Resolution.TEN_SECONDS.seconds() * 1_000_000_000L;

  private final RollupTable table;
  private final Irregularities irregularities;
  private final @Nullable SeriesKey[] keys = new SeriesKey[SLOTS];
  private final long[] windows = new long[SLOTS];
  private final Cell[] cells = new Cell[SLOTS];

  public SeriesCells(RollupTable table, Irregularities irregularities) {
    this.table = table;
    this.irregularities = irregularities;
  }

  /**
   * The cell of the series at this moment.
   *
   * @param epochNanos nanoseconds since the Unix epoch
   */
  public Cell cell(
      Measure measure,
      String service,
      String instance,
      String subject,
      String detail,
      long epochNanos) {
    long window = Math.floorDiv(epochNanos, WINDOW_NANOS);
    int slot = slot(measure, service, instance, subject, detail, window);
    SeriesKey key = keys[slot];
    boolean same =
        key != null
            && key.measure() == measure
            && key.subject().equals(subject)
            && key.detail().equals(detail)
            && key.instance().equals(instance)
            && key.service().equals(service);
    if (same && windows[slot] == window) {
      return cells[slot];
    }
    SeriesKey wanted = same ? key : new SeriesKey(measure, service, instance, subject, detail);
    return fill(slot, wanted, window);
  }

  /** The cell of the series at this moment. */
  public Cell cell(SeriesKey key, long epochNanos) {
    return cell(
        key.measure(), key.service(), key.instance(), key.subject(), key.detail(), epochNanos);
  }

  private Cell fill(int slot, SeriesKey key, long window) {
    long refusedBefore = table.refused();
    Cell cell = table.cell(key, window * Resolution.TEN_SECONDS.seconds());
    if (table.refused() != refusedBefore) {
      irregularities.count(Irregularity.CELL_OVER_LIMIT);
      return cell;
    }
    keys[slot] = key;
    windows[slot] = window;
    cells[slot] = cell;
    return cell;
  }

  private static int slot(
      Measure measure,
      String service,
      String instance,
      String subject,
      String detail,
      long window) {
    int hash = measure.hashCode();
    hash = hash * 31 + service.hashCode();
    hash = hash * 31 + instance.hashCode();
    hash = hash * 31 + subject.hashCode();
    hash = hash * 31 + detail.hashCode();
    hash = (hash * 31 + (int) window) * 0x9E3779B9;
    return hash >>> (32 - 13);
  }

  /** Takes everything out of the table. */
  public List<Rollup> drain() {
    Arrays.fill(keys, null);
    Arrays.fill(cells, null);
    return table.drain();
  }
}
