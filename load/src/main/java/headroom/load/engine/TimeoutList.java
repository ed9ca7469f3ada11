package headroom.load.engine;

import org.jspecify.annotations.Nullable;

/**
 * Requests under way that share one timeout, in the order they were sent and so in the order they
 * expire: a list linked through the users themselves.
 */
final class TimeoutList {
  private final long timeoutNanos;
  private @Nullable VirtualUser first;
  private @Nullable VirtualUser last;

  TimeoutList(long timeoutNanos) {
    this.timeoutNanos = timeoutNanos;
  }

  long timeoutNanos() {
    return timeoutNanos;
  }

  void add(VirtualUser user) {
    user.before = last;
    user.after = null;
    if (last == null) {
      first = user;
    } else {
      last.after = user;
    }
    last = user;
  }

  void remove(VirtualUser user) {
    if (user.before == null) {
      first = user.after;
    } else {
      user.before.after = user.after;
    }
    if (user.after == null) {
      last = user.before;
    } else {
      user.after.before = user.before;
    }
    user.before = null;
    user.after = null;
  }

  @Nullable VirtualUser first() {
    return first;
  }

  /** When the first expires, {@link Long#MAX_VALUE} for none. */
  long firstDueNanos() {
    return first == null ? Long.MAX_VALUE : first.sentNanos + timeoutNanos;
  }
}
