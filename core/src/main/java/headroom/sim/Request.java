package headroom.sim;

import org.jspecify.annotations.Nullable;

/** A request on its way through a program. */
final class Request {
  final Program program;
  final int operation;
  final int replica;
  final double arrived;
  final double[] memory;
  final @Nullable Request caller;

  /** Not a user's request but work of its own: its end is nobody's response. */
  final boolean background;

  int next;
  State state = State.READY;

  /** Rises whenever it moves on, so that timers set before are known to be stale. */
  int ticket;

  /** The attempt that a call is waiting for. */
  @Nullable Request awaited;

  int attempts;

  /** Whether it, or what it called, made a call; kept by the user's request. */
  boolean calls;

  /** Attempts beyond the first of all calls, at any depth; kept by the user's request. */
  int resends;

  enum State {
    READY,
    WORKING,
    PAUSED,
    QUEUED,
    CALLING,
    DONE
  }

  Request(
      Program program,
      int operation,
      int replica,
      double arrived,
      @Nullable Request caller,
      boolean background) {
    this.program = program;
    this.operation = operation;
    this.replica = replica;
    this.arrived = arrived;
    this.memory = new double[program.slots];
    this.caller = caller;
    this.background = background;
  }

  /** The user's request, or work left for later, on whose behalf this one runs. */
  Request root() {
    Request root = this;
    for (Request above = caller; above != null; above = above.caller) {
      root = above;
    }
    return root;
  }
}
