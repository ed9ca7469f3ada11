package headroom.sim;

import org.jspecify.annotations.Nullable;

/**
 * Cores that all jobs share evenly. A virtual clock runs as fast as each job does: a job is done
 * when the clock has moved by its work. While memory is collected the clock stands still.
 */
final class ProcessorState {
  private static final double ROUNDING = 1e-9;

  final int station;
  final int replica;
  private final VirtualStation.Processor processor;
  private final @Nullable CollectedHeap heap;
  private final EventHeap jobs = new EventHeap();
  private double work;
  private double at;
  private double busySeconds;

  /** Core seconds of work since memory was last collected. */
  private double filled;

  private double collectedAt;
  private double pauseSeconds;
  private boolean collecting;
  private boolean collectsNext;

  /** When something happens here, unless a job comes before; infinite without any job. */
  double nextEvent = Double.POSITIVE_INFINITY;

  ProcessorState(VirtualStation.Processor processor, int station, int replica) {
    this.processor = processor;
    this.station = station;
    this.replica = replica;
    this.heap = processor.heap();
  }

  void add(Request request, double seconds, double now) {
    advance(now);
    jobs.add(work + seconds, request);
    plan();
  }

  /** The job whose time has come; null when a collection began or ended instead. */
  @Nullable Request happen(double now) {
    advance(now);
    Request done = null;
    if (collecting) {
      collecting = false;
    } else if (collectsNext && heap != null) {
      collecting = true;
      collectedAt = now;
      pauseSeconds = heap.pauseAt(now);
      filled = 0;
    } else {
      done = jobs.remove();
    }
    plan();
    return done;
  }

  /** How long the collection takes that is going on; 0 when there is none. */
  double pauseSeconds() {
    return collecting ? pauseSeconds : 0;
  }

  /** Core seconds used until now, background and collections included. */
  double coreSeconds(double now) {
    advance(now);
    return busySeconds + processor.background() * now;
  }

  /** Bytes that lived on after the last collection; 0 without a heap. */
  double liveBytes() {
    return heap == null ? 0 : heap.liveAt(collectedAt);
  }

  /** Bytes in use now; 0 without a heap. */
  double usedBytes(double now) {
    advance(now);
    return heap == null ? 0 : heap.liveAt(now) + filled * heap.allocatedPerSecond();
  }

  private void advance(double now) {
    int running = jobs.size();
    double passed = now - at;
    at = now;
    if (collecting) {
      busySeconds += passed * processor.freeCores();
    } else if (running > 0) {
      work += passed * speed(running);
      double used = passed * Math.min(running, processor.freeCores());
      busySeconds += used;
      filled += used;
    }
  }

  private void plan() {
    int running = jobs.size();
    collectsNext = false;
    if (collecting) {
      nextEvent = collectedAt + pauseSeconds;
    } else if (running == 0) {
      nextEvent = Double.POSITIVE_INFINITY;
    } else {
      nextEvent = at + (jobs.first() - work) / speed(running);
      if (heap != null) {
        double left = Math.max(0, heap.workBetween(at) - filled);
        double full = at + left / Math.min(running, processor.freeCores());
        collectsNext = full <= nextEvent + ROUNDING * left;
        nextEvent = Math.min(nextEvent, full);
      }
    }
  }

  private double speed(int running) {
    double load = running / processor.freeCores();
    return 1 / (Math.max(1, load) * (1 + processor.crowding() * Math.min(1, load)));
  }
}
