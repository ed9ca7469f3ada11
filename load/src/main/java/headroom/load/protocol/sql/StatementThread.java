package headroom.load.protocol.sql;

import headroom.load.result.ErrorKind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A connection and the thread that runs statements on it, one after the other. */
final class StatementThread extends Thread {
  /** The most rows that are read; a statement that has more fails. */
  static final int MOST_ROWS = 100_000;

  private final StatementPool pool;
  private final CompletableFuture<Void> opened;
  private volatile @Nullable Connection connection;

  StatementThread(StatementPool pool, CompletableFuture<Void> opened, String name) {
    super(name);
    setDaemon(true);
    this.pool = pool;
    this.opened = opened;
  }

  @Override
  public void run() {
    try {
      StatementPool.warm(open());
      opened.complete(null);
    } catch (SQLException | RuntimeException | Error e) {
      opened.completeExceptionally(e);
      return;
    }
    try {
      while (!pool.isClosed()) {
        Job job = pool.take();
        if (!job.isAbandoned()) {
          run(job);
        }
      }
    } catch (InterruptedException end) {
      // How the pool ends its threads.
      return;
    } finally {
      disconnect();
    }
  }

  private void run(Job job) {
    Connection open;
    try {
      open = open();
    } catch (SQLException e) {
      job.failed(pool.nowNanos(), ErrorKind.CONNECT, SqlTrouble.describe(e));
      return;
    }
    job.began(pool.nowNanos());
    try {
      execute(job, open);
    } catch (SQLException e) {
      long now = pool.nowNanos();
      SQLException reason = SqlTrouble.reason(e);
      ErrorKind kind = SqlTrouble.kind(reason);
      if (kind == ErrorKind.BROKEN) {
        disconnect();
      }
      job.failed(now, kind, SqlTrouble.describe(reason));
    } catch (RuntimeException e) {
      disconnect();
      job.failed(pool.nowNanos(), ErrorKind.BROKEN, String.valueOf(e));
    }
  }

  private void execute(Job job, Connection open) throws SQLException {
    Call call = job.call();
    try (PreparedStatement statement = open.prepareStatement(call.text())) {
      statement.setMaxRows(MOST_ROWS + 1);
      long millis = Math.max(1, call.timeout().toMillis());
      statement.setQueryTimeout((int) Math.min(Integer.MAX_VALUE, (millis + 999) / 1_000));
      job.running(statement);
      try {
        if (call.rows().size() > 1) {
          job.succeeded(pool.nowNanos(), batch(call, open, statement), List.of());
          return;
        }
        bind(statement, call.rows().getFirst());
        if (statement.execute()) {
          try (ResultSet rows = statement.getResultSet()) {
            read(job, rows);
          }
        } else {
          long changed = Math.max(0, statement.getUpdateCount());
          job.succeeded(pool.nowNanos(), changed, List.of());
        }
      } finally {
        job.running(null);
      }
    }
  }

  private static void bind(PreparedStatement statement, List<@Nullable Object> values)
      throws SQLException {
    for (int i = 0; i < values.size(); i++) {
      if (values.get(i) instanceof Long number) {
        statement.setLong(i + 1, number);
      } else {
        statement.setString(i + 1, (String) values.get(i));
      }
    }
  }

  /** Runs all rows or none; returns how many rows that changed. */
  private static long batch(Call call, Connection open, PreparedStatement statement)
      throws SQLException {
    open.setAutoCommit(false);
    try {
      for (List<@Nullable Object> values : call.rows()) {
        bind(statement, values);
        statement.addBatch();
      }
      long changed = 0;
      for (int count : statement.executeBatch()) {
        // A driver may know that it went well, and not how many rows that was.
        changed += count >= 0 ? count : 1;
      }
      open.commit();
      open.setAutoCommit(true);
      return changed;
    } catch (SQLException e) {
      undo(open, e);
      throw e;
    }
  }

  private static void undo(Connection open, SQLException why) {
    try {
      open.rollback();
      open.setAutoCommit(true);
    } catch (SQLException gone) {
      // Then there is nothing left to undo.
      why.addSuppressed(gone);
    }
  }

  private void read(Job job, ResultSet rows) throws SQLException {
    int[] columns = new int[job.call().columns().size()];
    for (int i = 0; i < columns.length; i++) {
      String name = job.call().columns().get(i);
      try {
        columns[i] = name.equals(Call.FIRST_COLUMN) ? 1 : rows.findColumn(name);
      } catch (SQLException none) {
        job.failed(pool.nowNanos(), ErrorKind.SAVE, "no column '" + name + "'");
        return;
      }
    }
    var first = new ArrayList<@Nullable String>();
    long count = 0;
    while (rows.next()) {
      if (count++ == 0) {
        for (int column : columns) {
          first.add(rows.getString(column));
        }
      }
    }
    long now = pool.nowNanos();
    if (count > MOST_ROWS) {
      job.failed(now, ErrorKind.TOO_LARGE, "more than %d rows".formatted(MOST_ROWS));
    } else {
      job.succeeded(now, count, first);
    }
  }

  private Connection open() throws SQLException {
    Connection known = connection;
    if (known != null) {
      return known;
    }
    Connection fresh = pool.connect();
    connection = fresh;
    if (pool.isClosed()) {
      disconnect();
      throw new SQLException("closed");
    }
    return fresh;
  }

  private void disconnect() {
    Connection open = connection;
    connection = null;
    if (open != null) {
      try {
        open.close();
      } catch (SQLException gone) {
        // It is not there any more, which is what was wanted.
        return;
      }
    }
  }

  /** Ends the thread, whatever it waits for. */
  void end() {
    interrupt();
    Connection open = connection;
    if (open != null) {
      try {
        open.abort(task -> Thread.ofVirtual().start(task));
      } catch (SQLException gone) {
        // It is not there any more, which is what was wanted.
        return;
      }
    }
  }
}
