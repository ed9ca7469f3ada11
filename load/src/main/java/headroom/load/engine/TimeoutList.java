package headroom.load.engine;

import org.jspecify.annotations.Nullable;

/**
 * Requests under way that share one timeout, in the order they were sent and so in the order they
 * expire: a list linked through what it lists.
 */
final class TimeoutList {
  private final long timeoutNanos;
  private @Nullable Exchanging first;
  private @Nullable Exchanging last;

  TimeoutList(long timeoutNanos) {
    this.timeoutNanos = timeoutNanos;
  }

  void add(Exchanging added) {
    added.before = last;
    added.after = null;
    if (last == null) {
      first = added;
    } else {
      last.after = added;
    }
    last = added;
  }

  void remove(Exchanging added) {
    if (added.before == null) {
      first = added.after;
    } else {
      added.before.after = added.after;
    }
    if (added.after == null) {
      last = added.before;
    } else {
      added.after.before = added.before;
    }
    added.before = null;
    added.after = null;
  }

  @Nullable Exchanging first() {
    return first;
  }

  /** When the first expires, {@link Long#MAX_VALUE} for none. */
  long firstDueNanos() {
    return first == null ? Long.MAX_VALUE : first.sentNanos() + timeoutNanos;
  }
}
