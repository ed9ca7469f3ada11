package headroom.load.study.growth;

import headroom.load.network.TargetUnusableException;
import headroom.load.protocol.sql.Call;
import headroom.load.protocol.sql.CallListener;
import headroom.load.protocol.sql.StatementPool;
import headroom.load.result.ErrorKind;
import headroom.plan.DataPlan;
import headroom.plan.Database;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Rows written by a statement, a batch at a time, on a connection beside those of the load: a batch
 * is a transaction.
 */
final class SqlRows implements RowTarget {
  private static final Duration CONNECT = Duration.ofSeconds(10);

  /** A batch may be long, and a count of a large table longer. */
  private static final Duration LIMIT = Duration.ofMinutes(5);

  private final DataPlan.Sql sql;
  private final DataPlan.Present present;
  private final RowValues values;
  private final StatementPool pool;

  /**
   * Opens the connection at once, so that a wrong address shows before the load begins.
   *
   * @throws TargetUnusableException when it cannot be opened
   */
  SqlRows(DataPlan.Sql sql, DataPlan.Present present, RowValues values)
      throws TargetUnusableException {
    this.sql = sql;
    this.present = present;
    this.values = values;
    var database = new Database(sql.url(), sql.user(), sql.password(), 1);
    try {
      pool = StatementPool.open(database, 1, CONNECT, System::nanoTime);
    } catch (SQLException e) {
      throw new TargetUnusableException(
          "data: %s: %s".formatted(database.shownUrl(), e.getMessage()), e);
    }
  }

  @Override
  public long present() throws RowsFailed, InterruptedException {
    return switch (present) {
      case DataPlan.Known known -> known.rows();
      case DataPlan.Counted counted -> {
        List<@Nullable String> first =
            run(Call.once(counted.query(), List.of(), List.of(Call.FIRST_COLUMN), LIMIT));
        if (first.isEmpty()) {
          throw new RowsFailed("'%s' gives no row".formatted(counted.query()));
        }
        yield number(String.valueOf(first.getFirst()), counted.query());
      }
    };
  }

  private static long number(String text, String query) throws RowsFailed {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new RowsFailed("'%s' must give a whole number, got '%s'".formatted(query, text), e);
    }
  }

  @Override
  public int batch() {
    return sql.batch();
  }

  @Override
  public void write(long first, int count) throws RowsFailed, InterruptedException {
    var rows = new ArrayList<List<@Nullable Object>>();
    for (long row = first; row < first + count; row++) {
      rows.add(bound(values.of(row)));
    }
    List<@Nullable String> unused = run(new Call(sql.statement().text(), rows, List.of(), LIMIT));
  }

  /** Whole numbers as such, so that the database can count with them; all else as text. */
  private List<@Nullable Object> bound(Map<String, String> row) {
    var bound = new ArrayList<@Nullable Object>();
    for (String name : sql.statement().variables()) {
      String value = row.get(name);
      boolean number = value != null && value.matches("-?\\d{1,18}");
      bound.add(number ? (Object) Long.valueOf(value) : value);
    }
    return bound;
  }

  /** Runs a statement and waits for it. */
  private List<@Nullable String> run(Call call) throws RowsFailed, InterruptedException {
    var outcome = new CompletableFuture<List<@Nullable String>>();
    StatementPool.Ticket ticket =
        pool.submit(
            call,
            Runnable::run,
            new CallListener() {
              @Override
              public void began(long nanos) {}

              @Override
              public void succeeded(long nanos, long rows, List<@Nullable String> first) {
                outcome.complete(first);
              }

              @Override
              public void failed(long nanos, ErrorKind kind, String detail) {
                outcome.completeExceptionally(new RowsFailed(detail));
              }
            });
    if (ticket == null) {
      throw new RowsFailed("the connection is closed");
    }
    try {
      return outcome.get();
    } catch (ExecutionException e) {
      Throwable why = e.getCause() == null ? e : e.getCause();
      throw new RowsFailed(String.valueOf(why.getMessage()), e);
    } catch (InterruptedException e) {
      ticket.abandon();
      throw e;
    }
  }

  @Override
  public void close() {
    pool.close();
  }
}
