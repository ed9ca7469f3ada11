package headroom.load.engine;

import headroom.load.protocol.Action;
import headroom.load.protocol.CompiledRetry;
import headroom.load.protocol.Complaint;
import headroom.load.result.AttemptStats;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Which failed requests of one worker's users are sent again and when, and how many attempts that
 * takes. It knows no user: what must be remembered of a request is in its {@link Retrying}, absent
 * for the many whose first attempt is good.
 */
final class Retries {
  private final Worker worker;
  private final RetryBudget[] budgets;

  /** Pauses before retries; of its own, so that what users draw does not depend on failures. */
  private final SplittableRandom backoffs;

  /**
   * @param budgets by the index that {@link CompiledRetry#budget} has
   */
  Retries(Worker worker, RetryBudget[] budgets, long seed) {
    this.worker = worker;
    this.budgets = budgets;
    this.backoffs = new SplittableRandom(seed);
  }

  /** Whether any request may be sent again. */
  boolean arePossible() {
    return budgets.length > 0;
  }

  private AttemptStats stats(Action action) {
    return worker.stats().steps().get(action.step()).attempts();
  }

  /** A request is sent for the first time. */
  void first(Action action) {
    CompiledRetry policy = action.retry();
    if (policy != null) {
      budgets[policy.budget()].deposit();
    }
  }

  /**
   * Decides whether what has just failed is sent again.
   *
   * @param before the failed attempts until then; absent for none
   * @param why of this failure
   * @param status of the answer, 0 for none
   * @param sentNanos when the attempt had left, if it has
   * @return the failed attempts with this one; null when it was the last
   */
  @Nullable Retrying next(
      Action action, @Nullable Retrying before, Complaint why, int status, long sentNanos) {
    CompiledRetry policy = action.retry();
    int failed = before == null ? 1 : before.failed() + 1;
    if (policy == null
        || !policy.isFor(why.kind(), status)
        || failed >= policy.policy().attempts()
        || worker.isStopped()) {
      return null;
    }
    AttemptStats stats = stats(action);
    if (!budgets[policy.budget()].withdraw()) {
      stats.refusedByBudget();
      return null;
    }
    long now = worker.nowNanos();
    boolean left = why.kind().wasSent();
    if (left) {
      stats.ended((now - sentNanos) * 1e-9, true);
    } else {
      stats.unsent();
    }
    long pause = policy.policy().backoff().nanos(failed, backoffs.nextDouble());
    Retrying attempts = before == null ? new Retrying() : before;
    attempts.failed(why.kind(), why.detail(), left ? sentNanos : 0, now, now + pause);
    return attempts;
  }

  /** The pause before another attempt begins. */
  void retried(Action action) {
    stats(action).retried();
  }

  /**
   * The last attempt of a request has ended.
   *
   * @param before the failed attempts before it; absent for none
   * @param sentNanos when the last one left
   * @return when the service of the request began, which is when the first attempt left
   */
  long ended(
      Action action, @Nullable Retrying before, long sentNanos, long nowNanos, boolean failed) {
    if (action.retry() == null) {
      return sentNanos;
    }
    AttemptStats stats = stats(action);
    stats.ended((nowNanos - sentNanos) * 1e-9, failed);
    stats.settled(before != null, failed);
    return before == null || before.firstSentNanos() == 0 ? sentNanos : before.firstSentNanos();
  }

  /** A request has failed, the last attempt of it without having left. */
  void neverLeft(Action action, @Nullable Retrying before) {
    if (action.retry() != null) {
      AttemptStats stats = stats(action);
      stats.unsent();
      stats.settled(before != null, true);
    }
  }

  /** The run ends within the pause before another attempt: the last one stands. */
  void givenUp(Action action) {
    stats(action).settled(true, true);
  }
}
