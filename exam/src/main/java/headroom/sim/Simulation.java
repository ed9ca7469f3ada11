package headroom.sim;

import headroom.sim.ProgramLine.Code;
import headroom.sim.Request.State;
import java.util.ArrayDeque;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Runs a {@link VirtualSystem} under a {@link Load} in virtual time, event by event. The same
 * system, load and seed give the same events.
 *
 * <p>Three kinds of events compete to be next: an arrival, a timer, and the end of a job at a
 * processor. Whoever is handed a server goes on through a queue, not by recursion.
 */
public final class Simulation {
  private final VirtualSystem system;
  private final List<Program> programs;
  private final Observer observer;
  private final Spans traces;
  private final SplittableRandom random;
  private final Arrivals arrivals;
  private final EventHeap timers = new EventHeap();
  private final ArrayDeque<Request> ready = new ArrayDeque<>();
  private final StationStates stations;
  private final ReplicaChoice choice;
  private final double[] budgets;
  private final Breakers breakers;
  private final List<JobState> jobs;
  private double now;
  private long events;

  public Simulation(VirtualSystem system, Load load, long seed, Observer observer) {
    this(system, load, seed, observer, Tracer.NONE);
  }

  /** One whose requests are also traced. */
  public Simulation(VirtualSystem system, Load load, long seed, Observer observer, Tracer tracer) {
    var seeds = new SplittableRandom(seed);
    this.system = system;
    this.programs = Program.of(system);
    this.observer = observer;
    this.traces = new Spans(tracer);
    this.random = seeds.split();
    this.arrivals = new Arrivals(load, system.operations(), seeds.split());
    this.stations = new StationStates(system, seeds.split());
    this.choice = new ReplicaChoice(system.replicas());
    this.budgets = new double[programs.size()];
    this.breakers = new Breakers(programs, system.replicas().most());
    this.jobs = system.jobs().stream().map(JobState::new).toList();
  }

  /** Virtual seconds since the beginning. */
  public double now() {
    return now;
  }

  /** How many events were worked off. */
  public long events() {
    return events;
  }

  public VirtualSystem system() {
    return system;
  }

  /** Instances that run now. */
  public int running() {
    return choice.running();
  }

  /** Whether pieces of a job are worked on now. */
  public boolean isRunning(int job) {
    return jobs.get(job).isRunning();
  }

  /** Servers of a pool in use now at one instance, or of one partition. */
  public int used(int station, int replica) {
    return stations.pool(station, replica).used();
  }

  /** Requests waiting for a pool now at one instance, or for one partition. */
  public int queued(int station, int replica) {
    return stations.pool(station, replica).queued();
  }

  /** Core seconds of a processor of one instance used so far. */
  public double coreSeconds(int station, int replica) {
    return stations.processor(station, replica).coreSeconds(now);
  }

  /** Bytes in use now at a processor of one instance; 0 without a heap. */
  public double usedBytes(int station, int replica) {
    return stations.processor(station, replica).usedBytes(now);
  }

  /** Bytes that its last collection left. */
  public double liveBytes(int station, int replica) {
    return stations.processor(station, replica).liveBytes();
  }

  /** The circuit breakers of all calls that were made, as they are now. */
  public List<BreakerView> breakers() {
    return breakers.views(now);
  }

  /** A circuit breaker: {@code closed}, {@code open} or {@code half_open}. */
  public record BreakerView(String peer, int replica, String state) {}

  /** Lets time pass. */
  public void run(double untilSeconds) {
    while (true) {
      ProcessorState processor = stations.next();
      double event = processor == null ? Double.POSITIVE_INFINITY : processor.nextEvent;
      JobState job = JobState.next(jobs);
      double begin = job == null ? Double.POSITIVE_INFINITY : job.nextRun();
      double next = Math.min(Math.min(arrivals.next, begin), Math.min(event, timers.first()));
      if (next >= untilSeconds) {
        now = untilSeconds;
        return;
      }
      now = next;
      events++;
      if (processor != null && next == event) {
        work(processor);
      } else if (next == arrivals.next) {
        arrive();
      } else if (job != null && next == begin) {
        for (int i = job.begin(); i > 0; i--) {
          startPiece(system.operations().size() + jobs.indexOf(job));
        }
      } else {
        int ticket = timers.firstTicket();
        Request request = timers.remove();
        if (request.ticket == ticket) {
          expire(request);
        }
      }
      for (Request request = ready.poll(); request != null; request = ready.poll()) {
        proceed(request);
      }
    }
  }

  private void startPiece(int operation) {
    Request piece = start(programs.get(operation), operation, choice.pick(random), null, null);
    piece.ofJob = true;
  }

  private void work(ProcessorState processor) {
    Request done = processor.happen(now);
    if (done != null) {
      resume(done);
    } else if (processor.pauseSeconds() > 0) {
      observer.collected(processor.station, processor.replica, now, processor.pauseSeconds());
    }
  }

  private void arrive() {
    int operation = arrivals.take();
    if (operation >= 0) {
      start(programs.get(operation), operation, choice.pick(random), null, null);
    } else {
      choice.look(now, stations.coreSecondsOfReplicas(now), stations.coresOfReplica());
    }
  }

  private Request start(
      Program program,
      int operation,
      int replica,
      @Nullable Request caller,
      @Nullable Request parent) {
    var request = new Request(program, operation, replica, now, caller, parent, traces.number());
    ready.add(request);
    return request;
  }

  private void resume(Request request) {
    request.state = State.READY;
    request.ticket++;
    ready.add(request);
  }

  /** A pause ended, or somebody waited too long. */
  private void expire(Request request) {
    ProgramLine current = request.program.code[request.next];
    switch (request.state) {
      case PAUSED -> {
        request.next++;
        resume(request);
      }
      case QUEUED -> {
        int part = (int) request.memory[current.slot() + 2];
        stations.pool(current.station(), part).leave();
        observer.refused(current.station(), part, now);
        fail(request);
      }
      case CALLING -> attemptFailed(request, current);
      case READY, WORKING, DONE -> throw new IllegalStateException("no timer runs then");
    }
  }

  /** Goes on until it has to wait. */
  private void proceed(Request request) {
    while (request.state == State.READY) {
      ProgramLine current = request.program.code[request.next];
      switch (current.code()) {
        case WORK -> work(request, current);
        case PAUSE -> pause(request, current);
        case ACQUIRE -> acquire(request, current);
        case RELEASE -> {
          release(request, current);
          request.next++;
        }
        case BEGIN_STATEMENT -> {
          request.memory[current.slot()] = now;
          request.next++;
        }
        case END_STATEMENT -> {
          double begun = request.memory[current.slot()];
          observer.statement(request.operation, current.text(), now, now - begun);
          traces.statement(request, current.text(), begun, now);
          request.next++;
        }
        case BEGIN_REPEAT -> {
          request.memory[current.slot()] = times(current);
          request.next++;
        }
        case END_REPEAT ->
            request.next =
                --request.memory[current.slot()] > 0.5 ? current.target() : request.next + 1;
        case SKIP ->
            request.next =
                random.nextDouble() < current.share() ? request.next + 1 : current.target();
        case LOOKUP -> lookUp(request, current);
        case PUBLISH -> {
          start(programs.get(current.target()), request.operation, request.replica, null, request);
          request.next++;
        }
        case CALL -> call(request, current);
        case END -> end(request, false);
      }
    }
  }

  private int times(ProgramLine repeat) {
    Activity.Repeat bounds = repeat.repeat();
    return bounds == null ? 1 : random.nextInt(bounds.least(), bounds.most() + 1);
  }

  private double seconds(ProgramLine current) {
    Distribution seconds = current.seconds();
    double sample = seconds == null ? 0 : seconds.sample(random);
    return current.changes().isEmpty() ? sample : sample * current.factorAt(now);
  }

  private void work(Request request, ProgramLine current) {
    request.next++;
    request.state = State.WORKING;
    stations.processor(current.station(), request.replica).add(request, seconds(current), now);
  }

  private void pause(Request request, ProgramLine current) {
    double seconds = seconds(current);
    if (seconds == 0) {
      request.next++;
      return;
    }
    request.state = State.PAUSED;
    timers.add(now + seconds, request);
  }

  private void acquire(Request request, ProgramLine current) {
    int part = stations.part(current.station(), request.replica, random);
    PoolState pool = stations.pool(current.station(), part);
    request.memory[current.slot()] = now;
    request.memory[current.slot() + 1] = -1;
    request.memory[current.slot() + 2] = part;
    if (pool.take()) {
      taken(request, current);
    } else if (pool.isQueueFull()) {
      observer.refused(current.station(), part, now);
      fail(request);
    } else {
      request.state = State.QUEUED;
      pool.enqueue(request);
      if (pool.pool.acquireSeconds() < Double.POSITIVE_INFINITY) {
        timers.add(now + pool.pool.acquireSeconds(), request);
      }
    }
  }

  private void release(Request request, ProgramLine current) {
    double asked = request.memory[current.slot()];
    double acquired = request.memory[current.slot() + 1];
    int part = (int) request.memory[current.slot() + 2];
    request.memory[current.slot() + 1] = -1;
    observer.released(
        current.station(), part, request.operation, now, now - acquired, acquired - asked);
    Request heir = stations.pool(current.station(), part).release();
    if (heir != null) {
      taken(heir, heir.program.code[heir.next]);
      resume(heir);
    }
  }

  private void taken(Request request, ProgramLine acquire) {
    request.memory[acquire.slot() + 1] = now;
    request.next++;
    if (request.background && request.queue.isEmpty()) {
      VirtualStation.Pool pool = stations.pool(acquire.station(), 0).pool;
      if (pool.kind() == VirtualStation.Pool.Kind.CONSUMERS) {
        request.queue = pool.name();
        request.partition = pool.partitions() > 1 ? (int) request.memory[acquire.slot() + 2] : -1;
        request.begun = now;
      }
    }
  }

  private void lookUp(Request request, ProgramLine current) {
    boolean hit = stations.cache(current.station(), request.replica).lookUp(random, now);
    observer.lookedUp(current.station(), request.replica, now, hit);
    request.next = hit ? current.target() : request.next + 1;
  }

  private void call(Request request, ProgramLine current) {
    Activity.Call call = current.call();
    BreakerState breaker = breakers.of(request, current);
    if (breaker != null && !breaker.permits(now)) {
      observer.rejected(request.operation, request.replica, current.text(), now);
      request.attempts = 0;
      fail(request);
      return;
    }
    if (request.attempts == 0 && call != null) {
      request.memory[current.slot()] = now;
      budgets[current.target()] = Math.min(10, budgets[current.target()] + call.budget());
    }
    request.attempts++;
    request.state = State.CALLING;
    request.awaited =
        start(programs.get(current.target()), request.operation, request.replica, request, request);
    if (call != null && call.timeoutSeconds() < Double.POSITIVE_INFINITY) {
      timers.add(now + call.timeoutSeconds(), request);
    }
  }

  private void attemptFailed(Request request, ProgramLine current) {
    Activity.Call call = current.call();
    attempted(request, current, true);
    request.awaited = null;
    request.ticket++;
    boolean again =
        call != null
            && request.attempts < call.attempts()
            && (Double.isInfinite(call.budget()) || budgets[current.target()] >= 1);
    if (again) {
      budgets[current.target()] -= 1;
      request.origin.resends++;
      request.state = State.READY;
      ready.add(request);
    } else {
      called(request, current, true);
      fail(request);
    }
  }

  private void attempted(Request request, ProgramLine current, boolean failed) {
    Request attempt = request.awaited;
    if (attempt == null) {
      return;
    }
    BreakerState breaker = breakers.of(request, current);
    if (breaker != null) {
      breaker.ended(failed, now);
    }
    int resend = request.attempts - 1;
    double seconds = now - attempt.arrived;
    observer.attempted(request.operation, current.text(), attempt.arrived, seconds, resend, failed);
    traces.call(request, attempt, current.text(), now, failed);
  }

  private void called(Request request, ProgramLine current, boolean failed) {
    double begun = request.memory[current.slot()];
    observer.called(
        request.operation, current.text(), now, now - begun, request.attempts - 1, failed);
    request.attempts = 0;
  }

  /** Gives back all that it holds and ends. */
  private void fail(Request request) {
    for (int i = request.next - 1; i >= 0; i--) {
      ProgramLine earlier = request.program.code[i];
      if (earlier.code() == Code.ACQUIRE && request.memory[earlier.slot() + 1] > 0) {
        release(request, earlier);
      }
    }
    end(request, true);
  }

  private void end(Request request, boolean failed) {
    request.state = State.DONE;
    request.ticket++;
    Request caller = request.caller;
    if (caller == null) {
      if (!request.background) {
        observer.resent(request.operation, request.arrived, request.resends);
      }
      if (request.ofJob) {
        observer.workedOff(
            request.operation, request.replica, request.arrived, now - request.arrived, failed);
        if (jobs.get(request.operation - system.operations().size()).done()) {
          startPiece(request.operation);
        }
      } else if (!request.background) {
        observer.finished(
            request.operation, request.replica, request.arrived, now - request.arrived, failed);
      }
      traces.request(request, now, failed);
    } else if (caller.awaited == request) {
      ProgramLine current = caller.program.code[caller.next];
      if (failed) {
        attemptFailed(caller, current);
      } else {
        attempted(caller, current, false);
        caller.awaited = null;
        called(caller, current, false);
        caller.next++;
        resume(caller);
      }
    }
  }
}
