package headroom.sim;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What requests do, line by line of their programs, each until it has to wait. */
final class Execution {
  private final Agenda agenda;
  private final StationStates stations;
  private final Observer observer;
  private final PieceListener pieces;
  private final PoolVisits pools;
  private final Calls calls;

  /** Whoever is told that a piece of a job, by its program, is done. */
  @FunctionalInterface
  interface PieceListener {
    void done(int program);
  }

  Execution(
      Agenda agenda,
      StationStates stations,
      Observer observer,
      int replicas,
      PieceListener pieces) {
    this.agenda = agenda;
    this.stations = stations;
    this.observer = observer;
    this.pieces = pieces;
    this.pools = new PoolVisits(agenda, stations, observer);
    this.calls = new Calls(agenda, observer, replicas);
  }

  List<Simulation.BreakerView> breakers() {
    return calls.breakers();
  }

  /** Lets all go on that are ready. */
  void proceed() {
    for (Request request = agenda.next(); request != null; request = agenda.next()) {
      proceed(request);
    }
  }

  /** A pause ended, or somebody waited too long. */
  void expire(Request request) {
    ProgramLine current = request.program.code[request.next];
    switch (request.state) {
      case PAUSED -> {
        request.next++;
        agenda.resume(request);
      }
      case QUEUED -> {
        pools.giveUp(request, current);
        fail(request);
      }
      case CALLING -> attemptFailed(request, current);
      case READY, WORKING, DONE -> throw new IllegalStateException("no timer runs then");
    }
  }

  private void proceed(Request request) {
    while (request.state == Request.State.READY) {
      ProgramLine current = request.program.code[request.next];
      switch (current.code()) {
        case WORK -> work(request, current);
        case PAUSE -> pause(request, current);
        case ACQUIRE -> orFail(request, pools.acquire(request, current));
        case RELEASE -> {
          pools.release(request, current);
          request.next++;
        }
        case BEGIN_STATEMENT -> {
          request.memory[current.slot()] = agenda.now;
          request.next++;
        }
        case END_STATEMENT -> {
          double begun = request.memory[current.slot()];
          double now = agenda.now;
          observer.statement(request.operation, current.text(), now, now - begun);
          agenda.traces.statement(request, current.text(), begun, now);
          request.next++;
        }
        case BEGIN_REPEAT -> {
          request.memory[current.slot()] = times(current.repeat());
          request.next++;
        }
        case END_REPEAT ->
            request.next =
                --request.memory[current.slot()] > 0.5 ? current.target() : request.next + 1;
        case SKIP ->
            request.next =
                agenda.random.nextDouble() < current.share() ? request.next + 1 : current.target();
        case LOOKUP -> lookUp(request, current);
        case PUBLISH -> {
          agenda.start(current.target(), request.operation, request.replica, null, request);
          request.next++;
        }
        case CALL -> orFail(request, calls.attempt(request, current));
        case END -> end(request, false);
      }
    }
  }

  private int times(Activity.@Nullable Repeat bounds) {
    return bounds == null ? 1 : agenda.random.nextInt(bounds.least(), bounds.most() + 1);
  }

  private double seconds(ProgramLine current) {
    Distribution seconds = current.seconds();
    double sample = seconds == null ? 0 : seconds.sample(agenda.random);
    return current.changes().isEmpty() ? sample : sample * current.factorAt(agenda.now);
  }

  private void work(Request request, ProgramLine current) {
    request.next++;
    request.state = Request.State.WORKING;
    stations
        .processor(current.station(), request.replica)
        .add(request, seconds(current), agenda.now);
  }

  private void pause(Request request, ProgramLine current) {
    double seconds = seconds(current);
    if (seconds == 0) {
      request.next++;
      return;
    }
    request.state = Request.State.PAUSED;
    agenda.wakeAfter(seconds, request);
  }

  private void lookUp(Request request, ProgramLine current) {
    double now = agenda.now;
    boolean hit = stations.cache(current.station(), request.replica).lookUp(agenda.random, now);
    observer.lookedUp(current.station(), request.replica, now, hit);
    request.next = hit ? current.target() : request.next + 1;
  }

  private void attemptFailed(Request request, ProgramLine current) {
    orFail(request, calls.retry(request, current));
  }

  private void orFail(Request request, boolean goesOn) {
    if (!goesOn) {
      fail(request);
    }
  }

  private void fail(Request request) {
    pools.releaseAll(request);
    end(request, true);
  }

  private void end(Request request, boolean failed) {
    request.state = Request.State.DONE;
    request.ticket++;
    Request caller = request.caller;
    if (caller == null) {
      tell(request, failed);
    } else if (caller.awaited == request) {
      ProgramLine current = caller.program.code[caller.next];
      if (failed) {
        attemptFailed(caller, current);
      } else {
        calls.succeed(caller, current);
        caller.next++;
        agenda.resume(caller);
      }
    }
  }

  private void tell(Request request, boolean failed) {
    double now = agenda.now;
    double seconds = now - request.arrived;
    if (!request.background) {
      observer.resent(request.operation, request.arrived, request.resends);
    }
    if (request.ofJob) {
      observer.workedOff(request.operation, request.replica, request.arrived, seconds, failed);
      pieces.done(request.operation);
    } else if (!request.background) {
      observer.finished(request.operation, request.replica, request.arrived, seconds, failed);
      observer.served(
          request.operation, request.replica, request.begun, now - request.begun, failed);
    }
    agenda.traces.request(request, now, failed);
  }
}
