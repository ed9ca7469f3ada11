package wallet;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * The nightly job, at any hour: interest for every account, one at a time, in one transaction on a
 * connection of the customers' pool.
 */
final class InterestBatch implements AutoCloseable {
  private static final Logger LOGGER = Logger.getLogger(InterestBatch.class.getName());

  private final DataSource pool;
  private final ScheduledExecutorService worker =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("interest").factory());

  private InterestBatch(DataSource pool) {
    this.pool = pool;
  }

  static InterestBatch start(DataSource pool, Duration every) {
    var batch = new InterestBatch(pool);
    long periodMillis = every.toMillis();
    var unused =
        batch.worker.scheduleAtFixedRate(
            batch::runAndLog, periodMillis, periodMillis, TimeUnit.MILLISECONDS);
    return batch;
  }

  private void runAndLog() {
    try {
      Sql.inTransaction(pool, InterestBatch::payAll);
    } catch (SQLException | RuntimeException e) {
      LOGGER.log(Level.WARNING, "interest was not paid", e);
    }
  }

  /** Two statements per account; how many rows of interest were written. */
  static int payAll(Connection connection) throws SQLException {
    int paid = 0;
    var accounts =
        Sql.query(connection, "SELECT id FROM account ORDER BY id", row -> row.getLong(1));
    for (long account : accounts) {
      if (Thread.currentThread().isInterrupted()) {
        throw new SQLException("interrupted: the service stops");
      }
      BigDecimal owned =
          Sql.first(
                  connection,
                  "SELECT amount FROM balance WHERE account_id = ? AND currency = 'EUR'",
                  row -> row.getBigDecimal(1),
                  account)
              .orElse(BigDecimal.ZERO);
      paid +=
          Sql.update(
              connection,
              "INSERT INTO interest (account_id, currency, amount) VALUES (?, 'EUR', ?)",
              account,
              owned.movePointLeft(4));
    }
    return paid;
  }

  @Override
  public void close() {
    worker.shutdownNow();
    Workers.stop(worker, Duration.ofSeconds(2));
  }
}
