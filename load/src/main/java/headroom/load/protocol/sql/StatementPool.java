package headroom.load.protocol.sql;

import headroom.plan.Database;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A bounded number of connections to a database, each with a thread that runs one statement at a
 * time, and a bounded queue before them. The caller never waits: it hands over a call and is told
 * on its own executor, such as an event loop. Safe for use by several threads.
 *
 * <pre>
 *   event loop ── submit ──► queue ──► thread 1 ── connection 1 ──► database
 *       ▲                        └───► thread 2 ── connection 2 ──►
 *       └── began, succeeded or failed ──┘
 * </pre>
 */
public final class StatementPool implements AutoCloseable {
  /** Statements that are run while opening, so that no cold code is measured. */
  private static final int WARM_UPS = 50;

  private final Database database;
  private final LongSupplier clock;
  private final BlockingQueue<Job> queue;
  private final List<StatementThread> threads = new ArrayList<>();
  private volatile boolean closed;

  /** A call under way. */
  public interface Ticket {
    /** Gives up on it: nothing more is told, and the database is asked to stop. */
    void abandon();
  }

  private StatementPool(Database database, int maxWaiting, LongSupplier clock) {
    this.database = database;
    this.clock = clock;
    this.queue = new LinkedBlockingQueue<>(maxWaiting);
  }

  /**
   * Opens all connections.
   *
   * @param maxWaiting calls that may wait for a connection
   * @param clock nanoseconds; safe for use by several threads
   * @throws SQLException when one cannot be opened; its message says why
   */
  public static StatementPool open(
      Database database, int maxWaiting, Duration limit, LongSupplier clock) throws SQLException {
    var pool = new StatementPool(database, maxWaiting, clock);
    var ready = new ArrayList<CompletableFuture<Void>>();
    for (int i = 0; i < database.connections(); i++) {
      var opened = new CompletableFuture<Void>();
      ready.add(opened);
      var thread = new StatementThread(pool, opened, "load-sql-" + i);
      pool.threads.add(thread);
      thread.start();
    }
    try {
      CompletableFuture.allOf(ready.toArray(CompletableFuture<?>[]::new))
          .get(limit.toMillis(), TimeUnit.MILLISECONDS);
      return pool;
    } catch (ExecutionException e) {
      pool.close();
      throw new SQLException(reason(e.getCause()), e);
    } catch (TimeoutException e) {
      pool.close();
      throw new SQLException("no connection within %d ms".formatted(limit.toMillis()), e);
    } catch (InterruptedException e) {
      pool.close();
      Thread.currentThread().interrupt();
      throw new SQLException("interrupted", e);
    }
  }

  private static String reason(@Nullable Throwable cause) {
    String message = cause == null ? "unknown" : String.valueOf(cause.getMessage());
    return message.startsWith("No suitable driver")
        ? "no JDBC driver on the class path knows such an address"
        : SqlTrouble.firstLine(message);
  }

  /**
   * Runs a statement as soon as a connection is free, in the order of submission.
   *
   * @param caller where the listener is told
   * @return what to give up with, or null when the queue was full and nothing was kept
   */
  public @Nullable Ticket submit(Call call, Executor caller, CallListener listener) {
    var job = new Job(call, caller, listener);
    return !closed && queue.offer(job) ? job : null;
  }

  /** The database these connections lead to. */
  public Database database() {
    return database;
  }

  /** Closes every connection; what is under way hears nothing more. */
  @Override
  public void close() {
    closed = true;
    threads.forEach(StatementThread::end);
  }

  boolean isClosed() {
    return closed;
  }

  Job take() throws InterruptedException {
    return queue.take();
  }

  long nowNanos() {
    return clock.getAsLong();
  }

  Connection connect() throws SQLException {
    var properties = new Properties();
    database.user().ifPresent(user -> properties.setProperty("user", user));
    database.password().ifPresent(password -> properties.setProperty("password", password));
    if (database.url().startsWith("jdbc:postgresql:")) {
      // Values are texts here; the server finds out from the statement what they should be.
      properties.putIfAbsent("stringtype", "unspecified");
      properties.putIfAbsent("ApplicationName", "headroom");
    }
    return DriverManager.getConnection(database.url(), properties);
  }

  /** Loads the driver's classes and lets the compiler see them; not every database knows this. */
  static void warm(Connection connection) {
    try {
      for (int i = 0; i < WARM_UPS; i++) {
        try (PreparedStatement statement = connection.prepareStatement("SELECT 1")) {
          statement.setQueryTimeout(5);
          statement.execute();
        }
      }
    } catch (SQLException unknown) {
      return;
    }
  }
}
