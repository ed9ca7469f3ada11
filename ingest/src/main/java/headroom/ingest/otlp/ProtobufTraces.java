package headroom.ingest.otlp;

import headroom.model.Resource;
import headroom.model.Span;
import headroom.model.TelemetrySink;

/**
 * Walks {@code TracesData} or {@code ExportTraceServiceRequest}, which are the same on the wire.
 */
final class ProtobufTraces {
  private static final int RESOURCE_SPANS = 1 << 3 | WireReader.LENGTH;
  private static final int RESOURCE = 1 << 3 | WireReader.LENGTH;
  private static final int SCOPE_SPANS = 2 << 3 | WireReader.LENGTH;
  private static final int SPANS = 2 << 3 | WireReader.LENGTH;

  private final WireReader wire;
  private final ProtobufResource resources;
  private final Acceptance acceptance;
  private final Tally tally;
  private final Span span = new Span();
  private final ProtobufSpan spans;

  ProtobufTraces(
      WireReader wire,
      ProtobufResource resources,
      TextReader texts,
      IngestLimits limits,
      Acceptance acceptance,
      Tally tally) {
    this.wire = wire;
    this.resources = resources;
    this.acceptance = acceptance;
    this.tally = tally;
    this.spans = new ProtobufSpan(wire, texts, limits, span);
  }

  void read(TelemetrySink sink) throws MalformedTelemetryException {
    while (wire.hasMore()) {
      int tag = wire.readTag();
      if (tag == RESOURCE_SPANS) {
        int outer = wire.enter("the spans of a resource");
        resourceSpans(sink);
        wire.leave(outer);
      } else {
        wire.skipUnknown(tag, 1L << 1, "traces data");
      }
    }
  }

  /** The resource is looked for first: nothing says that it stands before the spans. */
  private void resourceSpans(TelemetrySink sink) throws MalformedTelemetryException {
    int from = wire.position();
    resources.clear();
    while (wire.hasMore()) {
      int tag = wire.readTag();
      if (tag == RESOURCE) {
        resources.read();
      } else {
        wire.skip(tag, "the spans of a resource");
      }
    }
    Resource resource = resources.toResource();
    wire.goTo(from);
    while (wire.hasMore()) {
      int tag = wire.readTag();
      if (tag == SCOPE_SPANS) {
        int outer = wire.enter("the spans of a scope");
        scopeSpans(resource, sink);
        wire.leave(outer);
      } else if (tag == RESOURCE) {
        wire.skip(tag, "a resource");
      } else {
        wire.skipUnknown(tag, 1L << 1 | 1L << 2, "the spans of a resource");
      }
    }
  }

  private void scopeSpans(Resource resource, TelemetrySink sink)
      throws MalformedTelemetryException {
    while (wire.hasMore()) {
      int tag = wire.readTag();
      if (tag == SPANS) {
        int length = wire.readLength("a span");
        int from = wire.position();
        boolean idsValid = spans.read(from, from + length);
        wire.goTo(from + length);
        deliver(idsValid, resource, sink);
      } else {
        wire.skipUnknown(tag, 1L << 2, "the spans of a scope");
      }
    }
  }

  private void deliver(boolean idsValid, Resource resource, TelemetrySink sink) {
    DropReason reason = idsValid ? acceptance.judge(span) : DropReason.INVALID_ID;
    if (reason != null) {
      tally.drop(reason);
      return;
    }
    tally.accept();
    span.resource = resource;
    sink.span(span);
  }
}
