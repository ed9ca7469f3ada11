package wallet;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One PostgreSQL for the whole run; every test class gets a database of its own in it. */
final class TestDatabase implements BeforeAllCallback, AfterAllCallback {
  private static final AtomicInteger COUNT = new AtomicInteger();

  private String jdbcUrl = "";
  private HikariDataSource pool = new HikariDataSource();

  @Override
  public void beforeAll(ExtensionContext context) throws SQLException {
    String server =
        context
            .getRoot()
            .getStore(ExtensionContext.Namespace.GLOBAL)
            .computeIfAbsent(Server.class, key -> Server.start(), Server.class)
            .database
            .jdbcUrl();
    String name = "test_" + COUNT.incrementAndGet();
    try (var connection = DriverManager.getConnection(server);
        var statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    }
    jdbcUrl = server.replace("/postgres?", "/" + name + "?");
    var config = new HikariConfig();
    config.setJdbcUrl(jdbcUrl);
    config.setMaximumPoolSize(4);
    config.setMinimumIdle(0);
    pool = new HikariDataSource(config);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    pool.close();
  }

  String jdbcUrl() {
    return jdbcUrl;
  }

  HikariDataSource pool() {
    return pool;
  }

  /** The first column of the first row. */
  String ask(String sql) throws SQLException {
    try (var connection = pool.getConnection()) {
      return Sql.first(connection, sql, row -> String.valueOf(row.getString(1))).orElseThrow();
    }
  }

  /** Closed by JUnit at the end of the run. */
  private record Server(Database database) implements AutoCloseable {
    static Server start() {
      try {
        return new Server(Database.start(Duration.ZERO));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() throws IOException {
      database.close();
    }
  }
}
