package wallet;

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
 * Asynchronous reporting: the exchange leaves one row in an outbox, a worker with its own pool
 * turns those rows into reports and books, a batch at a time.
 */
final class Outbox implements Reporting, AutoCloseable {
  private static final Logger LOGGER = Logger.getLogger(Outbox.class.getName());
  private static final int BATCH = 500;
  private static final Duration PAUSE = Duration.ofMillis(250);

  private final DataSource pool;
  private final ScheduledExecutorService worker =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("reporting").factory());

  private Outbox(DataSource pool) {
    this.pool = pool;
  }

  static Outbox start(DataSource pool) {
    var outbox = new Outbox(pool);
    var unused =
        outbox.worker.scheduleWithFixedDelay(
            outbox::drainAndLog, PAUSE.toMillis(), PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    return outbox;
  }

  @Override
  public void record(Connection connection, Exchange exchange) throws SQLException {
    Sql.update(connection, "INSERT INTO outbox (exchange_id) VALUES (?)", exchange.id());
  }

  private void drainAndLog() {
    try {
      while (drain() == BATCH) {
        // More is waiting.
      }
    } catch (SQLException | RuntimeException e) {
      LOGGER.log(Level.WARNING, "reporting failed, the outbox keeps its rows", e);
    }
  }

  /** Reports one batch; how many exchanges it held. */
  private int drain() throws SQLException {
    return Sql.inTransaction(
        pool,
        connection -> {
          Long[] exchanges =
              Sql.query(
                      connection,
                      "DELETE FROM outbox WHERE exchange_id IN (SELECT exchange_id FROM outbox"
                          + " ORDER BY exchange_id LIMIT ? FOR UPDATE SKIP LOCKED)"
                          + " RETURNING exchange_id",
                      row -> row.getLong(1),
                      BATCH)
                  .toArray(Long[]::new);
          if (exchanges.length > 0) {
            write(connection, exchanges);
          }
          return exchanges.length;
        });
  }

  private static void write(Connection connection, Long[] exchanges) throws SQLException {
    Sql.update(
        connection,
        "INSERT INTO report_line (report_id, exchange_id, bucket, amount)"
            + " SELECT r.id, e.id, d.bucket, e.amount FROM exchange e"
            + " CROSS JOIN report r JOIN report_dimension d"
            + " ON d.report_id = r.id AND d.currency = e.sold"
            + " WHERE r.active AND e.id = ANY (?)",
        (Object) exchanges);
    Sql.update(
        connection,
        "INSERT INTO journal (exchange_id, code, amount)"
            + " SELECT e.id, c.code, v.amount FROM exchange e"
            + " CROSS JOIN LATERAL (VALUES (e.sold, -e.amount), (e.bought, e.received))"
            + " v (currency, amount)"
            + " JOIN chart_of_accounts c ON c.currency = v.currency WHERE e.id = ANY (?)",
        (Object) exchanges);
  }

  /** Lets the batch in hand end and then empties the outbox. */
  @Override
  public void close() {
    if (Workers.stop(worker, Duration.ofSeconds(5))) {
      drainAndLog();
    }
  }
}
