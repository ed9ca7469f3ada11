package headroom.load.protocol.sql;

import headroom.load.network.EngineLoop;
import headroom.load.protocol.Action;
import headroom.load.protocol.Actor;
import headroom.load.protocol.Complaint;
import headroom.load.protocol.Runner;
import headroom.load.protocol.Transmission;
import headroom.load.result.ConnectionStats;
import headroom.load.result.ErrorKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The statements of one event loop's users: run elsewhere, told on the loop. */
final class StatementRunner implements Runner {
  private final StatementPool pool;
  private final EngineLoop loop;

  /** Those that wait for a connection to the database. */
  private final Set<Run> waiting = new HashSet<>();

  private boolean closed;

  /**
   * @param pool shared by all loops of a run
   */
  StatementRunner(StatementPool pool, EngineLoop loop) {
    this.pool = pool;
    this.loop = loop;
  }

  @Override
  public boolean begin(Actor user, Action action) {
    CompiledStatement statement = (CompiledStatement) action;
    var run = new Run(user, statement);
    run.ticket = pool.submit(statement.call(user.values()), loop::execute, run);
    if (run.ticket == null) {
      return false;
    }
    waiting.add(run);
    return true;
  }

  /** Tells those who still wait; those under way hear nothing more. */
  @Override
  public void close(ConnectionStats into) {
    closed = true;
    for (Run run : new ArrayList<>(waiting)) {
      run.abandon();
      run.user.failed(ErrorKind.UNFINISHED, "waited for a connection to the database");
    }
    waiting.clear();
  }

  private final class Run implements CallListener, Transmission {
    private final Actor user;
    private final CompiledStatement statement;
    private StatementPool.@Nullable Ticket ticket;

    Run(Actor user, CompiledStatement statement) {
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
        String detail = "%d rows, expected %s".formatted(rows, statement.rows());
        user.ended(nanos, new Complaint(ErrorKind.CHECK, detail));
      } else if (save(first)) {
        user.ended(nanos, null);
      } else {
        user.ended(nanos, new Complaint(ErrorKind.SAVE, "no row, or a column without a value"));
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
        user.ended(nanos, new Complaint(kind, detail));
      } else {
        user.failed(kind, detail);
      }
      user.proceed();
    }
  }
}
