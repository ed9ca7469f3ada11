package headroom.ingest.otlp;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import headroom.model.Resource;
import headroom.model.Span;
import headroom.model.SpanAttribute;
import headroom.model.SpanKind;
import headroom.model.TelemetrySink;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads the array {@code resourceSpans} of OTLP's JSON. */
@SuppressWarnings("EnumOrdinal") // as an index that nobody stores
final class JsonTraces {
  private static final String[] KINDS = {
    "SPAN_KIND_UNSPECIFIED",
    "SPAN_KIND_INTERNAL",
    "SPAN_KIND_SERVER",
    "SPAN_KIND_CLIENT",
    "SPAN_KIND_PRODUCER",
    "SPAN_KIND_CONSUMER"
  };
  private static final String[] STATUS_CODES = {
    "STATUS_CODE_UNSET", "STATUS_CODE_OK", "STATUS_CODE_ERROR"
  };
  private static final int STATUS_CODE_ERROR = 2;

  private final JsonSource source;
  private final JsonReader values;
  private final JsonAttributes attributes;
  private final Acceptance acceptance;
  private final Tally tally;
  private final Span span = new Span();
  private final long[] traceId = new long[2];
  private final long[] spanId = new long[1];
  private final int[] ranks = new int[SpanAttribute.values().length];
  private boolean idsValid;

  JsonTraces(
      JsonSource source,
      JsonReader values,
      JsonAttributes attributes,
      Acceptance acceptance,
      Tally tally) {
    this.source = source;
    this.values = values;
    this.attributes = attributes;
    this.acceptance = acceptance;
    this.tally = tally;
  }

  void read(JsonParser json, TelemetrySink sink) throws IOException {
    if (!JsonReader.isArray(json, "resourceSpans")) {
      return;
    }
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (JsonReader.isObject(json, "an entry of resourceSpans")) {
        resourceSpans(json, sink);
      }
    }
  }

  /** Reads one entry of the array, whose first token is current. */
  void resourceSpans(JsonParser json, TelemetrySink sink) throws IOException {
    Resource resource = null;
    JsonSource.Part early = null;
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String field = json.currentName();
      json.nextToken();
      if (field.equals("resource")) {
        resource = attributes.readResource(json);
      } else if (!Signal.TRACES.isScopes(field)) {
        json.skipChildren();
      } else if (resource != null) {
        scopes(json, resource, sink);
      } else {
        early = source.skip(json);
      }
    }
    if (early != null) {
      Resource known = resource != null ? resource : attributes.unknownResource();
      source.read(early, part -> scopes(part, known, sink));
    }
  }

  private void scopes(JsonParser json, Resource resource, TelemetrySink sink) throws IOException {
    if (!JsonReader.isArray(json, "scopeSpans")) {
      return;
    }
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (JsonReader.isObject(json, "an entry of scopeSpans")) {
        scope(json, resource, sink);
      }
    }
  }

  private void scope(JsonParser json, Resource resource, TelemetrySink sink) throws IOException {
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String field = json.currentName();
      json.nextToken();
      if (!field.equals("spans")) {
        json.skipChildren();
      } else if (JsonReader.isArray(json, "spans")) {
        while (json.nextToken() != JsonToken.END_ARRAY) {
          if (JsonReader.isObject(json, "a span")) {
            span(json);
            deliver(resource, sink);
          }
        }
      }
    }
  }

  private void deliver(Resource resource, TelemetrySink sink) {
    DropReason reason = idsValid ? acceptance.judge(span) : DropReason.INVALID_ID;
    if (reason != null) {
      tally.drop(reason);
      return;
    }
    tally.accept();
    span.resource = resource;
    sink.span(span);
  }

  private void span(JsonParser json) throws IOException {
    span.clear();
    idsValid = true;
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String field = json.currentName();
      json.nextToken();
      switch (field) {
        case "traceId" -> readTraceId(json);
        case "spanId" -> span.spanId = readSpanId(json, field);
        case "parentSpanId" -> span.parentSpanId = isEmpty(json) ? 0 : readSpanId(json, field);
        case "name" -> span.name = values.readText(json, field);
        case "kind" -> span.kind = SpanKind.ofWire(JsonReader.readEnum(json, field, KINDS));
        case "startTimeUnixNano" -> span.startNanos = JsonReader.readLong(json, field);
        case "endTimeUnixNano" -> span.endNanos = JsonReader.readLong(json, field);
        case "attributes" -> attributes.read(json, this::attribute);
        case "links" -> readLinks(json);
        case "status" -> readStatus(json);
        default -> json.skipChildren();
      }
    }
  }

  private void readTraceId(JsonParser json) throws IOException {
    if (JsonReader.readHex(json, traceId, "traceId")) {
      span.traceIdHigh = traceId[0];
      span.traceIdLow = traceId[1];
    } else {
      idsValid = false;
    }
  }

  private long readSpanId(JsonParser json, String field) throws IOException {
    if (JsonReader.readHex(json, spanId, field)) {
      return spanId[0];
    }
    idsValid = false;
    return 0;
  }

  private static boolean isEmpty(JsonParser json) throws IOException {
    return json.currentToken() == JsonToken.VALUE_NULL
        || (json.currentToken() == JsonToken.VALUE_STRING && json.getTextLength() == 0);
  }

  private void attribute(String key, String value) {
    SpanAttribute attribute = SpanAttribute.of(key);
    if (attribute == null) {
      return;
    }
    int rank = attribute.names().indexOf(key);
    @Nullable String known = span.get(attribute);
    if (known == null || rank <= ranks[attribute.ordinal()]) {
      span.set(attribute, value);
      ranks[attribute.ordinal()] = rank;
    }
  }

  private void readLinks(JsonParser json) throws IOException {
    if (!JsonReader.isArray(json, "links")) {
      return;
    }
    while (json.nextToken() != JsonToken.END_ARRAY) {
      span.links++;
      json.skipChildren();
    }
  }

  private void readStatus(JsonParser json) throws IOException {
    if (!JsonReader.isObject(json, "status")) {
      return;
    }
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String field = json.currentName();
      json.nextToken();
      if (field.equals("code")) {
        span.error = JsonReader.readEnum(json, field, STATUS_CODES) == STATUS_CODE_ERROR;
      } else {
        json.skipChildren();
      }
    }
  }
}
