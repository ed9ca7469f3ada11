package headroom.load.study.growth;

import headroom.load.study.growth.RowTarget.RowsFailed;
import headroom.plan.DataPlan;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.DoubleSupplier;

/**
 * Writes rows at their pace on a thread of its own. What is late is caught up with, not left out.
 */
final class RowWriter {
  private static final long LOOK_NANOS = 20_000_000;
  private static final long PAUSE_AFTER_FAILURE_NANOS = 500_000_000;
  private static final int MOST_FAILURES = 5;

  private final DataPlan plan;
  private final RowTarget target;
  private final double seconds;
  private final long present;
  private final RowHistory.Recorder recorder = new RowHistory.Recorder();
  private final Thread thread;
  private final DoubleSupplier elapsedSeconds;

  private volatile boolean stopped;

  /** What {@code written} was last, for other threads. */
  private volatile long told;

  private long written;
  private int failures;
  private Optional<String> failure = Optional.empty();

  /**
   * @param seconds how long the load lasts
   * @param elapsedSeconds since the load began
   */
  RowWriter(
      DataPlan plan,
      RowTarget target,
      long present,
      double seconds,
      DoubleSupplier elapsedSeconds) {
    this.plan = plan;
    this.target = target;
    this.present = present;
    this.seconds = seconds;
    this.elapsedSeconds = elapsedSeconds;
    this.thread = Thread.ofPlatform().daemon().name("data-" + plan.name()).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** How many rows should have been written by then. */
  static long due(DataPlan.Amount amount, long present, double seconds, double elapsed) {
    double until = Math.clamp(elapsed, 0, seconds);
    return switch (amount) {
      case DataPlan.Rate rate -> (long) (rate.rowsPerSecond() * until);
      case DataPlan.Target to ->
          (long) (Math.max(0, to.rows() - present) * (seconds > 0 ? until / seconds : 1));
    };
  }

  private void run() {
    while (!stopped && failure.isEmpty()) {
      double elapsed = elapsedSeconds.getAsDouble();
      long due = due(plan.amount(), present, seconds, elapsed);
      recorder.note(elapsed, written);
      if (written < due) {
        write((int) Math.min(target.batch(), due - written));
      } else if (elapsed >= seconds) {
        break;
      } else {
        LockSupport.parkNanos(LOOK_NANOS);
      }
    }
    recorder.note(elapsedSeconds.getAsDouble(), written);
  }

  private void write(int count) {
    try {
      target.write(present + written + 1, count);
      written += count;
      told = written;
      failures = 0;
    } catch (RowsFailed e) {
      if (++failures >= MOST_FAILURES) {
        failure =
            Optional.of(
                "no more rows after %d in %d attempts: %s"
                    .formatted(written, failures, e.getMessage()));
      } else {
        LockSupport.parkNanos(PAUSE_AFTER_FAILURE_NANOS);
      }
    } catch (InterruptedException e) {
      stopped = true;
    }
  }

  /** How many rows there are now; called by other threads. */
  String describe() {
    String rows = String.format(Locale.ROOT, "%s %,d", plan.name(), present + told);
    return switch (plan.amount()) {
      case DataPlan.Target to -> rows + String.format(Locale.ROOT, " of %,d rows", to.rows());
      case DataPlan.Rate rate -> rows + " rows";
    };
  }

  /** Returns when all that was due is written, or nothing more will be. */
  void awaitWritten() throws InterruptedException {
    thread.join();
  }

  /** Writes no more and tells what was written. */
  RowHistory end() throws InterruptedException {
    double elapsed = elapsedSeconds.getAsDouble();
    stopped = true;
    thread.join();
    target.close();
    return new RowHistory(
        plan.name(),
        present,
        recorder.bySecond(),
        due(plan.amount(), present, seconds, elapsed),
        failure);
  }
}
