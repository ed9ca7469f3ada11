package headroom.server;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPOutputStream;

/** Requests as senders make them. */
final class Samples {
  private static final AtomicLong NEXT_ID = new AtomicLong();

  private Samples() {}

  /** So many server spans of one operation, each a trace of its own, that ended at this moment. */
  static byte[] spans(int count, Instant end) {
    var scope = ScopeSpans.newBuilder();
    long endNanos = end.getEpochSecond() * 1_000_000_000L;
    for (int i = 0; i < count; i++) {
      long id = NEXT_ID.incrementAndGet();
      scope.addSpans(
          Span.newBuilder()
              .setTraceId(ByteString.copyFrom(ByteBuffer.allocate(16).putLong(8, id).array()))
              .setSpanId(ByteString.copyFrom(ByteBuffer.allocate(8).putLong(0, id).array()))
              .setKind(Span.SpanKind.SPAN_KIND_SERVER)
              .setName("GET /balance")
              .setStartTimeUnixNano(endNanos - 5_000_000L)
              .setEndTimeUnixNano(endNanos));
    }
    return ExportTraceServiceRequest.newBuilder()
        .addResourceSpans(
            ResourceSpans.newBuilder()
                .setResource(
                    Resource.newBuilder()
                        .addAttributes(
                            KeyValue.newBuilder()
                                .setKey("service.name")
                                .setValue(AnyValue.newBuilder().setStringValue("wallet"))))
                .addScopeSpans(scope))
        .build()
        .toByteArray();
  }

  /** A file among the tests' resources. */
  static String text(String file) {
    try (InputStream in = Samples.class.getResourceAsStream(file)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  static byte[] gzip(byte[] content) {
    var packed = new ByteArrayOutputStream();
    try (var stream = new GZIPOutputStream(packed)) {
      stream.write(content);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return packed.toByteArray();
  }
}
