package headroom.sim;

/** The numbering of spans, and the way of those that a tracer wants to it. */
final class Spans {
  private final Tracer tracer;
  private long numbers;

  Spans(Tracer tracer) {
    this.tracer = tracer;
  }

  /** The number of a new span. */
  long number() {
    return ++numbers;
  }

  void statement(Request request, String text, double begun, double now) {
    if (tracer.isSampled(request.trace)) {
      tracer.ended(
          new Tracer.Span(
              Tracer.Kind.STATEMENT,
              request.trace,
              number(),
              request.span,
              request.operation,
              request.replica,
              text,
              begun,
              now,
              0,
              -1,
              0,
              false));
    }
  }

  void call(Request request, Request attempt, String peer, double now, boolean failed) {
    if (tracer.isSampled(request.trace)) {
      tracer.ended(
          new Tracer.Span(
              Tracer.Kind.CALL,
              request.trace,
              attempt.span,
              request.span,
              request.operation,
              request.replica,
              peer,
              attempt.arrived,
              now,
              request.attempts - 1,
              -1,
              0,
              failed));
    }
  }

  /** A user's request, work that was left for later, or a piece of a job. */
  void request(Request request, double now, boolean failed) {
    if (tracer.isSampled(request.trace)) {
      tracer.ended(
          new Tracer.Span(
              kind(request),
              request.trace,
              request.span,
              request.parentSpan,
              request.operation,
              request.replica,
              request.queue,
              request.begun,
              now,
              0,
              request.partition,
              request.begun - request.arrived,
              failed));
    }
  }

  private static Tracer.Kind kind(Request request) {
    if (request.ofJob) {
      return Tracer.Kind.JOB;
    }
    return request.background ? Tracer.Kind.CONSUMED : Tracer.Kind.REQUEST;
  }
}
