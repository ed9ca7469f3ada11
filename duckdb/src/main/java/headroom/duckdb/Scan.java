package headroom.duckdb;

import headroom.model.Measure;
import headroom.model.SeriesKey;
import headroom.rollup.Cell;
import headroom.rollup.Resolution;
import headroom.store.RollupStore.Extent;
import headroom.store.Series;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Reads the series of a tier in the order of their keys: what is folded and what is fresh, merged.
 * Series are read some at a time, so that sorting them stays within the database's memory.
 */
final class Scan {
  /** Rows to sort at once: some 20 MB. */
  private static final long ROWS_AT_ONCE = 150_000;

  private final Connection reader;
  private final Resolution resolution;
  private final long firstSecond;
  private final long endSecond;

  /** Of windows that start within [from, to). */
  Scan(Connection reader, Resolution resolution, Instant from, Instant to) {
    this.reader = reader;
    this.resolution = resolution;
    this.firstSecond = nextWindow(Resolution.firstSecond(from));
    this.endSecond = nextWindow(Resolution.firstSecond(to));
  }

  /** The first start of a window that is not before this second. */
  private long nextWindow(long second) {
    long start = resolution.windowStart(second);
    return start < second ? start + resolution.seconds() : start;
  }

  void run(Set<Measure> measures, Consumer<Series> consumer) throws SQLException {
    List<Numbered> some = new ArrayList<>();
    long rows = 0;
    for (Numbered series : series(measures)) {
      if (!some.isEmpty() && rows + series.rows > ROWS_AT_ONCE) {
        read(some, consumer);
        some.clear();
        rows = 0;
      }
      some.add(series);
      rows += series.rows;
    }
    if (!some.isEmpty()) {
      read(some, consumer);
    }
  }

  /** The time that a tier covers. */
  static Optional<Extent> extent(Connection reader, Resolution resolution) throws SQLException {
    List<Extent> extent = new ArrayList<>();
    DatabaseFile.query(
        reader,
        "SELECT min(start), max(start) FROM (SELECT start FROM %s UNION ALL SELECT start FROM fresh) HAVING count(*) > 0"
            .formatted(Tiers.table(resolution)),
        row ->
            extent.add(
                new Extent(
                    Instant.ofEpochSecond(resolution.windowStart(row.getLong(1))),
                    Instant.ofEpochSecond(
                        resolution.windowStart(row.getLong(2)) + resolution.seconds()))));
    return extent.stream().findFirst();
  }

  /** A series with rows in the span. */
  private record Numbered(SeriesKey key, int number, long rows) {}

  private List<Numbered> series(Set<Measure> measures) throws SQLException {
    String ofMeasures =
        measures.isEmpty()
            ? ""
            : measures.stream()
                .map(measure -> "'" + measure.name() + "'")
                .collect(Collectors.joining(", ", "WHERE measure IN (", ")"));
    List<Numbered> series = new ArrayList<>();
    DatabaseFile.query(
        reader,
        """
        SELECT id, rows, measure, service, instance, subject, detail
        FROM (SELECT series, count(*) AS rows FROM (%s) GROUP BY series)
        JOIN series ON id = series %s\
        """
            .formatted(rows("series"), ofMeasures),
        row -> {
          SeriesKey key = SeriesDictionary.key(row, 3);
          if (key != null) {
            series.add(new Numbered(key, row.getInt(1), row.getLong(2)));
          }
        },
        firstSecond,
        endSecond,
        firstSecond,
        endSecond);
    series.sort(Comparator.comparing(Numbered::key, Series.BY_KEY));
    return series;
  }

  /** Fresh rows are finer, but the span's bounds are windows' bounds, so the same ones hold. */
  private String rows(String columns) {
    return "SELECT %s FROM %s WHERE start >= ? AND start < ? UNION ALL SELECT %s FROM fresh WHERE start >= ? AND start < ?"
        .formatted(columns, Tiers.table(resolution), columns);
  }

  private void read(List<Numbered> some, Consumer<Series> consumer) throws SQLException {
    Map<Integer, SeriesKey> keys = new HashMap<>();
    StringBuilder places = new StringBuilder();
    for (Numbered series : some) {
      places.append(places.isEmpty() ? "" : ", ");
      places.append('(').append(series.number).append(", ").append(keys.size()).append(')');
      keys.put(series.number, series.key);
    }
    var building = new Building(keys, consumer);
    DatabaseFile.query(
        reader,
        "SELECT %s FROM (%s) JOIN (VALUES %s) AS place(number, position) ON number = series ORDER BY position, start"
            .formatted(CellColumns.NAMES, rows(CellColumns.NAMES), places),
        row ->
            building.add(
                row.getInt(1), resolution.windowStart(row.getLong(2)), CellColumns.read(row, 1)),
        firstSecond,
        endSecond,
        firstSecond,
        endSecond);
    building.finish();
  }

  /** The series whose windows are coming in. */
  private static final class Building {
    private final Map<Integer, SeriesKey> keys;
    private final Consumer<Series> consumer;
    private final List<Series.Window> windows = new ArrayList<>();
    private int series;

    Building(Map<Integer, SeriesKey> keys, Consumer<Series> consumer) {
      this.keys = keys;
      this.consumer = consumer;
    }

    void add(int ofSeries, long start, Cell cell) {
      if (ofSeries != series) {
        finish();
        series = ofSeries;
      }
      if (!windows.isEmpty() && windows.getLast().start() == start) {
        windows.getLast().cell().merge(cell);
      } else {
        windows.add(new Series.Window(start, cell));
      }
    }

    void finish() {
      SeriesKey key = keys.get(series);
      if (key != null && !windows.isEmpty()) {
        consumer.accept(new Series(key, windows));
      }
      windows.clear();
    }
  }
}
