package headroom.telemetry;

import headroom.model.Resource;
import headroom.model.Span;
import headroom.model.SpanAttribute;
import headroom.model.SpanKind;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Random traces through three services, with statements, errors, gaps and equal start times. */
final class PlantedTraces {
  private static final Resource[] SERVICES = {
    new Resource("wallet", "w1", "1"),
    new Resource("ledger", "l1", "1"),
    new Resource("ledger", "l2", "1"),
    new Resource("partner", "", "")
  };

  private final RandomGenerator random;
  private final List<Span> spans = new ArrayList<>();

  private PlantedTraces(RandomGenerator random) {
    this.random = random;
  }

  static List<Span> draw(RandomGenerator random, int traces) {
    var planted = new PlantedTraces(random);
    for (int i = 0; i < traces; i++) {
      long id = random.nextLong() | 1;
      long root = random.nextInt(5) == 0 ? random.nextLong() : 0; // sometimes not instrumented
      long start = TraceFactsTest.START + random.nextLong(40_000) * 1_000_000L;
      planted.serve(id, root, start, 100 + random.nextInt(400), 3);
    }
    return planted.spans;
  }

  private void serve(long trace, long parent, long start, int millis, int depth) {
    Resource resource = SERVICES[random.nextInt(SERVICES.length)];
    boolean consumer = random.nextInt(6) == 0;
    Span span =
        span(
            trace, parent, start, millis, resource, consumer ? SpanKind.CONSUMER : SpanKind.SERVER);
    if (consumer) {
      span.set(SpanAttribute.MESSAGING_DESTINATION, "topic-" + random.nextInt(3));
    } else {
      span.set(SpanAttribute.HTTP_METHOD, "GET");
      span.set(SpanAttribute.HTTP_ROUTE, "/route/" + random.nextInt(5));
    }
    span.error = random.nextInt(10) == 0;
    int children = random.nextInt(8);
    for (int i = 0; i < children; i++) {
      long from = start + random.nextInt(millis) / 4 * 4_000_000L; // often equal
      child(trace, span.spanId, from, 1 + random.nextInt(millis), resource, depth);
    }
    if (random.nextInt(12) == 0) {
      spans.remove(span); // lost on the way
    }
  }

  private void child(
      long trace, long parent, long start, int millis, Resource resource, int depth) {
    switch (random.nextInt(4)) {
      case 0 -> {
        Span inner = span(trace, parent, start, millis, resource, SpanKind.INTERNAL);
        inner.name = "inner-" + random.nextInt(3);
        statement(trace, inner.spanId, start, millis, resource);
      }
      case 1 -> {
        Span call = span(trace, parent, start, millis, resource, SpanKind.CLIENT);
        call.name = "GET";
        call.set(SpanAttribute.SERVER_ADDRESS, "host-" + random.nextInt(3));
        call.error = random.nextInt(3) == 0;
        if (depth > 0) {
          serve(trace, call.spanId, start, millis, depth - 1);
        }
      }
      default -> statement(trace, parent, start, millis, resource);
    }
  }

  private void statement(long trace, long parent, long start, int millis, Resource resource) {
    Span statement = span(trace, parent, start, millis, resource, SpanKind.CLIENT);
    statement.set(SpanAttribute.DB_SYSTEM, "postgresql");
    statement.set(SpanAttribute.DB_NAMESPACE, "db" + random.nextInt(2));
    statement.set(
        SpanAttribute.DB_QUERY_TEXT,
        "SELECT a FROM t_" + random.nextInt(3) + "x WHERE id = " + random.nextInt(100));
    statement.error = random.nextInt(6) == 0;
  }

  private Span span(
      long trace, long parent, long start, int millis, Resource resource, SpanKind kind) {
    Span span = new Span();
    span.traceIdHigh = trace * 31;
    span.traceIdLow = trace;
    span.spanId = random.nextLong() | 1;
    span.parentSpanId = parent;
    span.startNanos = start;
    span.endNanos = start + millis * 1_000_000L;
    span.kind = kind;
    span.resource = resource;
    spans.add(span);
    return span;
  }
}
