package headroom.lab;

import headroom.lab.ServiceSpec.Operation;
import java.util.ArrayDeque;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;

/**
 * Runs a {@link ServiceSpec} in virtual time: Poisson arrivals, a pool served first come first
 * served, processors shared evenly. Processor sharing follows a virtual clock that runs at min(1,
 * cores / jobs): a job is done when the clock has moved by its work.
 */
final class VirtualService {
  private final ServiceSpec spec;
  private final SplittableRandom random;
  private final Observer observer;
  private final PriorityQueue<Timer> timers = new PriorityQueue<>();
  private final PriorityQueue<Job> jobs = new PriorityQueue<>();
  private final ArrayDeque<Request> waiting = new ArrayDeque<>();

  private double now;
  private double work;
  private double busyCoreSeconds;
  private int free;
  private double nextArrival;

  /** What can be seen from outside. */
  interface Observer {
    void finished(Operation operation, double arrived, double seconds);

    void released(Operation operation, double at, double heldSeconds, double waitedSeconds);

    void statement(Operation operation, double at, double seconds);
  }

  private record Timer(double at, Request request) implements Comparable<Timer> {
    @Override
    public int compareTo(Timer other) {
      return Double.compare(at, other.at);
    }
  }

  private record Job(double doneAtWork, Request request) implements Comparable<Job> {
    @Override
    public int compareTo(Job other) {
      return Double.compare(doneAtWork, other.doneAtWork);
    }
  }

  private static final class Request {
    final Operation operation;
    final double arrived;
    Phase phase = Phase.START;
    int statementsLeft;
    double queuedAt;
    double acquiredAt;
    double statementAt;

    Request(Operation operation, double arrived) {
      this.operation = operation;
      this.arrived = arrived;
    }
  }

  private enum Phase {
    START,
    OUTSIDE,
    ACQUIRE,
    ROUND_TRIP,
    AFTER_ROUND_TRIP,
    DONE
  }

  VirtualService(ServiceSpec spec, long seed, Observer observer) {
    this.spec = spec;
    this.random = new SplittableRandom(seed);
    this.observer = observer;
    this.free = spec.connections();
  }

  double now() {
    return now;
  }

  /** Core seconds used so far, housekeeping included. */
  double cpuSeconds() {
    return busyCoreSeconds + spec.housekeepingCores() * now;
  }

  int connectionsInUse() {
    return spec.connections() - free;
  }

  int pending() {
    return waiting.size();
  }

  /** Lets time pass until {@code end} with this arrival rate by time, never above {@code most}. */
  void run(double end, DoubleUnaryOperator perSecond, double most) {
    nextArrival = now + exponential(1 / most);
    while (true) {
      double cpuDone =
          jobs.isEmpty() ? Double.MAX_VALUE : now + (jobs.peek().doneAtWork - work) / speed();
      double timer = timers.isEmpty() ? Double.MAX_VALUE : timers.peek().at;
      double next = Math.min(nextArrival, Math.min(cpuDone, timer));
      if (next >= end) {
        advance(end);
        return;
      }
      advance(next);
      if (next == nextArrival) {
        if (random.nextDouble() * most < perSecond.applyAsDouble(now)) {
          next(new Request(pick(), now));
        }
        nextArrival = now + exponential(1 / most);
      } else if (next == timer) {
        next(timers.remove().request);
      } else {
        next(jobs.remove().request);
      }
    }
  }

  private double speed() {
    return Math.min(1, spec.freeCores() / jobs.size());
  }

  private void advance(double to) {
    if (!jobs.isEmpty()) {
      double done = (to - now) * speed();
      work += done;
      busyCoreSeconds += done * jobs.size();
    }
    now = to;
  }

  private void next(Request request) {
    Operation operation = request.operation;
    switch (request.phase) {
      case START -> {
        request.phase = Phase.OUTSIDE;
        compute(request, operation.cpuSeconds());
      }
      case OUTSIDE -> {
        boolean needed = operation.statements() > 0 && random.nextDouble() < operation.missShare();
        request.phase = needed ? Phase.ACQUIRE : Phase.DONE;
        pause(request, operation.otherSeconds() == 0 ? 0 : exponential(operation.otherSeconds()));
      }
      case ACQUIRE -> {
        request.queuedAt = now;
        request.statementsLeft = statements(operation);
        if (free > 0) {
          acquire(request);
        } else {
          waiting.add(request);
        }
      }
      case ROUND_TRIP -> {
        request.phase = Phase.AFTER_ROUND_TRIP;
        // Mostly distance, a little chance: as a database some milliseconds away.
        pause(
            request,
            operation.roundTripSeconds() * 0.8 + exponential(operation.roundTripSeconds() * 0.2));
      }
      case AFTER_ROUND_TRIP -> {
        observer.statement(operation, now, now - request.statementAt);
        request.statementsLeft--;
        if (request.statementsLeft > 0) {
          beginStatement(request);
        } else {
          release(request);
          finish(request);
        }
      }
      case DONE -> finish(request);
    }
  }

  private int statements(Operation operation) {
    int mean = operation.statements();
    return mean <= 2 ? mean : mean + random.nextInt(-(mean / 3), mean / 3 + 1);
  }

  private void acquire(Request request) {
    free--;
    request.acquiredAt = now;
    beginStatement(request);
  }

  private void beginStatement(Request request) {
    request.statementAt = now;
    request.phase = Phase.ROUND_TRIP;
    compute(request, request.operation.cpuPerStatement());
  }

  private void release(Request request) {
    observer.released(
        request.operation, now, now - request.acquiredAt, request.acquiredAt - request.queuedAt);
    free++;
    if (!waiting.isEmpty()) {
      acquire(waiting.remove());
    }
  }

  private void finish(Request request) {
    observer.finished(request.operation, request.arrived, now - request.arrived);
  }

  private void compute(Request request, double meanSeconds) {
    if (meanSeconds == 0) {
      pause(request, 0);
    } else {
      // Gamma with two stages: some variation, no extremes.
      double needed = exponential(meanSeconds / 2) + exponential(meanSeconds / 2);
      jobs.add(new Job(work + needed, request));
    }
  }

  private void pause(Request request, double seconds) {
    timers.add(new Timer(now + seconds, request));
  }

  private double exponential(double mean) {
    return -mean * Math.log(1 - random.nextDouble());
  }

  private Operation pick() {
    double left = random.nextDouble();
    for (Operation operation : spec.operations()) {
      left -= operation.share();
      if (left < 0) {
        return operation;
      }
    }
    return spec.operations().getLast();
  }
}
