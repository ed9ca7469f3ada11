package headroom.cli.exam.simulate;

import headroom.sim.Tracer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Writes the spans of sampled traces.
 *
 * <p>Whether a trace is sampled follows from the last 56 bits of its id, and the threshold stands
 * in the trace state ({@code ot=th:…}), as OpenTelemetry's consistent probability sampling has it.
 */
final class SpanExport implements Tracer {
  private static final int BATCH = 512;

  /** As agents do. */
  private static final double FLUSH_SECONDS = 5;

  private static final long RANDOM_BITS = (1L << 56) - 1;
  private static final String DATABASE = "postgres";

  private final OtlpFile file;
  private final Resources resources;
  private final long seed;
  private final long threshold;
  private final String traceState;
  private final Map<Sender, List<OtlpSpan>> waiting = new LinkedHashMap<>();
  private double flushAt = FLUSH_SECONDS;
  private long written;

  private record Sender(int replica, String version) {}

  /**
   * @param share of the traces that is kept, 0..1
   */
  SpanExport(OtlpFile file, Resources resources, double share, long seed) {
    this.file = file;
    this.resources = resources;
    this.seed = seed;
    this.threshold = Math.round((1 - share) * 0x1p56);
    this.traceState = share >= 1 ? "" : "ot=th:" + hexWithoutZeros(threshold);
  }

  /** A threshold as the trace state has it: 14 digits without the zeros at the end. */
  static String hexWithoutZeros(long threshold) {
    String digits = String.format(Locale.ROOT, "%014x", threshold);
    int end = digits.length();
    while (end > 1 && digits.charAt(end - 1) == '0') {
      end--;
    }
    return digits.substring(0, end);
  }

  @Override
  public boolean isSampled(long trace) {
    return (mixed(trace, 2) & RANDOM_BITS) >= threshold;
  }

  @Override
  public void ended(Span span) {
    if (span.to() >= flushAt) {
      flush();
      flushAt = span.to() + FLUSH_SECONDS;
    }
    var sender = new Sender(span.replica(), resources.version(span.to()));
    List<OtlpSpan> spans = waiting.computeIfAbsent(sender, unused -> new ArrayList<>());
    spans.add(span(span));
    written++;
    if (spans.size() >= BATCH) {
      write(sender, spans);
    }
  }

  long written() {
    return written;
  }

  /** Writes what has ended by now. */
  void flush() {
    waiting.forEach(this::write);
    waiting.clear();
  }

  private void write(Sender sender, List<OtlpSpan> spans) {
    if (!spans.isEmpty()) {
      String service = resources.system().service();
      List<OtlpAttribute> resource =
          List.of(
              new OtlpAttribute("service.name", service),
              new OtlpAttribute("service.instance.id", service + "-" + (sender.replica() + 1)),
              new OtlpAttribute("service.version", sender.version()));
      file.spans(resource, spans);
      spans.clear();
    }
  }

  private OtlpSpan span(Span span) {
    String operation = resources.system().workName(span.operation());
    return switch (span.kind()) {
      case REQUEST -> {
        int space = operation.indexOf(' ');
        yield span(
            span,
            operation,
            OtlpSpan.SERVER,
            List.of(
                new OtlpAttribute("http.request.method", operation.substring(0, space)),
                new OtlpAttribute("http.route", operation.substring(space + 1)),
                new OtlpAttribute("http.response.status_code", span.failed() ? "500" : "200")));
      }
      case JOB -> span(span, operation, OtlpSpan.INTERNAL, List.of());
      case STATEMENT ->
          span(
              span,
              span.subject().substring(0, Math.max(0, span.subject().indexOf(' '))),
              OtlpSpan.CLIENT,
              List.of(
                  new OtlpAttribute("db.system.name", "postgresql"),
                  new OtlpAttribute("db.namespace", DATABASE),
                  new OtlpAttribute("db.query.text", span.subject())));
      case CALL -> span(span, "POST", OtlpSpan.CLIENT, call(span));
      case CONSUMED -> span(span, "process " + span.subject(), OtlpSpan.CONSUMER, consumed(span));
    };
  }

  private static List<OtlpAttribute> consumed(Span span) {
    List<OtlpAttribute> attributes = new ArrayList<>();
    attributes.add(new OtlpAttribute("messaging.system", "kafka"));
    attributes.add(new OtlpAttribute("messaging.operation.type", "process"));
    attributes.add(new OtlpAttribute("messaging.destination.name", span.subject()));
    if (span.partition() >= 0) {
      attributes.add(
          new OtlpAttribute(
              "messaging.destination.partition.id", Integer.toString(span.partition())));
    }
    attributes.add(
        new OtlpAttribute(
            "kafka.record.queue_time_ms", Double.toString(1e3 * span.queuedSeconds())));
    return attributes;
  }

  private static List<OtlpAttribute> call(Span span) {
    List<OtlpAttribute> attributes = new ArrayList<>();
    attributes.add(new OtlpAttribute("http.request.method", "POST"));
    attributes.add(new OtlpAttribute("server.address", span.subject()));
    if (span.resend() > 0) {
      attributes.add(
          new OtlpAttribute("http.request.resend_count", Integer.toString(span.resend())));
    }
    return attributes;
  }

  private OtlpSpan span(Span span, String name, int kind, List<OtlpAttribute> attributes) {
    return new OtlpSpan(
        mixed(span.trace(), 1),
        mixed(span.trace(), 2),
        mixed(span.id(), 3),
        span.parent() == 0 ? 0 : mixed(span.parent(), 3),
        name,
        kind,
        VirtualTime.nanos(span.from()),
        VirtualTime.nanos(span.to()),
        span.failed(),
        traceState,
        attributes);
  }

  /** A number that looks random, different for different numbers of the same stream. */
  private long mixed(long number, int stream) {
    long z = (number ^ (seed << 34) ^ ((long) stream << 60)) * 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
