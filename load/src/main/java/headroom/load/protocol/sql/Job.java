package headroom.load.protocol.sql;

import headroom.load.result.ErrorKind;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** A call on its way through the pool. */
final class Job implements StatementPool.Ticket {
  private final Call call;
  private final Executor caller;
  private final CallListener listener;
  private volatile boolean abandoned;
  private @Nullable Statement running;

  Job(Call call, Executor caller, CallListener listener) {
    this.call = call;
    this.caller = caller;
    this.listener = listener;
  }

  Call call() {
    return call;
  }

  boolean isAbandoned() {
    return abandoned;
  }

  /** Which statement to cancel when the call is abandoned; absent when it is over. */
  synchronized void running(@Nullable Statement statement) {
    running = statement;
  }

  @Override
  public void abandon() {
    abandoned = true;
    // Cancelling talks to the database, which no event loop may wait for.
    Thread.ofVirtual().start(this::cancel);
  }

  private synchronized void cancel() {
    try {
      if (running != null) {
        running.cancel();
      }
    } catch (SQLException refused) {
      // Its own timeout ends it.
      return;
    }
  }

  void began(long nanos) {
    tell(() -> listener.began(nanos));
  }

  void succeeded(long nanos, long rows, List<@Nullable String> first) {
    tell(() -> listener.succeeded(nanos, rows, first));
  }

  void failed(long nanos, ErrorKind kind, String detail) {
    tell(() -> listener.failed(nanos, kind, detail));
  }

  private void tell(Runnable what) {
    caller.execute(() -> {
      if (!abandoned) {
        what.run();
      }
    });
  }
}
