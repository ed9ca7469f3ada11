package headroom.duckdb;

import headroom.store.StoreException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.duckdb.DuckDBConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The open database file: one connection that writes, under a lock, and a new one for each reader,
 * which sees one moment. Nothing that runs in it can reach beyond the file: access to other files,
 * to the network and to extensions is off, and the settings are locked.
 */
final class DatabaseFile implements AutoCloseable {
  private static final String FILE = "headroom.duckdb";
  private static final Logger log = LoggerFactory.getLogger(DatabaseFile.class);

  /** How long the log of changes may grow before they are moved into the database file. */
  private static final long MAX_LOG_BYTES = 32L << 20;

  private final Path folder;
  private final DuckDBConnection writer;
  private final ReentrantLock writing = new ReentrantLock();

  private DatabaseFile(Path folder, DuckDBConnection writer) {
    this.folder = folder;
    this.writer = writer;
  }

  static DatabaseFile open(Path folder, int memoryMebibytes, int threads)
      throws StoreUnavailableException {
    String url = "jdbc:duckdb:" + folder.resolve(FILE);
    var settings = new Properties();
    settings.setProperty("memory_limit", memoryMebibytes + "MiB");
    settings.setProperty("threads", Integer.toString(threads));
    settings.setProperty("enable_external_access", "false");
    settings.setProperty("autoinstall_known_extensions", "false");
    settings.setProperty("autoload_known_extensions", "false");
    // Else a commit could fail although it is durable, because the checkpoint behind it failed.
    settings.setProperty("wal_autocheckpoint", "1TB");
    try {
      var writer = (DuckDBConnection) DriverManager.getConnection(url, settings);
      try {
        Migrations.apply(writer, Migrations.ALL, folder);
        execute(writer, "SET lock_configuration = true");
        return new DatabaseFile(folder, writer);
      } catch (SQLException | StoreUnavailableException | RuntimeException e) {
        writer.close();
        throw e;
      }
    } catch (SQLException e) {
      throw Failures.unavailable(folder, e);
    } catch (LinkageError e) {
      throw Failures.noNativeLibrary(e);
    }
  }

  /**
   * Does work that is kept whole or not at all. The transaction is begun by hand: with the driver's
   * own handling it would not span appenders.
   *
   * @param committed is told the work's result, before the next one writes
   * @throws StoreException when it is not kept
   */
  <T> void write(SqlWork<DuckDBConnection, T> work, Consumer<T> committed) {
    writing.lock();
    try {
      execute(writer, "BEGIN TRANSACTION");
      T result;
      try {
        result = work.on(writer);
      } catch (SQLException | RuntimeException | Error e) {
        rollBack(e);
        throw e;
      }
      commit();
      committed.accept(result);
    } catch (SQLException e) {
      throw Failures.failed(folder, e);
    } finally {
      writing.unlock();
    }
    if (folder.resolve(FILE + ".wal").toFile().length() > MAX_LOG_BYTES) {
      checkpoint();
    }
  }

  private void commit() {
    try {
      execute(writer, "COMMIT");
    } catch (SQLException e) {
      throw Failures.uncertain(folder, e);
    }
  }

  private void rollBack(Throwable cause) {
    try {
      execute(writer, "ROLLBACK");
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
  }

  /** Reads from one moment's content; what it returns must not need the connection any more. */
  <T> T read(SqlWork<Connection, T> work) {
    try (Connection reader = writer.duplicate()) {
      execute(reader, "BEGIN TRANSACTION READ ONLY");
      return work.on(reader);
    } catch (SQLException e) {
      throw Failures.failed(folder, e);
    }
  }

  /**
   * Moves changes from the log into the file, which frees the space of dropped rows. Put off when
   * it cannot be done now, since nothing depends on it.
   *
   * @throws StoreException when the database has to be opened anew
   */
  void checkpoint() {
    writing.lock();
    try {
      execute(writer, "CHECKPOINT");
    } catch (SQLException e) {
      log.warn("checkpoint of {} put off: {}", folder, Failures.firstLine(e));
      if (Failures.isFatal(e)) {
        throw Failures.failed(folder, e);
      }
    } finally {
      writing.unlock();
    }
  }

  @Override
  public void close() {
    writing.lock();
    try {
      writer.close();
    } catch (SQLException e) {
      throw Failures.failed(folder, e);
    } finally {
      writing.unlock();
    }
  }

  static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Executes a statement with parameters and says how many rows it changed. */
  static long update(Connection connection, String sql, Object... parameters) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, parameters);
      return statement.executeLargeUpdate();
    }
  }

  /** Calls back for each row. */
  static void query(Connection connection, String sql, RowReader reader, Object... parameters)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, parameters);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          reader.row(rows);
        }
      }
    }
  }

  /** The number in the only row and column of a result; 0 when it is null. */
  static long number(Connection connection, String sql, Object... parameters) throws SQLException {
    long[] number = new long[1];
    query(connection, sql, row -> number[0] = row.getLong(1), parameters);
    return number[0];
  }

  private static void bind(PreparedStatement statement, Object... parameters) throws SQLException {
    for (int i = 0; i < parameters.length; i++) {
      statement.setObject(i + 1, parameters[i]);
    }
  }

  /** Work on a connection. */
  @FunctionalInterface
  interface SqlWork<C, T> {
    T on(C connection) throws SQLException;
  }

  /** A receiver of rows, one by one. */
  @FunctionalInterface
  interface RowReader {
    void row(ResultSet row) throws SQLException;
  }
}
