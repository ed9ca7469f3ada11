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

  /** The trace it belongs to, its own span, and the span it was started under; 0 for none. */
  final long trace;

  final long span;
  final long parentSpan;

  /** When it began to be worked on: for work left for later, when a consumer took it. */
  double begun;

  /** Whether a piece of a job rather than a request of a user. */
  boolean ofJob;

  /** The queue it was taken from; empty for none. */
  String queue = "";

  /** Which partition of it; −1 where there are none. */
  int partition = -1;

  /** The user's request that all this is for. */
  final Request origin;

  /** Attempts beyond the first of all calls made for this user's request. */
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
      @Nullable Request parent,
      long span) {
    this.program = program;
    this.operation = operation;
    this.replica = replica;
    this.arrived = arrived;
    this.memory = new double[program.slots];
    this.caller = caller;
    this.background = parent != null && caller == null;
    this.trace = parent == null ? span : parent.trace;
    this.span = span;
    this.parentSpan = parent == null ? 0 : parent.span;
    this.begun = arrived;
    this.origin = parent == null ? this : parent.origin;
  }
}
