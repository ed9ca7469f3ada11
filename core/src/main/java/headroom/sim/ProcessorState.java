package headroom.sim;

/**
 * Cores that all jobs share evenly. A virtual clock runs as fast as each job does: a job is done
 * when the clock has moved by its work.
 */
final class ProcessorState {
  private final Station.Processor processor;
  private final EventHeap jobs = new EventHeap();
  private double work;
  private double at;
  private double busySeconds;

  /** When the next job will be done, unless another comes first; infinite without any. */
  double nextDone = Double.POSITIVE_INFINITY;

  ProcessorState(Station.Processor processor) {
    this.processor = processor;
  }

  void add(Request request, double seconds, double now) {
    advance(now);
    jobs.add(work + seconds, request);
    plan();
  }

  /** The job whose time has come. */
  Request remove(double now) {
    advance(now);
    Request done = jobs.remove();
    plan();
    return done;
  }

  /** Core seconds used until now, background included. */
  double coreSeconds(double now) {
    advance(now);
    return busySeconds + processor.background() * now;
  }

  private void advance(double now) {
    int running = jobs.size();
    if (running > 0) {
      double speed = speed(running);
      work += (now - at) * speed;
      busySeconds += (now - at) * Math.min(running, processor.freeCores());
    }
    at = now;
  }

  private void plan() {
    int running = jobs.size();
    nextDone =
        running == 0 ? Double.POSITIVE_INFINITY : at + (jobs.first() - work) / speed(running);
  }

  private double speed(int running) {
    double load = running / processor.freeCores();
    return 1 / (Math.max(1, load) * (1 + processor.crowding() * Math.min(1, load)));
  }
}
