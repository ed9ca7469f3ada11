package headroom.duckdb;

import headroom.duckdb.StoreUnavailableException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.duckdb.DuckDBConnection;

/**
 * The numbered steps from an empty database to the present schema. Their order and content never
 * change once released; a new need is a new step. Each runs in a transaction with the mark that it
 * ran, so that an interrupted upgrade goes on where it stopped.
 */
final class Migrations {
  /** The number of a step is its place, from 1. */
  static final List<String> ALL = List.of("0001-rollups-and-events.sql", "0002-views.sql");

  private Migrations() {}

  static void apply(DuckDBConnection connection, List<String> steps, Path folder)
      throws SQLException, StoreUnavailableException {
    DatabaseFile.execute(
        connection,
        "CREATE TABLE IF NOT EXISTS migration (number INTEGER NOT NULL, name VARCHAR NOT NULL)");
    long applied = DatabaseFile.number(connection, "SELECT max(number) FROM migration");
    if (applied > steps.size()) {
      throw new StoreUnavailableException(
          Reason.NEWER,
          "data folder %s was written by a newer version of Headroom (schema %d, this one knows %d); start that version or choose another folder with --data"
              .formatted(folder, applied, steps.size()));
    }
    for (int number = (int) applied + 1; number <= steps.size(); number++) {
      step(connection, number, steps.get(number - 1));
    }
  }

  private static void step(DuckDBConnection connection, int number, String name)
      throws SQLException {
    DatabaseFile.execute(connection, "BEGIN TRANSACTION");
    try {
      DatabaseFile.execute(connection, text(name));
      DatabaseFile.update(connection, "INSERT INTO migration VALUES (?, ?)", number, name);
      DatabaseFile.execute(connection, "COMMIT");
    } catch (SQLException e) {
      DatabaseFile.execute(connection, "ROLLBACK");
      throw e;
    }
  }

  private static String text(String name) {
    try (InputStream in = Migrations.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("resource " + name + " is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
