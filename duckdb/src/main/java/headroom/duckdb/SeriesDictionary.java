package headroom.duckdb;

import headroom.model.Measure;
import headroom.model.SeriesKey;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of series. Those in use lately are remembered, at most {@link #REMEMBERED}; others
 * are looked up in one query for all. Guarded by the writer's lock.
 */
final class SeriesDictionary {
  private static final int REMEMBERED = 100_000;

  private final Map<SeriesKey, Integer> remembered = new LinkedHashMap<>(1_024, 0.75f, true);
  private int next;

  /** To be called once before all else. */
  void prepare(Connection writer) throws SQLException {
    next = (int) DatabaseFile.number(writer, "SELECT max(id) FROM series") + 1;
    DatabaseFile.execute(
        writer,
        "CREATE TEMP TABLE wanted (position INTEGER, measure VARCHAR, service VARCHAR, instance"
            + " VARCHAR, subject VARCHAR, detail VARCHAR)");
  }

  /**
   * The numbers of these keys, giving new ones to new keys. To be {@link #remember}ed on commit.
   */
  Map<SeriesKey, Integer> numbers(DuckDBConnection writer, Collection<SeriesKey> keys)
      throws SQLException {
    Map<SeriesKey, Integer> numbers = new HashMap<>();
    List<SeriesKey> unknown = new ArrayList<>();
    for (SeriesKey key : keys) {
      Integer number = remembered.get(key);
      if (number != null) {
        numbers.put(key, number);
      } else if (numbers.put(key, 0) == null) {
        unknown.add(key);
      }
    }
    if (!unknown.isEmpty()) {
      find(writer, unknown, numbers);
      add(writer, unknown, numbers);
    }
    return numbers;
  }

  private static void find(
      DuckDBConnection writer, List<SeriesKey> unknown, Map<SeriesKey, Integer> numbers)
      throws SQLException {
    try (DuckDBAppender appender = writer.createAppender("temp", "main", "wanted")) {
      for (int i = 0; i < unknown.size(); i++) {
        append(appender, i, unknown.get(i));
      }
    }
    DatabaseFile.query(
        writer,
        "SELECT w.position, s.id FROM temp.wanted w JOIN series s USING (measure, service,"
            + " instance, subject, detail)",
        row -> numbers.put(unknown.get(row.getInt(1)), row.getInt(2)));
    DatabaseFile.execute(writer, "DELETE FROM temp.wanted");
  }

  private void add(
      DuckDBConnection writer, List<SeriesKey> unknown, Map<SeriesKey, Integer> numbers)
      throws SQLException {
    int number = next;
    try (DuckDBAppender appender = writer.createAppender("series")) {
      for (SeriesKey key : unknown) {
        if (numbers.getOrDefault(key, 0) == 0) {
          append(appender, number, key);
          numbers.put(key, number++);
        }
      }
    }
  }

  private static void append(DuckDBAppender appender, int number, SeriesKey key)
      throws SQLException {
    appender.beginRow();
    appender.append(number).append(key.measure().name()).append(key.service());
    appender.append(key.instance()).append(key.subject()).append(key.detail());
    appender.endRow();
  }

  /** Keeps numbers that are committed now. */
  void remember(Map<SeriesKey, Integer> numbers) {
    remembered.putAll(numbers);
    for (int number : numbers.values()) {
      next = Math.max(next, number + 1);
    }
    var oldest = remembered.entrySet().iterator();
    while (remembered.size() > REMEMBERED) {
      oldest.next();
      oldest.remove();
    }
  }

  /** Forgets all, since some are gone from the database. */
  void forget() {
    remembered.clear();
  }

  /**
   * The key in a row of {@code measure, service, instance, subject, detail}; null for a measure of
   * another version, which is kept but nobody here can read.
   */
  static @Nullable SeriesKey key(ResultSet row, int first) throws SQLException {
    Measure measure;
    try {
      measure = Measure.valueOf(row.getString(first));
    } catch (IllegalArgumentException e) {
      return null;
    }
    return new SeriesKey(
        measure,
        row.getString(first + 1),
        row.getString(first + 2),
        row.getString(first + 3),
        row.getString(first + 4));
  }
}
