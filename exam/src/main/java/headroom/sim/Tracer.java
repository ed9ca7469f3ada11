package headroom.sim;

/**
 * A receiver of spans, as the requests of a virtual system would send them. Traces and spans are
 * numbered from 1 within a run; a span is told when it ends, so after those below it, except for
 * what goes on when its caller has given up.
 */
public interface Tracer {
  /** Whether the spans of this trace are wanted; always the same answer for the same trace. */
  boolean isSampled(long trace);

  void ended(Span span);

  /** What a span is about. */
  enum Kind {
    /** A request of a user, from its arrival to its response. */
    REQUEST,
    /** A piece of a job. */
    JOB,
    /** One attempt of a call as its caller sees it; the subject is the peer. */
    CALL,
    /** The subject is its text. */
    STATEMENT,
    /** Work left for later, from when a consumer took it; the subject is the queue. */
    CONSUMED
  }

  /**
   * One span. Times are virtual seconds.
   *
   * @param parent 0 for a request and for a piece of a job
   * @param operation as {@link VirtualSystem#workName} counts
   * @param resend attempts of this call before it
   * @param partition that it was consumed from; −1 where there are none
   * @param queuedSeconds how long it waited before it was consumed
   */
  record Span(
      Kind kind,
      long trace,
      long id,
      long parent,
      int operation,
      int replica,
      String subject,
      double from,
      double to,
      int resend,
      int partition,
      double queuedSeconds,
      boolean failed) {}

  /** A tracer that wants no span. */
  Tracer NONE =
      new Tracer() {
        @Override
        public boolean isSampled(long trace) {
          return false;
        }

        @Override
        public void ended(Span span) {}
      };
}
