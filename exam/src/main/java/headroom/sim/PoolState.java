package headroom.sim;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** Servers in use, and who waits for one. */
final class PoolState {
  final VirtualStation.Pool pool;
  private final ArrayDeque<Request> waiting = new ArrayDeque<>();
  private int used;
  private int queued;

  PoolState(VirtualStation.Pool pool) {
    this.pool = pool;
  }

  int used() {
    return used;
  }

  int queued() {
    return queued;
  }

  boolean take() {
    if (used < pool.servers()) {
      used++;
      return true;
    }
    return false;
  }

  boolean isQueueFull() {
    return queued >= pool.longestQueue();
  }

  void enqueue(Request request) {
    waiting.add(request);
    queued++;
  }

  /** One in the queue will not wait any longer; whoever is not waiting is passed over later. */
  void leave() {
    queued--;
  }

  /** Gives a server back; who gets it next, or null. */
  @Nullable Request release() {
    for (Request next = waiting.poll(); next != null; next = waiting.poll()) {
      if (next.state == Request.State.QUEUED) {
        queued--;
        return next;
      }
    }
    used--;
    return null;
  }
}
