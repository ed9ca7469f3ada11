package headroom.sim;

import java.util.List;

/** Calls to peers: their attempts, budgets for more of them, and circuit breakers. */
final class Calls {
  private static final double MOST_SAVED = 10;

  private final Agenda agenda;
  private final Observer observer;
  private final Breakers breakers;

  /** Attempts that may still be added, by the program that is called. */
  private final double[] budgets;

  Calls(Agenda agenda, Observer observer, int replicas) {
    this.agenda = agenda;
    this.observer = observer;
    this.breakers = new Breakers(agenda.programs, replicas);
    this.budgets = new double[agenda.programs.size()];
  }

  List<Simulation.BreakerView> breakers() {
    return breakers.views(agenda.now);
  }

  /** Makes the next attempt; false when a breaker does not let it. */
  boolean attempt(Request request, ProgramLine current) {
    Activity.Call call = current.call();
    BreakerState breaker = breakers.of(request, current);
    if (breaker != null && !breaker.permits(agenda.now)) {
      observer.rejected(request.operation, request.replica, current.text(), agenda.now);
      request.attempts = 0;
      return false;
    }
    if (request.attempts == 0 && call != null) {
      request.memory[current.slot()] = agenda.now;
      budgets[current.target()] = Math.min(MOST_SAVED, budgets[current.target()] + call.budget());
    }
    request.attempts++;
    request.state = Request.State.CALLING;
    request.awaited =
        agenda.start(current.target(), request.operation, request.replica, request, request);
    if (call != null && call.timeoutSeconds() < Double.POSITIVE_INFINITY) {
      agenda.wakeAfter(call.timeoutSeconds(), request);
    }
    return true;
  }

  /** Counts an attempt that failed and lets another one follow; false when there is none left. */
  boolean retry(Request request, ProgramLine current) {
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
      agenda.goOn(request);
    } else {
      called(request, current, true);
    }
    return again;
  }

  /** Ends a call whose attempt succeeded. */
  void succeed(Request request, ProgramLine current) {
    attempted(request, current, false);
    request.awaited = null;
    called(request, current, false);
  }

  private void attempted(Request request, ProgramLine current, boolean failed) {
    Request attempt = request.awaited;
    if (attempt == null) {
      return;
    }
    double now = agenda.now;
    BreakerState breaker = breakers.of(request, current);
    if (breaker != null) {
      breaker.ended(failed, now);
    }
    int resend = request.attempts - 1;
    double seconds = now - attempt.arrived;
    observer.attempted(request.operation, current.text(), attempt.arrived, seconds, resend, failed);
    agenda.traces.call(request, attempt, current.text(), now, failed);
  }

  private void called(Request request, ProgramLine current, boolean failed) {
    double now = agenda.now;
    double begun = request.memory[current.slot()];
    observer.called(
        request.operation, current.text(), now, now - begun, request.attempts - 1, failed);
    request.attempts = 0;
  }
}
