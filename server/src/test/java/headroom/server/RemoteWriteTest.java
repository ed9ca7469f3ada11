package headroom.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import headroom.ingest.pipeline.IngestCounters.Refusal;
import headroom.ingest.pipeline.IntakeLimits;
import headroom.ingest.protobuf.ProtobufMessage;
import headroom.model.Measure;
import headroom.rollup.Resolution;
import headroom.store.InMemoryStore;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.compression.Snappy;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The answers that Prometheus' remote write specification demands. */
final class RemoteWriteTest {
  private static final String V1 = "application/x-protobuf";
  private static final String V2 = V1 + ";proto=io.prometheus.write.v2.Request";
  private static final String PATH = "/api/v1/write";

  @Test
  void takesBothVersionsOnBothPorts() throws Exception {
    var store = new InMemoryStore();
    try (var server = TestServer.receiving(TestServer.OPTIONS, store)) {
      String[] urls = {server.at().web() + PATH, server.at().otlpHttp() + PATH};
      int value = 1;
      for (String url : urls) {
        assertTaken(write(server, url, V1, first(value++, 10 * value)), 1, 0);
        assertTaken(
            write(server, url, V1 + ";proto=prometheus.WriteRequest", first(value++, 10 * value)),
            1,
            0);
        assertTaken(write(server, url, V2, second(value++, 10 * value, true)), 1, 1);
      }
      server.server().flush();
      var cell =
          store
              .history(
                  Resolution.HOUR,
                  TestServer.NOW.minus(Duration.ofHours(1)),
                  TestServer.NOW,
                  Set.of(Measure.POOL_USED))
              .of(Measure.POOL_USED)
              .getFirst();
      assertThat(cell.key().service()).isEqualTo("wallet");
      assertThat(cell.total().count()).isEqualTo(6);
      assertThat(cell.total().sum()).isEqualTo(1 + 2 + 3 + 4 + 5 + 6);
    }
  }

  private static void assertTaken(HttpResponse<byte[]> response, int samples, int histograms) {
    assertThat(response.statusCode()).isEqualTo(204);
    assertThat(response.body()).isEmpty();
    assertWritten(response, samples, histograms);
  }

  private static void assertWritten(HttpResponse<byte[]> response, int samples, int histograms) {
    assertThat(response.headers().firstValueAsLong("X-Prometheus-Remote-Write-Samples-Written"))
        .hasValue(samples);
    assertThat(response.headers().firstValueAsLong("X-Prometheus-Remote-Write-Histograms-Written"))
        .hasValue(histograms);
    assertThat(response.headers().firstValueAsLong("X-Prometheus-Remote-Write-Exemplars-Written"))
        .hasValue(0);
  }

  @ParameterizedTest
  @CsvSource({
    "application/json, snappy",
    "text/plain, snappy",
    "application/x-protobuf;proto=prometheus.Other, snappy",
    "application/x-protobuf, gzip",
    "application/x-protobuf, identity",
  })
  void refusesWhatIsNotSpoken(String type, String encoding) throws Exception {
    try (var server = TestServer.receiving(TestServer.OPTIONS)) {
      var response =
          server.send(
              server.at().web() + PATH,
              type,
              BodyPublishers.ofByteArray(first(1, 10)),
              "content-encoding",
              encoding);
      assertThat(response.statusCode()).isEqualTo(415);
      assertThat(new String(response.body(), UTF_8)).contains("must be");
      assertThat(server.server().intake().counters().refusedFor(Refusal.UNSUPPORTED)).isEqualTo(1);
    }
  }

  @Test
  void tellsWhatWasNotWrittenAndTakesTheRest() throws Exception {
    try (var server = TestServer.receiving(TestServer.OPTIONS)) {
      String url = server.at().web() + PATH;
      HttpResponse<byte[]> old = write(server, url, V2, second(1, 86_400, true));
      assertThat(old.statusCode()).isEqualTo(400);
      assertThat(new String(old.body(), UTF_8)).contains("1 samples are too old");
      assertWritten(old, 0, 1);
      HttpResponse<byte[]> garbage = write(server, url, V1, packed("no protobuf".getBytes(UTF_8)));
      assertThat(garbage.statusCode()).isEqualTo(400);
      assertThat(write(server, url, V1, "no snappy".getBytes(UTF_8)).statusCode()).isEqualTo(400);
      byte[] large = packed(new byte[TestServer.MOST_UNPACKED + 1]);
      assertThat(write(server, url, V1, large).statusCode()).isEqualTo(413);
      assertThat(server.get(PATH).statusCode()).isEqualTo(405);
      assertThat(server.server().intake().waitingBytes()).isZero();
    }
  }

  @Test
  void asksToWaitWhenThereIsNoRoom() throws Exception {
    var limits = new IntakeLimits(1_000, 1_500, 1, Duration.ofSeconds(7));
    var worker = new GatedWorker();
    try (var server =
        TestServer.start(
            TestServer.OPTIONS.withLimits(limits),
            new InMemoryStore(),
            worker,
            NoTelemetry.analysis(TestServer.NOW))) {
      String url = server.at().web() + PATH;
      var first = worker.whileBusy(() -> write(server, url, V1, first(1, 10)));
      HttpResponse<byte[]> second = write(server, url, V1, first(1, 10));
      assertThat(second.statusCode()).isEqualTo(429);
      assertThat(second.headers().firstValue("retry-after")).hasValue("7");
      worker.open();
      assertThat(first.get().statusCode()).isEqualTo(204);
    }
  }

  @Test
  void asksForTheToken() throws Exception {
    String token = "a-token-of-some-length";
    try (var server = TestServer.receiving(TestServer.OPTIONS.withToken(token))) {
      for (String url : List.of(server.at().web() + PATH, server.at().otlpHttp() + PATH)) {
        assertThat(write(server, url, V1, first(1, 10)).statusCode()).isEqualTo(401);
        HttpResponse<byte[]> known =
            server.send(
                url,
                V1,
                BodyPublishers.ofByteArray(first(1, 10)),
                "content-encoding",
                "snappy",
                "authorization",
                "Bearer " + token);
        assertThat(known.statusCode()).isEqualTo(204);
      }
    }
  }

  private static HttpResponse<byte[]> write(TestServer server, String url, String type, byte[] body)
      throws Exception {
    return server.send(url, type, BodyPublishers.ofByteArray(body), "content-encoding", "snappy");
  }

  private static final List<String> LABELS =
      List.of("__name__", "hikaricp_connections_active", "job", "wallet", "pool", "ledger");

  private static byte[] first(double value, int secondsAgo) {
    var request = new ProtobufMessage();
    request.message(
        1,
        series -> {
          for (int i = 0; i < LABELS.size(); i += 2) {
            int at = i;
            series.message(
                1,
                label -> {
                  label.text(1, LABELS.get(at));
                  label.text(2, LABELS.get(at + 1));
                });
          }
          sample(series, value, secondsAgo);
        });
    return packed(request.toBytes());
  }

  private static byte[] second(double value, int secondsAgo, boolean withHistogram) {
    var request = new ProtobufMessage();
    request.message(4, empty -> {});
    LABELS.forEach(symbol -> request.text(4, symbol));
    request.text(4, "http_server_requests_seconds");
    request.message(
        5,
        series -> {
          series.packed(1, new long[] {1, 2, 3, 4, 5, 6});
          sample(series, value, secondsAgo);
        });
    if (withHistogram) {
      request.message(
          5,
          series -> {
            series.packed(1, new long[] {1, 7, 3, 4});
            series.message(
                3,
                histogram -> {
                  histogram.number(3, 0.5);
                  histogram.integer(15, TestServer.NOW.toEpochMilli());
                });
          });
    }
    return packed(request.toBytes());
  }

  private static void sample(ProtobufMessage series, double value, int secondsAgo) {
    Instant time = TestServer.NOW.minusSeconds(secondsAgo);
    series.message(
        2,
        sample -> {
          sample.number(1, value);
          sample.integer(2, time.toEpochMilli());
        });
  }

  private static byte[] packed(byte[] message) {
    ByteBuf out = Unpooled.buffer();
    new Snappy().encode(Unpooled.wrappedBuffer(message), out, message.length);
    return ByteBufUtil.getBytes(out);
  }
}
