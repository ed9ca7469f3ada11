package headroom.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import com.google.protobuf.ByteString;
import headroom.ingest.otlp.IngestLimits;
import headroom.ingest.otlp.Interner;
import headroom.ingest.otlp.OtlpDecoder;
import headroom.ingest.otlp.Signal;
import headroom.model.MetricPoint;
import headroom.model.Span;
import headroom.model.TelemetrySink;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.TracesData;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recordings in every form the Collector's file exporter and its users leave them in. */
class RecordingReaderTest {
  private static final String SPAN_LINE =
      """
      {"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"0102030405060708090a0b0c0d0e0f10",\
      "spanId":"0102030405060708","name":"GET /","startTimeUnixNano":"1","endTimeUnixNano":"2"}]}]}]}
      """;
  private static final String LOG_LINE =
      "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{},{}]}]}]}\n";

  @TempDir private Path folder;

  private final Counter sink = new Counter();
  private final RecordingReader reader =
      new RecordingReader(
          new OtlpDecoder(
              IngestLimits.recorded(),
              InstantSource.fixed(Instant.parse("2026-11-22T04:00:00Z")),
              new Interner()),
          1 << 20);
  private byte[] traces = {};
  private byte[] metrics = {};
  private int spans;
  private int points;

  @BeforeEach
  void readSamples() throws IOException {
    traces = resource("otlp/wallet-traces.pb");
    metrics = resource("otlp/wallet-metrics.pb");
    spans =
        TracesData.parseFrom(traces).getResourceSpansList().stream()
            .flatMap(resource -> resource.getScopeSpansList().stream())
            .mapToInt(scope -> scope.getSpansCount())
            .sum();
    read(file("probe", framed(metrics)));
    points = sink.points;
    sink.points = 0;
    assertThat(spans).isPositive();
    assertThat(points).isPositive();
  }

  @Test
  void protobufBehindItsLengthTracesAndMetricsMixed() throws IOException {
    RecordingContents recorded = read(file("recording.pb", framed(traces, metrics, traces)));
    assertThat(recorded.records()).isEqualTo(3);
    assertThat(recorded.problems()).isEmpty();
    assertThat(recorded.of(Signal.TRACES).accepted()).isEqualTo(2L * spans);
    assertThat(recorded.of(Signal.METRICS).accepted()).isEqualTo(points);
    assertThat(sink.spans).isEqualTo(2 * spans);
    assertThat(sink.points).isEqualTo(points);
  }

  @Test
  void jsonLinesOfAllSignals() throws IOException {
    RecordingContents recorded =
        read(file("recording.json", utf8(SPAN_LINE + "\n  \r\n" + LOG_LINE + SPAN_LINE.strip())));
    assertThat(recorded.problems()).isEmpty();
    assertThat(recorded.records()).isEqualTo(3);
    assertThat(recorded.of(Signal.TRACES).accepted()).isEqualTo(2);
    assertThat(recorded.of(Signal.LOGS).accepted()).isEqualTo(2);
  }

  @Test
  void packingIsSeenByContentWhateverTheName() throws IOException {
    byte[] recording = framed(traces, metrics);
    byte[] lines = utf8(SPAN_LINE);
    for (byte[] stored :
        List.of(
            gzip(recording),
            Zstd.compress(recording),
            gzip(gzip(recording)),
            // Members and frames one after the other, as rotation and cat leave them.
            join(gzip(framed(traces)), gzip(framed(metrics))),
            join(Zstd.compress(framed(traces)), Zstd.compress(framed(metrics))),
            // Each message packed for itself, as the Collector does it.
            framed(Zstd.compress(traces), Zstd.compress(metrics)),
            framed(gzip(traces), metrics))) {
      sink.spans = 0;
      sink.points = 0;
      RecordingContents recorded = read(file("recording.txt", stored));
      assertThat(recorded.problems()).isEmpty();
      assertThat(sink.spans).isEqualTo(spans);
      assertThat(sink.points).isEqualTo(points);
    }
    for (byte[] stored :
        List.of(gzip(lines), Zstd.compress(lines), framed(lines), framed(Zstd.compress(lines)))) {
      sink.spans = 0;
      assertThat(read(file("recording.bin", stored)).problems()).isEmpty();
      assertThat(sink.spans).isEqualTo(1);
    }
  }

  @Test
  void badRecordsAreSkippedAndEachKindToldOnce() throws IOException {
    var lines = new StringBuilder();
    for (int i = 0; i < 8; i++) {
      lines.append(SPAN_LINE).append("{\"resourceSpans\":[{]\n");
    }
    Path file = file("some.json", utf8(lines + "{\"level\":\"info\"}\n"));
    RecordingContents recorded = read(file);
    assertThat(recorded.records()).isEqualTo(8);
    assertThat(recorded.badRecords()).isEqualTo(9);
    assertThat(recorded.problems())
        .hasSize(2)
        .first()
        .asString()
        .startsWith(file + ", line 2: at byte 19: ")
        .endsWith("(and 7 more like it in this file)");
    assertThat(sink.spans).isEqualTo(8);
  }

  /** Read as text, its length of 123 bytes is a brace: "\n{". */
  @Test
  void protobufThatLooksLikeJsonFromOutsideIsProtobuf() throws IOException {
    var span =
        io.opentelemetry.proto.trace.v1.Span.newBuilder()
            .setTraceId(ByteString.copyFrom(new byte[15]).concat(ByteString.copyFrom(utf8("a"))))
            .setSpanId(ByteString.copyFrom(utf8("12345678")))
            .setStartTimeUnixNano(1)
            .setEndTimeUnixNano(2);
    var spans = ScopeSpans.newBuilder().addSpans(span);
    int rest = 121 - spans.build().getSerializedSize();
    spans.setSchemaUrl("u".repeat(rest - 2));
    byte[] message =
        TracesData.newBuilder()
            .addResourceSpans(ResourceSpans.newBuilder().addScopeSpans(spans))
            .build()
            .toByteArray();
    assertThat(message).startsWith('\n', '{');
    RecordingContents recorded = read(file("some.pb", framed(message)));
    assertThat(recorded.problems()).isEmpty();
    assertThat(recorded.of(Signal.TRACES).accepted()).isEqualTo(1);
  }

  @Test
  void whatStoodBeforeTheFaultIsCounted() throws IOException {
    byte[] broken = join(traces, new byte[] {0x0A, 100});
    RecordingContents recorded = read(file("some.pb", framed(broken, traces)));
    // The signal is told by the first spans, so the fault is only found at the end.
    assertThat(recorded.badRecords()).isEqualTo(1);
    assertThat(recorded.of(Signal.TRACES).accepted()).isEqualTo(sink.spans).isEqualTo(2L * spans);
  }

  @Test
  void aRecordingThatWasCutOffIsReadUpToThere() throws IOException {
    byte[] recording = framed(traces, traces);
    Path cut = file("cut.pb", Arrays.copyOf(recording, recording.length - 10));
    RecordingContents recorded = read(cut);
    assertThat(recorded.records()).isEqualTo(1);
    assertThat(recorded.problems())
        .singleElement()
        .asString()
        .isEqualTo(
            "%s, record 2: the file ends after %,d of its %,d bytes"
                .formatted(cut, traces.length - 10, traces.length));

    byte[] packed = gzip(join(framed(traces), framed(traces)));
    recorded = read(file("cut.gz", Arrays.copyOf(packed, packed.length - 30)));
    assertThat(recorded.badRecords()).isEqualTo(1);
    assertThat(recorded.records()).isBetween(1L, 2L);
  }

  @Test
  void oversizedRecordsAreRefusedWithoutBelievingTheirLength() throws IOException {
    RecordingContents recorded =
        read(file("big.pb", join(framed(traces), new byte[] {0x7F, 0, 0, 0, 1})));
    assertThat(recorded.records()).isEqualTo(1);
    assertThat(recorded.problems().getFirst())
        .contains("record 2")
        .contains("2,130,706,432 bytes is more than 1,048,576");

    String longLine = "{\"resourceSpans\":\"" + "x".repeat(2 << 20) + "\"}\n";
    recorded = read(file("long.json", utf8(SPAN_LINE + longLine + SPAN_LINE)));
    assertThat(recorded.records()).isEqualTo(2);
    assertThat(recorded.problems())
        .singleElement()
        .asString()
        .endsWith("line 2: is longer than 1,048,576 bytes");

    recorded = read(file("bomb.pb", framed(Zstd.compress(new byte[64 << 20]), traces)));
    assertThat(recorded.records()).isEqualTo(1);
    assertThat(recorded.problems().getFirst())
        .contains("record 1")
        .contains("unpacks to more than");
  }

  @Test
  void aFileOfAnotherKindIsTold() throws IOException {
    Path file = file("picture.png", new byte[] {(byte) 0x89, 'P', 'N', 'G', 1, 2, 3, 4, 5});
    RecordingContents recorded = read(file);
    assertThat(recorded.records()).isZero();
    assertThat(recorded.problems())
        .containsExactly(
            file
                + ": begins with the bytes 89 50 4e 47 01 02 03 04, neither with '{' nor with the"
                + " length of a message of up to 1,048,576 bytes");
    assertThat(read(file("empty", new byte[0]))).isEqualTo(RecordingContents.NOTHING);
  }

  @Test
  void aMissingFileIsAnError() {
    assertThatThrownBy(() -> read(folder.resolve("missing")))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining("missing");
  }

  @Test
  void progressRunsToTheFilesSize() throws IOException {
    byte[][] records = new byte[100][];
    Arrays.fill(records, traces);
    Path file = file("long.pb", framed(records));
    var told = new ArrayList<Long>();
    reader.read(
        file,
        sink,
        (bytesRead, bytesTotal) -> {
          assertThat(bytesTotal).isEqualTo(100L * (traces.length + 4));
          told.add(bytesRead);
        });
    assertThat(told).isSorted().hasSizeBetween(2, 4).last().isEqualTo(100L * (traces.length + 4));
  }

  private RecordingContents read(Path file) throws IOException {
    return reader.read(file, sink, (bytesRead, bytesTotal) -> {});
  }

  private Path file(String name, byte[] contents) throws IOException {
    return Files.write(folder.resolve(name), contents);
  }

  private static byte[] framed(byte[]... messages) throws IOException {
    var recording = new ByteArrayOutputStream();
    for (byte[] message : messages) {
      recording.write(ByteBuffer.allocate(4).putInt(message.length).array());
      recording.write(message);
    }
    return recording.toByteArray();
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    var packed = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(packed)) {
      gzip.write(bytes);
    }
    return packed.toByteArray();
  }

  private static byte[] join(byte[] one, byte[] other) {
    byte[] joined = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, joined, one.length, other.length);
    return joined;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = RecordingReaderTest.class.getResourceAsStream(name)) {
      return Objects.requireNonNull(in).readAllBytes();
    }
  }

  private static final class Counter implements TelemetrySink {
    private int spans;
    private int points;

    @Override
    public void span(Span span) {
      spans++;
    }

    @Override
    public void metric(MetricPoint point) {
      points++;
    }
  }
}
