package headroom.duckdb;

import headroom.model.Event;
import headroom.model.SeriesKey;
import headroom.rollup.Resolution;
import headroom.rollup.Rollup;
import headroom.store.StoreException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A database while it is open, and what is remembered about it. Safe for several threads. */
final class Session implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Session.class);

  private final DatabaseFile database;
  private final SeriesDictionary dictionary = new SeriesDictionary();

  /** Rows that are not folded yet; changed under the writer's lock. */
  private volatile long freshRows;

  /** How many there are when the last merge was committed. */
  private volatile long freshRowsToBe;

  private Session(DatabaseFile database) {
    this.database = database;
  }

  static Session open(Path folder, DuckDbStore.Options options) throws StoreUnavailableException {
    DatabaseFile database = DatabaseFile.open(folder, options.memoryMebibytes(), options.threads());
    try {
      Session session = new Session(database);
      session.prepare();
      return session;
    } catch (StoreException e) {
      database.close();
      if (e.getCause() instanceof SQLException cause) {
        throw Failures.unavailable(folder, cause);
      }
      throw e;
    }
  }

  private void prepare() {
    database.write(
        writer -> {
          dictionary.prepare(writer);
          Fold.createTemporaryTables(writer);
          return DatabaseFile.number(writer, "SELECT count(*) FROM fresh");
        },
        rows -> freshRows = rows);
  }

  DatabaseFile database() {
    return database;
  }

  long freshRows() {
    return freshRows;
  }

  long freshRowsToBe() {
    return freshRowsToBe;
  }

  void merge(List<Rollup> rollups) {
    Set<SeriesKey> keys = new LinkedHashSet<>();
    rollups.forEach(rollup -> keys.add(rollup.key()));
    database.write(
        writer -> {
          Map<SeriesKey, Integer> numbers = dictionary.numbers(writer, keys);
          append(writer, rollups, numbers);
          freshRowsToBe = freshRows + rollups.size();
          return numbers;
        },
        numbers -> {
          dictionary.remember(numbers);
          freshRows = freshRowsToBe;
        });
  }

  private static void append(
      DuckDBConnection writer, List<Rollup> rollups, Map<SeriesKey, Integer> numbers)
      throws SQLException {
    try (DuckDBAppender appender = writer.createAppender("fresh")) {
      for (Rollup rollup : rollups) {
        Integer number = numbers.get(rollup.key());
        if (number == null) {
          throw new IllegalStateException("series without a number: " + rollup.key());
        }
        long start = Resolution.TEN_SECONDS.windowStart(rollup.windowStart());
        CellColumns.append(appender, number, start, rollup.cell());
      }
    }
  }

  /** Moves what is fresh into the tiers. */
  void fold() {
    database.write(
        writer -> {
          if (freshRows > 0) {
            Fold.run(writer);
          }
          return writer;
        },
        done -> freshRows = 0);
  }

  /** Folds unless that fails, which costs speed only and is tried again. */
  void foldIfPossible() {
    try {
      fold();
    } catch (StoreException e) {
      log.warn("folding put off: {}", e.getMessage());
      if (Failures.isFatal(e)) {
        throw e;
      }
    }
  }

  void record(Event event) {
    database.write(
        writer -> {
          EventTable.add(writer, event);
          return event;
        },
        recorded -> {});
  }

  void expire(Instant now) {
    fold();
    long[] dropped = new long[1];
    database.write(
        writer -> {
          for (Resolution resolution : Resolution.values()) {
            dropped[0] +=
                DatabaseFile.update(
                    writer,
                    "DELETE FROM " + Tiers.table(resolution) + " WHERE start < ?",
                    Resolution.firstSecond(now.minus(resolution.retention())));
          }
          dropped[0] += EventTable.expire(writer, now.minus(Resolution.DAY.retention()));
          // Every series that has a window anywhere has one in the tier that is kept longest.
          return DatabaseFile.update(
              writer,
              "DELETE FROM series WHERE id NOT IN (SELECT series FROM "
                  + Tiers.table(Resolution.DAY)
                  + ")");
        },
        forgotten -> {
          if (forgotten > 0) {
            dictionary.forget();
          }
        });
    if (dropped[0] > 0) {
      database.checkpoint();
    }
  }

  @Override
  public void close() {
    database.close();
  }
}
