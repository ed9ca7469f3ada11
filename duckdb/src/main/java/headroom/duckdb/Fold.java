package headroom.duckdb;

import headroom.rollup.Cell;
import headroom.rollup.Resolution;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/**
 * Moves what was merged lately from the table {@code fresh} into all tiers, in one transaction.
 *
 * <p>Read in the order of series and time, each row goes into one open cell per tier, which is
 * written to that tier's delta when the next window begins. Where a tier already has the window,
 * the two cells are merged and replace it: so every tier has one row for each series and window,
 * and a coarser cell is the merge of the finer ones however late they came.
 *
 * <pre>
 *   fresh  ──►  delta_ten_seconds, delta_minute, …  ──►  rollup_ten_seconds, rollup_minute, …
 * </pre>
 */
final class Fold {
  /** Rows to sort at once: some 20 MB. */
  private static final long ROWS_AT_ONCE = 150_000;

  private Fold() {}

  static void createTemporaryTables(Connection writer) throws SQLException {
    for (Resolution resolution : Resolution.values()) {
      DatabaseFile.execute(
          writer, "CREATE TEMP TABLE " + Tiers.delta(resolution) + " AS FROM fresh LIMIT 0");
    }
    DatabaseFile.execute(writer, "CREATE TEMP TABLE merged AS FROM fresh LIMIT 0");
  }

  static void run(DuckDBConnection writer) throws SQLException {
    gather(writer);
    for (Resolution resolution : Resolution.values()) {
      mergeIntoTier(writer, Tiers.table(resolution), "temp." + Tiers.delta(resolution));
    }
    DatabaseFile.execute(writer, "DELETE FROM fresh");
  }

  private static void gather(DuckDBConnection writer) throws SQLException {
    List<OpenCell> tiers = new ArrayList<>();
    // Results are kept whole by the driver; what was committed can be read beside the writer.
    try (Connection reader = writer.duplicate()) {
      for (Resolution resolution : Resolution.values()) {
        tiers.add(
            new OpenCell(
                resolution, writer.createAppender("temp", "main", Tiers.delta(resolution))));
      }
      for (Range range : ranges(reader)) {
        DatabaseFile.query(
            reader,
            "SELECT %s FROM fresh WHERE series BETWEEN %d AND %d ORDER BY series, start"
                .formatted(CellColumns.NAMES, range.first, range.last),
            row -> {
              Cell cell = CellColumns.read(row, 1);
              for (OpenCell tier : tiers) {
                tier.add(row.getInt(1), row.getLong(2), cell);
              }
            });
      }
      for (OpenCell tier : tiers) {
        tier.write();
      }
    } finally {
      for (OpenCell tier : tiers) {
        tier.appender.close();
      }
    }
  }

  /** Series of consecutive numbers with so many rows that they can be sorted at once. */
  private record Range(int first, int last, long rows) {}

  private static List<Range> ranges(Connection reader) throws SQLException {
    List<Range> ranges = new ArrayList<>();
    DatabaseFile.query(
        reader,
        "SELECT series, count(*) FROM fresh GROUP BY series ORDER BY series",
        row -> {
          int series = row.getInt(1);
          long rows = row.getLong(2);
          if (!ranges.isEmpty() && ranges.getLast().rows + rows <= ROWS_AT_ONCE) {
            Range last = ranges.removeLast();
            ranges.add(new Range(last.first, series, last.rows + rows));
          } else {
            ranges.add(new Range(series, series, rows));
          }
        });
    return ranges;
  }

  private static void mergeIntoTier(DuckDBConnection writer, String tier, String delta)
      throws SQLException {
    long first = DatabaseFile.number(writer, "SELECT min(start) FROM " + delta);
    long last = DatabaseFile.number(writer, "SELECT max(start) FROM " + delta);
    String same =
        "t.series = d.series AND t.start = d.start AND t.start BETWEEN %d AND %d"
            .formatted(first, last);
    if (mergePairs(writer, "%s t, %s d WHERE %s".formatted(tier, delta, same)) > 0) {
      DatabaseFile.execute(
          writer, "DELETE FROM %s t USING %s d WHERE %s".formatted(tier, delta, same));
      DatabaseFile.execute(
          writer,
          "DELETE FROM %s d USING temp.merged m WHERE m.series = d.series AND m.start = d.start"
              .formatted(delta));
      DatabaseFile.execute(writer, "INSERT INTO " + tier + " FROM temp.merged");
      DatabaseFile.execute(writer, "DELETE FROM temp.merged");
    }
    DatabaseFile.execute(writer, "INSERT INTO " + tier + " FROM " + delta);
    DatabaseFile.execute(writer, "DELETE FROM " + delta);
  }

  /** Merges cells that a tier has with those that the delta has for the same window. */
  private static int mergePairs(DuckDBConnection writer, String both) throws SQLException {
    int[] pairs = new int[1];
    try (DuckDBAppender appender = writer.createAppender("temp", "main", "merged")) {
      DatabaseFile.query(
          writer,
          "SELECT %s, %s FROM %s".formatted(prefixed("t."), prefixed("d."), both),
          row -> {
            Cell cell = CellColumns.read(row, 1);
            cell.merge(CellColumns.read(row, 1 + CellColumns.COUNT));
            CellColumns.append(appender, row.getInt(1), row.getLong(2), cell);
            pairs[0]++;
          });
    }
    return pairs[0];
  }

  private static String prefixed(String alias) {
    return alias + CellColumns.NAMES.replace(", ", ", " + alias);
  }

  /** The window of one tier that is being filled. */
  private static final class OpenCell {
    private final Resolution resolution;
    private final DuckDBAppender appender;
    private @Nullable Cell cell;
    private int series;
    private long start;

    OpenCell(Resolution resolution, DuckDBAppender appender) {
      this.resolution = resolution;
      this.appender = appender;
    }

    void add(int ofSeries, long second, Cell more) throws SQLException {
      long window = resolution.windowStart(second);
      if (cell != null && ofSeries == series && window == start) {
        cell.merge(more);
      } else {
        write();
        cell = more.copy();
        series = ofSeries;
        start = window;
      }
    }

    void write() throws SQLException {
      if (cell != null) {
        CellColumns.append(appender, series, start, cell);
        cell = null;
      }
    }
  }
}
