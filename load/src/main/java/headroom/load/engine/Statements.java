package headroom.load.engine;

import headroom.load.protocol.http.Transmission;
import headroom.load.protocol.sql.CallListener;
import headroom.load.protocol.sql.StatementPool;
import headroom.load.result.ErrorKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The statements of one worker's users: run elsewhere, told on the worker's loop. */
final class Statements {
  private final @Nullable StatementPool pool;
  private final Worker worker;

  /** Those that wait for a connection to the database. */
  private final Set<Run> waiting = new HashSet<>();

  private boolean closed;

  /**
   * @param pool shared by all workers; absent for a plan without statements
   */
  Statements(@Nullable StatementPool pool, Worker worker) {
    this.pool = pool;
    this.worker = worker;
  }

  /** Runs a statement as soon as a connection is free; false when too many wait for one. */
  boolean submit(VirtualUser user, CompiledStatement statement) {
    if (pool == null) {
      throw new IllegalStateException("a plan without a database has a statement");
    }
    var run = new Run(user, statement);
    run.ticket =
        pool.submit(statement.call(user.values()), task -> worker.loop().execute(task), run);
    if (run.ticket == null) {
      return false;
    }
    waiting.add(run);
    return true;
  }

  /** Tells those who still wait; those under way hear nothing more. */
  void close() {
    closed = true;
    for (Run run : new ArrayList<>(waiting)) {
      run.abandon();
      run.user.failed(ErrorKind.UNFINISHED, "waited for a connection to the database");
    }
    waiting.clear();
  }

  private final class Run implements CallListener, Transmission {
    private final VirtualUser user;
    private final CompiledStatement statement;
    private StatementPool.@Nullable Ticket ticket;

    Run(VirtualUser user, CompiledStatement statement) {
      this.user = user;
      this.statement = statement;
    }

    @Override
    public void abandon() {
      if (ticket != null) {
        ticket.abandon();
      }
    }

    @Override
    public void began(long nanos) {
      if (!closed) {
        waiting.remove(this);
        user.sent(this, nanos);
      }
    }

    @Override
    public void succeeded(long nanos, long rows, List<@Nullable String> first) {
      if (closed) {
        return;
      }
      if (!statement.rows().holds(rows)) {
        user.ended(
            nanos, ErrorKind.CHECK, "%d rows, expected %s".formatted(rows, statement.rows()));
      } else if (save(first)) {
        user.ended(nanos, null, "");
      } else {
        user.ended(nanos, ErrorKind.SAVE, "no row, or a column without a value");
      }
      user.proceed();
    }

    private boolean save(List<@Nullable String> first) {
      for (int i = 0; i < statement.savedTo().size(); i++) {
        String value = i < first.size() ? first.get(i) : null;
        if (value == null) {
          return false;
        }
        user.values()[statement.savedTo().get(i)] = value;
      }
      return true;
    }

    @Override
    public void failed(long nanos, ErrorKind kind, String detail) {
      if (closed) {
        return;
      }
      waiting.remove(this);
      if (kind.wasSent()) {
        user.ended(nanos, kind, detail);
      } else {
        user.failed(kind, detail);
      }
      user.proceed();
    }
  }
}
