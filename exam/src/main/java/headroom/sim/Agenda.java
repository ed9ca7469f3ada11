package headroom.sim;

import java.util.ArrayDeque;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * The moment of virtual time that is reached, who is ready to go on in it, and whose timers run
 * later. Whoever is handed a server goes on through its queue, not by recursion.
 */
final class Agenda {
  final List<Program> programs;
  final Spans traces;
  final SplittableRandom random;
  final EventHeap timers = new EventHeap();
  double now;
  private final ArrayDeque<Request> ready = new ArrayDeque<>();

  Agenda(List<Program> programs, Spans traces, SplittableRandom random) {
    this.programs = programs;
    this.traces = traces;
    this.random = random;
  }

  /** A new request, which is ready at once. */
  Request start(
      int program, int operation, int replica, @Nullable Request caller, @Nullable Request parent) {
    var request =
        new Request(
            programs.get(program), operation, replica, now, caller, parent, traces.number());
    ready.add(request);
    return request;
  }

  /** Lets a request go on that had to wait; what timers it has are stale. */
  void resume(Request request) {
    request.ticket++;
    goOn(request);
  }

  /** Lets a request go on. */
  void goOn(Request request) {
    request.state = Request.State.READY;
    ready.add(request);
  }

  /** Who goes on next; null when all wait. */
  @Nullable Request next() {
    return ready.poll();
  }

  void wakeAfter(double seconds, Request request) {
    timers.add(now + seconds, request);
  }
}
