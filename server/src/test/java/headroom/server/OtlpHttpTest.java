package headroom.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.luben.zstd.Zstd;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import headroom.ingest.otlp.Signal;
import headroom.ingest.pipeline.IngestCounters.Refusal;
import headroom.ingest.pipeline.IntakeLimits;
import headroom.model.Measure;
import headroom.rollup.Resolution;
import headroom.store.InMemoryStore;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class OtlpHttpTest {
  private static final String PROTOBUF = "application/x-protobuf";
  private static final String JSON = "application/json";
  private static final Instant RECENT = TestServer.NOW.minusSeconds(30);

  @Test
  void takesProtobufIntoTheStore() throws Exception {
    var store = new InMemoryStore();
    try (var server = TestServer.receiving(TestServer.OPTIONS, store)) {
      var plain = server.export("/v1/traces", PROTOBUF, Samples.spans(3, RECENT));
      var packed =
          server.export(
              "/v1/traces",
              PROTOBUF,
              Samples.gzip(Samples.spans(4, RECENT)),
              "content-encoding",
              "gzip");

      assertThat(plain.statusCode()).isEqualTo(200);
      assertThat(plain.headers().firstValue("content-type")).hasValue(PROTOBUF);
      assertThat(plain.body()).isEmpty();
      assertThat(packed.statusCode()).isEqualTo(200);
      assertThat(server.server().intake().counters().accepted(Signal.TRACES)).isEqualTo(7);

      assertThat(operations(store)).as("before the flush").isZero();
      server.server().flush();
      assertThat(operations(store)).isEqualTo(7);
      assertThat(server.json("/api/v1/status").at("/services/0/service").asText())
          .isEqualTo("wallet");
    }
  }

  @Test
  void takesBodiesPackedWithZstd() throws Exception {
    var store = new InMemoryStore();
    try (var server = TestServer.receiving(TestServer.OPTIONS, store)) {
      byte[] spans = Samples.spans(6, RECENT);
      var protobuf = zstd(server, PROTOBUF, Zstd.compress(spans));
      assertThat(protobuf.statusCode()).isEqualTo(200);
      assertThat(protobuf.body()).isEmpty();
      server.server().flush();
      assertThat(operations(store)).isEqualTo(6);

      var json = zstd(server, JSON, Zstd.compress("{\"resourceSpans\":[]}".getBytes(UTF_8)));
      assertThat(json.statusCode()).isEqualTo(200);
      assertThat(new String(json.body(), UTF_8)).isEqualTo("{}");

      byte[] packed = Zstd.compress(spans);
      assertStatus(zstd(server, PROTOBUF, spans), 400, 3);
      assertStatus(zstd(server, PROTOBUF, Arrays.copyOf(packed, packed.length - 5)), 400, 3);
      assertThat(server.server().intake().counters().accepted(Signal.TRACES)).isEqualTo(6);
    }
  }

  @Test
  void refusesZstdThatUnpacksToTooMuch() throws Exception {
    try (var server = TestServer.receiving(TestServer.OPTIONS)) {
      byte[] bomb = Zstd.compress(new byte[TestServer.MOST_UNPACKED * 64]);
      assertThat(bomb.length).isLessThan(20_000);
      assertStatus(zstd(server, PROTOBUF, bomb), 413, 8);
      assertThat(server.server().intake().counters().refusedFor(Refusal.TOO_LARGE)).isEqualTo(1);
      assertThat(server.server().intake().waitingBytes()).isZero();
    }
  }

  private static HttpResponse<byte[]> zstd(TestServer server, String type, byte[] packed)
      throws Exception {
    return server.export("/v1/traces", type, packed, "content-encoding", "zstd");
  }

  @Test
  void acknowledgedTelemetrySurvivesAStop() throws Exception {
    var store = new InMemoryStore();
    var server = TestServer.receiving(TestServer.OPTIONS, store);
    server.export("/v1/traces", PROTOBUF, Samples.spans(5, RECENT));
    server.close();
    assertThat(operations(store)).isEqualTo(5);
  }

  private static long operations(InMemoryStore store) {
    return store
        .history(
            Resolution.DAY,
            TestServer.NOW.minus(Duration.ofDays(2)),
            TestServer.NOW,
            Set.of(Measure.OPERATION))
        .of(Measure.OPERATION)
        .stream()
        .mapToLong(series -> series.total().count())
        .sum();
  }

  @Test
  void takesJsonAndCountsLogs() throws Exception {
    try (var server = TestServer.receiving(TestServer.OPTIONS)) {
      var logs =
          server.export(
              "/v1/logs",
              JSON,
              "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{},{}]}]}]}".getBytes(UTF_8));
      assertThat(logs.statusCode()).isEqualTo(200);
      assertThat(new String(logs.body(), UTF_8)).isEqualTo("{}");
      assertThat(server.server().intake().counters().accepted(Signal.LOGS)).isEqualTo(2);
      assertThat(server.export("/v1/metrics", JSON, "{}".getBytes(UTF_8)).statusCode())
          .isEqualTo(200);
    }
  }

  @Test
  void tellsHowManySpansItRejectedAndWhy() throws Exception {
    try (var server = TestServer.receiving(TestServer.OPTIONS)) {
      var future = TestServer.NOW.plus(Duration.ofDays(400));
      var response = server.export("/v1/traces", PROTOBUF, Samples.spans(2, future));
      assertThat(response.statusCode()).isEqualTo(200);
      var partial = ExportTraceServiceResponse.parseFrom(response.body()).getPartialSuccess();
      assertThat(partial.getRejectedSpans()).isEqualTo(2);
      assertThat(partial.getErrorMessage()).contains("future");

      var past = Instant.parse("1999-01-01T00:00:00Z");
      var old = server.export("/v1/traces", PROTOBUF, Samples.spans(1, past));
      assertThat(
              ExportTraceServiceResponse.parseFrom(old.body())
                  .getPartialSuccess()
                  .getRejectedSpans())
          .isEqualTo(1);
    }
  }

  @Test
  void refusesWhatNobodyCanRead() throws Exception {
    try (var server = TestServer.receiving(TestServer.OPTIONS)) {
      byte[] whole = Samples.spans(2, RECENT);
      byte[] truncated = Arrays.copyOf(whole, whole.length - 7);
      assertStatus(server.export("/v1/traces", PROTOBUF, truncated), 400, 3);
      assertJsonStatus(
          server.export("/v1/traces", JSON, "{\"resourceSpans\": [{".getBytes(UTF_8)), 400, 3);
      assertJsonStatus(server.export("/v1/traces", JSON, "no json".getBytes(UTF_8)), 400, 3);
      assertStatus(
          server.export("/v1/traces", PROTOBUF, whole, "content-encoding", "gzip"), 400, 3);
      assertThat(server.server().intake().counters().refusedFor(Refusal.MALFORMED)).isEqualTo(4);

      assertStatus(
          server.export("/v1/traces", PROTOBUF, whole, "content-encoding", "snappy"), 415, 12);
      assertJsonStatus(server.export("/v1/traces", "text/plain", whole), 415, 12);
      assertThat(server.export("/v1/profiles", PROTOBUF, whole).statusCode()).isEqualTo(404);

      var good = server.export("/v1/traces", PROTOBUF, whole);
      assertThat(good.statusCode()).as("afterwards nothing is disturbed").isEqualTo(200);
    }
  }

  @Test
  void refusesABodyThatUnpacksToTooMuch() throws Exception {
    try (var server = TestServer.receiving(TestServer.OPTIONS)) {
      byte[] bomb = Samples.gzip(new byte[TestServer.MOST_UNPACKED * 8]);
      assertThat(bomb.length).isLessThan(20_000);
      assertStatus(server.export("/v1/traces", PROTOBUF, bomb, "content-encoding", "gzip"), 413, 8);
      assertThat(server.server().intake().counters().refusedFor(Refusal.TOO_LARGE)).isEqualTo(1);
      assertThat(server.server().intake().waitingBytes()).isZero();
    }
  }

  @Test
  void refusesBodiesAboveTheLimitDeclaredOrNot() throws Exception {
    var limits = new IntakeLimits(10_000, 20_000, 8, Duration.ofSeconds(2));
    try (var server = TestServer.receiving(TestServer.OPTIONS.withLimits(limits))) {
      byte[] large = new byte[10_001];
      assertStatus(server.export("/v1/traces", PROTOBUF, large), 413, 8);
      var undeclared =
          BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[10_001]));
      assertStatus(
          server.send(server.at().otlpHttp() + "/v1/traces", PROTOBUF, undeclared), 413, 8);
      assertThat(server.server().intake().waitingBytes()).isZero();
      assertThat(server.server().intake().waitingRequests()).isZero();
    }
  }

  @Test
  void asksToRetryWhenThereIsNoRoom() throws Exception {
    var worker = new GatedWorker();
    var limits = new IntakeLimits(10_000, 20_000, 1, Duration.ofSeconds(7));
    try (var server =
        TestServer.start(
            TestServer.OPTIONS.withLimits(limits),
            new InMemoryStore(),
            worker,
            NoTelemetry.analysis(TestServer.NOW))) {
      var first = worker.whileBusy(() -> server.export("/v1/traces", PROTOBUF, new byte[100]));

      var second = server.export("/v1/traces", PROTOBUF, new byte[100]);
      assertStatus(second, 429, 14);
      assertThat(second.headers().firstValue("retry-after")).hasValue("7");
      assertThat(new String(second.body(), UTF_8)).contains("google.rpc.RetryInfo");
      var inJson = server.export("/v1/logs", JSON, "{}".getBytes(UTF_8));
      assertJsonStatus(inJson, 429, 14);
      assertThat(TestServer.JSON.readTree(inJson.body()).at("/details/0/retryDelay").asText())
          .isEqualTo("7s");

      worker.open();
      assertThat(first.join().statusCode()).as("what was taken is answered").isEqualTo(200);
      assertThat(server.server().intake().counters().refusedFor(Refusal.OVERLOADED)).isEqualTo(2);
      assertThat(server.export("/v1/traces", PROTOBUF, new byte[100]).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void boundsTheBytesThatWait() throws Exception {
    var worker = new GatedWorker();
    var limits = new IntakeLimits(10_000, 10_000, 8, Duration.ofSeconds(2));
    try (var server =
        TestServer.start(
            TestServer.OPTIONS.withLimits(limits),
            new InMemoryStore(),
            worker,
            NoTelemetry.analysis(TestServer.NOW))) {
      var first = worker.whileBusy(() -> server.export("/v1/traces", PROTOBUF, new byte[6_000]));
      assertStatus(server.export("/v1/traces", PROTOBUF, new byte[6_000]), 429, 14);
      worker.open();
      assertThat(first.join().statusCode()).isEqualTo(200);
      assertThat(server.export("/v1/traces", PROTOBUF, new byte[6_000]).statusCode())
          .isEqualTo(200);
      assertThat(server.server().intake().waitingBytes()).isZero();
    }
  }

  @Test
  void saysNothingOfItsInsidesWhenItFails() throws Exception {
    try (var server =
        TestServer.start(
            TestServer.OPTIONS,
            new InMemoryStore(),
            GatedWorker.broken(),
            NoTelemetry.analysis(TestServer.NOW))) {
      var response = server.export("/v1/traces", JSON, "{}".getBytes(UTF_8));
      assertJsonStatus(response, 500, 13);
      assertThat(new String(response.body(), UTF_8)).doesNotContain("secret", "headroom.");
    }
  }

  @Test
  void asksForTheTokenAndForItsOwnName() throws Exception {
    var options = TestServer.OPTIONS.withToken("0123456789abcdef");
    try (var server = TestServer.receiving(options)) {
      byte[] body = Samples.spans(1, RECENT);
      assertStatus(server.export("/v1/traces", PROTOBUF, body), 401, 16);
      assertStatus(
          server.export("/v1/traces", PROTOBUF, body, "authorization", "Bearer 0123456789abcdeX"),
          401,
          16);
      assertThat(
              server
                  .export("/v1/traces", PROTOBUF, body, "authorization", "Bearer 0123456789abcdef")
                  .statusCode())
          .isEqualTo(200);
    }
  }

  /** The body is {@code google.rpc.Status}: its first field is the code. */
  private static void assertStatus(HttpResponse<byte[]> response, int http, int code)
      throws IOException {
    assertThat(response.statusCode()).isEqualTo(http);
    assertThat(response.headers().firstValue("content-type")).hasValue(PROTOBUF);
    var status = CodedInputStream.newInstance(response.body());
    assertThat(status.readTag()).isEqualTo((1 << 3) | WireFormat.WIRETYPE_VARINT);
    assertThat(status.readInt32()).isEqualTo(code);
    assertThat(status.readTag()).isEqualTo((2 << 3) | WireFormat.WIRETYPE_LENGTH_DELIMITED);
    assertThat(status.readStringRequireUtf8()).isNotBlank();
  }

  private static void assertJsonStatus(HttpResponse<byte[]> response, int http, int code)
      throws IOException {
    assertThat(response.statusCode()).isEqualTo(http);
    JsonNode status = TestServer.JSON.readTree(response.body());
    assertThat(status.path("code").asInt()).isEqualTo(code);
    assertThat(status.path("message").asText()).isNotBlank();
  }
}
