package headroom.ingest.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import headroom.model.SpanAttribute;
import headroom.model.SpanKind;
import io.opentelemetry.proto.metrics.v1.MetricsData;
import io.opentelemetry.proto.trace.v1.TracesData;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Requests as the OpenTelemetry Java agent 2.33.1 sends them, recorded from the demo's wallet;
 * names of the machine are replaced.
 */
class AgentSampleTest {
  private final OtlpDecoder decoder =
      new OtlpDecoder(
          IngestLimits.live(),
          InstantSource.fixed(Instant.parse("2026-11-22T04:00:00Z")),
          new Interner());

  @Test
  void tracesAreSeenAsTheGeneratedClassesSeeThem() throws Exception {
    byte[] request = resource("wallet-traces.pb");
    List<Collected.SpanCopy> spans = checkTraces(request);
    assertThat(spans)
        .anySatisfy(span -> {
          assertThat(span.resource().service()).isEqualTo("wallet");
          assertThat(span.resource().version()).isEqualTo("1.0.0");
          assertThat(span.kind()).isEqualTo(SpanKind.CLIENT);
          assertThat(span.attributes())
              .containsEntry(SpanAttribute.DB_SYSTEM, "postgresql")
              .containsKey(SpanAttribute.DB_QUERY_TEXT);
        });
  }

  @Test
  void metricsAreSeenAsTheGeneratedClassesSeeThem() throws Exception {
    List<Collected.PointCopy> points = checkMetrics(resource("wallet-metrics.pb"));
    assertThat(points).extracting(Collected.PointCopy::name).contains("jvm.memory.used");
  }

  /** All of a folder of recorded requests: {@code -Dheadroom.samples=DIR}, or those beside this. */
  @Test
  void aWholeFolder() throws Exception {
    String given = System.getProperty("headroom.samples");
    Path folder =
        given == null
            ? Path.of(
                    Objects.requireNonNull(AgentSampleTest.class.getResource("wallet-traces.pb"))
                        .toURI())
                .resolveSibling("")
            : Path.of(given);
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".pb")).toList()) {
        byte[] request = Files.readAllBytes(file);
        if (file.getFileName().toString().contains("traces")) {
          checkTraces(request);
        } else {
          checkMetrics(request);
        }
      }
    }
  }

  private List<Collected.SpanCopy> checkTraces(byte[] request) throws Exception {
    TracesData data = TracesData.parseFrom(request);
    assertThat(decoder.detect(request, 0, request.length, Encoding.PROTOBUF))
        .contains(Signal.TRACES);
    for (Encoding encoding : Encoding.values()) {
      byte[] message = encoding == Encoding.JSON ? OtlpJson.of(data, true) : request;
      var collected = new Collected();
      Decoded decoded = decoder.decodeTraces(message, 0, message.length, encoding, collected);
      assertThat(collected.spans).isEqualTo(Reference.spans(data)).isNotEmpty();
      assertThat(decoded.accepted()).isEqualTo(collected.spans.size());
      assertThat(decoded.dropped()).isEmpty();
    }
    return Reference.spans(data);
  }

  private List<Collected.PointCopy> checkMetrics(byte[] request) throws Exception {
    MetricsData data = MetricsData.parseFrom(request);
    assertThat(decoder.detect(request, 0, request.length, Encoding.PROTOBUF))
        .contains(Signal.METRICS);
    for (Encoding encoding : Encoding.values()) {
      byte[] message = encoding == Encoding.JSON ? OtlpJson.of(data, true) : request;
      var collected = new Collected();
      Decoded decoded = decoder.decodeMetrics(message, 0, message.length, encoding, collected);
      assertThat(collected.points).isEqualTo(Reference.points(data)).isNotEmpty();
      assertThat(decoded.dropped()).isEmpty();
    }
    return Reference.points(data);
  }

  private static byte[] resource(String name) throws Exception {
    try (InputStream in = AgentSampleTest.class.getResourceAsStream(name)) {
      return Objects.requireNonNull(in).readAllBytes();
    }
  }
}
