package headroom.load.engine;

import headroom.load.protocol.Action;
import headroom.load.result.RunStats;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** The steps of one worker's users that are handed over and have no outcome yet. */
final class Exchanges {
  private final Worker worker;
  private final RunStats stats;
  private final TimeoutList[] timeouts;

  /** What is not on its way any more, to be used again: as many as ever were at once. */
  private final ArrayDeque<Exchanging> spare = new ArrayDeque<>();

  private int inFlight;

  /**
   * @param timeoutNanos by the index that {@link Action#timeout} has
   */
  Exchanges(Worker worker, RunStats stats, long[] timeoutNanos) {
    this.worker = worker;
    this.stats = stats;
    timeouts = new TimeoutList[timeoutNanos.length];
    for (int i = 0; i < timeoutNanos.length; i++) {
      timeouts[i] = new TimeoutList(timeoutNanos[i]);
    }
  }

  /** How many there are, those that wait for a connection included. */
  int inFlight() {
    return inFlight;
  }

  /** A step is handed over. */
  void begin() {
    inFlight++;
  }

  /** The state of a user whose step has just left. */
  Exchanging of(VirtualUser user, @Nullable Retrying attempts) {
    Exchanging used = spare.pollLast();
    if (used == null) {
      return new Exchanging(user, attempts);
    }
    used.renew(user, attempts);
    return used;
  }

  /** That state is over. */
  void release(Exchanging over) {
    over.rest();
    spare.addLast(over);
  }

  void sent(Exchanging exchanging, Action action) {
    timeouts[action.timeout()].add(exchanging);
    stats.sent(worker.secondsSinceStart(exchanging.sentNanos()), inFlight);
  }

  /** The connection had been closed before: the request did not leave after all. */
  void unsend(Exchanging exchanging, Action action) {
    timeouts[action.timeout()].remove(exchanging);
    stats.unsend(worker.secondsSinceStart(exchanging.sentNanos()));
  }

  /** An answer has come that leads on: the step is still under way, but nothing of it out. */
  void answered(Exchanging exchanging, Action action) {
    timeouts[action.timeout()].remove(exchanging);
  }

  /** An outcome is known for a request that had left. */
  void settled(Exchanging exchanging, Action action) {
    inFlight--;
    timeouts[action.timeout()].remove(exchanging);
  }

  /** A request that never left has failed. */
  void unsent() {
    inFlight--;
  }

  /** The one that expires next, absent unless it has by a moment. */
  @Nullable Exchanging firstExpired(long nowNanos) {
    for (TimeoutList list : timeouts) {
      if (list.firstDueNanos() <= nowNanos) {
        return list.first();
      }
    }
    return null;
  }

  /** When the next expires, {@link Long#MAX_VALUE} for none. */
  long firstDueNanos() {
    long next = Long.MAX_VALUE;
    for (TimeoutList list : timeouts) {
      next = Math.min(next, list.firstDueNanos());
    }
    return next;
  }

  /** The run ends with all of them under way. */
  void abandonAll() {
    for (TimeoutList list : timeouts) {
      for (Exchanging open = list.first(); open != null; open = list.first()) {
        list.remove(open);
        open.user().abandon();
      }
    }
  }
}
