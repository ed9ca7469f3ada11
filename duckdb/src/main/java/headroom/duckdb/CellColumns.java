package headroom.duckdb;

import headroom.rollup.Cell;
import headroom.rollup.ExponentialHistogram;
import headroom.rollup.HistogramCodec;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.OptionalDouble;
import org.duckdb.DuckDBAppender;
import org.jspecify.annotations.Nullable;

/** How a cell lies in a row: all its parts, and three percentiles for people to read. */
final class CellColumns {
  /** The columns that {@link #read} needs, in its order. */
  static final String NAMES =
      "series, start, count, errors, sum, min, max, last, last_nanos, histogram";

  /** How many columns {@link #NAMES} has. */
  static final int COUNT = 10;

  private CellColumns() {}

  static void append(DuckDBAppender appender, int series, long start, Cell cell)
      throws SQLException {
    appender.beginRow();
    appender.append(series).append(start).append(cell.count()).append(cell.errors());
    appender.append(cell.sum()).append(cell.min()).append(cell.max());
    appender.append(cell.last()).append(cell.lastNanos());
    ExponentialHistogram histogram = cell.histogram();
    if (histogram == null) {
      appender.appendNull();
    } else {
      appender.append(HistogramCodec.encode(histogram));
    }
    append(appender, cell.quantile(0.5));
    append(appender, cell.quantile(0.95));
    append(appender, cell.quantile(0.99));
    appender.endRow();
  }

  private static void append(DuckDBAppender appender, OptionalDouble value) throws SQLException {
    if (value.isPresent()) {
      appender.append((float) value.getAsDouble());
    } else {
      appender.appendNull();
    }
  }

  /** The cell whose columns begin at {@code first}, the number of its {@code series} column. */
  static Cell read(ResultSet row, int first) throws SQLException {
    byte @Nullable [] histogram = row.getBytes(first + 9);
    return Cell.of(
        row.getLong(first + 2),
        row.getLong(first + 3),
        row.getDouble(first + 4),
        row.getDouble(first + 5),
        row.getDouble(first + 6),
        row.getDouble(first + 7),
        row.getLong(first + 8),
        histogram == null ? null : HistogramCodec.decode(histogram));
  }
}
