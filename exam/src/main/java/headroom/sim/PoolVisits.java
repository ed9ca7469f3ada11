package headroom.sim;

import headroom.sim.VirtualStation.Pool.Kind;

/**
 * How requests take servers of pools, wait for them and give them back.
 *
 * <p>A request remembers of each pool, from the slot of its line on: when it asked, when it got a
 * server (−1 while it has none), and of which part.
 */
final class PoolVisits {
  private static final int ACQUIRED = 1;
  private static final int PART = 2;

  private final Agenda agenda;
  private final StationStates stations;
  private final Observer observer;

  PoolVisits(Agenda agenda, StationStates stations, Observer observer) {
    this.agenda = agenda;
    this.stations = stations;
    this.observer = observer;
  }

  /** Takes a server or a place in the queue; false when there is neither. */
  boolean acquire(Request request, ProgramLine current) {
    int part = stations.part(current.station(), request.replica, agenda.random);
    PoolState pool = stations.pool(current.station(), part);
    request.memory[current.slot()] = agenda.now;
    request.memory[current.slot() + ACQUIRED] = -1;
    request.memory[current.slot() + PART] = part;
    if (pool.take()) {
      taken(request, current);
    } else if (pool.isQueueFull()) {
      observer.refused(current.station(), part, agenda.now);
      return false;
    } else {
      request.state = Request.State.QUEUED;
      pool.enqueue(request);
      if (pool.pool.acquireSeconds() < Double.POSITIVE_INFINITY) {
        agenda.wakeAfter(pool.pool.acquireSeconds(), request);
      }
    }
    return true;
  }

  /** Gives a server back, to whoever waits longest. */
  void release(Request request, ProgramLine current) {
    double now = agenda.now;
    double asked = request.memory[current.slot()];
    double acquired = request.memory[current.slot() + ACQUIRED];
    int part = (int) request.memory[current.slot() + PART];
    request.memory[current.slot() + ACQUIRED] = -1;
    observer.released(
        current.station(), part, request.operation, now, now - acquired, acquired - asked);
    Request heir = stations.pool(current.station(), part).release();
    if (heir != null) {
      taken(heir, heir.program.code[heir.next]);
      agenda.resume(heir);
    }
  }

  /** Gives back all that it holds. */
  void releaseAll(Request request) {
    for (int i = request.next - 1; i >= 0; i--) {
      ProgramLine earlier = request.program.code[i];
      if (earlier.code() == ProgramLine.Code.ACQUIRE
          && request.memory[earlier.slot() + ACQUIRED] > 0) {
        release(request, earlier);
      }
    }
  }

  /** Leaves the queue after having waited for too long. */
  void giveUp(Request request, ProgramLine current) {
    int part = (int) request.memory[current.slot() + PART];
    stations.pool(current.station(), part).leave();
    observer.refused(current.station(), part, agenda.now);
  }

  private void taken(Request request, ProgramLine acquire) {
    request.memory[acquire.slot() + ACQUIRED] = agenda.now;
    boolean first = request.next++ == 0;
    if (first && stations.pool(acquire.station(), 0).pool.kind() == Kind.THREADS) {
      request.begun = agenda.now; // a request that waits for a thread has no span yet
    }
    if (request.background && request.queue.isEmpty()) {
      VirtualStation.Pool pool = stations.pool(acquire.station(), 0).pool;
      if (pool.kind() == VirtualStation.Pool.Kind.CONSUMERS) {
        request.queue = pool.name();
        request.partition =
            pool.partitions() > 1 ? (int) request.memory[acquire.slot() + PART] : -1;
        request.begun = agenda.now;
      }
    }
  }
}
