package headroom.cli.exam.simulate;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import headroom.rollup.Cell;
import headroom.rollup.ExponentialHistogram;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/** OTLP as JSON, one document on one line. */
final class JsonEncoder implements OtlpEncoder {
  private static final JsonFactory FACTORY = new JsonFactory();

  /** What is written into a document. */
  private interface Content {
    void write(JsonGenerator json) throws IOException;
  }

  @Override
  public byte[] spans(List<OtlpAttribute> resource, List<OtlpSpan> spans) {
    return document(
        "resourceSpans",
        "scopeSpans",
        resource,
        json -> {
          json.writeArrayFieldStart("spans");
          for (OtlpSpan span : spans) {
            write(json, span);
          }
          json.writeEndArray();
        });
  }

  @Override
  public byte[] points(List<OtlpAttribute> resource, List<OtlpPoint> points) {
    return document(
        "resourceMetrics",
        "scopeMetrics",
        resource,
        json -> {
          json.writeArrayFieldStart("metrics");
          for (List<OtlpPoint> some : OtlpEncoder.byMetric(points).values()) {
            write(json, some);
          }
          json.writeEndArray();
        });
  }

  private static byte[] document(
      String outer, String inner, List<OtlpAttribute> resource, Content content) {
    var bytes = new ByteArrayOutputStream(4_096);
    try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeArrayFieldStart(outer);
      json.writeStartObject();
      json.writeObjectFieldStart("resource");
      attributes(json, resource);
      json.writeEndObject();
      json.writeArrayFieldStart(inner);
      json.writeStartObject();
      json.writeObjectFieldStart("scope");
      json.writeStringField("name", SCOPE);
      json.writeEndObject();
      content.write(json);
      json.writeEndObject();
      json.writeEndArray();
      json.writeEndObject();
      json.writeEndArray();
      json.writeEndObject();
      json.writeRaw('\n');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void attributes(JsonGenerator json, List<OtlpAttribute> attributes)
      throws IOException {
    json.writeArrayFieldStart("attributes");
    for (OtlpAttribute attribute : attributes) {
      json.writeStartObject();
      json.writeStringField("key", attribute.key());
      json.writeObjectFieldStart("value");
      json.writeStringField("stringValue", attribute.value());
      json.writeEndObject();
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void write(JsonGenerator json, OtlpSpan span) throws IOException {
    json.writeStartObject();
    json.writeStringField("traceId", hex(span.traceHigh()) + hex(span.traceLow()));
    json.writeStringField("spanId", hex(span.id()));
    if (!span.traceState().isEmpty()) {
      json.writeStringField("traceState", span.traceState());
    }
    if (span.parentId() != 0) {
      json.writeStringField("parentSpanId", hex(span.parentId()));
    }
    json.writeStringField("name", span.name());
    json.writeNumberField("kind", span.kind());
    time(json, "startTimeUnixNano", span.startNanos());
    time(json, "endTimeUnixNano", span.endNanos());
    attributes(json, span.attributes());
    if (span.error()) {
      json.writeObjectFieldStart("status");
      json.writeNumberField("code", STATUS_ERROR);
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, List<OtlpPoint> points) throws IOException {
    OtlpPoint first = points.getFirst();
    json.writeStartObject();
    json.writeStringField("name", first.metric());
    json.writeStringField("unit", first.unit());
    json.writeObjectFieldStart(
        switch (first.shape()) {
          case GAUGE -> "gauge";
          case LEVEL, COUNTER -> "sum";
          case HISTOGRAM -> "exponentialHistogram";
        });
    switch (first.shape()) {
      case GAUGE -> {}
      case LEVEL -> json.writeNumberField("aggregationTemporality", CUMULATIVE);
      case COUNTER -> {
        json.writeNumberField("aggregationTemporality", CUMULATIVE);
        json.writeBooleanField("isMonotonic", true);
      }
      case HISTOGRAM -> json.writeNumberField("aggregationTemporality", DELTA);
    }
    json.writeArrayFieldStart("dataPoints");
    for (OtlpPoint point : points) {
      json.writeStartObject();
      time(json, "startTimeUnixNano", point.startNanos());
      time(json, "timeUnixNano", point.timeNanos());
      attributes(json, point.attributes());
      if (point.cell() == null) {
        json.writeNumberField("asDouble", point.value());
      } else {
        histogram(json, point.cell());
      }
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void histogram(JsonGenerator json, Cell cell) throws IOException {
    ExponentialHistogram histogram = Objects.requireNonNull(cell.histogram());
    json.writeStringField("count", Long.toString(cell.count()));
    json.writeNumberField("sum", cell.sum());
    json.writeNumberField("min", cell.min());
    json.writeNumberField("max", cell.max());
    json.writeNumberField("scale", histogram.scale());
    json.writeStringField("zeroCount", Long.toString(histogram.zeroCount()));
    HistogramBuckets buckets = HistogramBuckets.of(histogram);
    json.writeObjectFieldStart("positive");
    json.writeNumberField("offset", buckets.offset);
    json.writeArrayFieldStart("bucketCounts");
    for (long count : buckets.counts) {
      json.writeString(Long.toString(count));
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void time(JsonGenerator json, String name, long nanos) throws IOException {
    json.writeStringField(name, Long.toString(nanos));
  }

  private static String hex(long value) {
    return HexFormat.of().toHexDigits(value);
  }
}
