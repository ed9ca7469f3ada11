package headroom.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.client.ClientFactory;
import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.RequestHeaders;
import headroom.ingest.otlp.Signal;
import headroom.ingest.pipeline.IntakeLimits;
import headroom.store.InMemoryStore;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

final class OtlpGrpcTest {
  private static final String EXPORT =
      "/opentelemetry.proto.collector.trace.v1.TraceService/Export";
  private static final ClientFactory CLIENTS = ClientFactory.builder().workerGroup(1).build();

  @AfterAll
  static void closeClients() {
    CLIENTS.close();
  }

  @Test
  void takesPlainAndPackedMessages() throws Exception {
    try (var server = TestServer.receiving(TestServer.OPTIONS)) {
      byte[] spans = Samples.spans(3, TestServer.NOW);
      var plain = call(server, EXPORT, frame(0, spans)).join();
      assertThat(plain.status()).isEqualTo(HttpStatus.OK);
      assertThat(plain.headers().get("content-type")).isEqualTo("application/grpc");
      assertThat(plain.trailers().get("grpc-status")).isEqualTo("0");
      assertThat(plain.content().array()).as("an empty message").isEqualTo(new byte[5]);

      var packed =
          call(server, EXPORT, frame(1, Samples.gzip(spans)), "grpc-encoding", "gzip").join();
      assertThat(packed.trailers().get("grpc-status")).isEqualTo("0");
      assertThat(server.server().intake().counters().accepted(Signal.TRACES)).isEqualTo(6);
    }
  }

  @Test
  void tellsHowManySpansItRejected() throws Exception {
    try (var server = TestServer.receiving(TestServer.OPTIONS)) {
      byte[] spans = Samples.spans(2, TestServer.NOW.plus(Duration.ofDays(9)));
      byte[] answer = call(server, EXPORT, frame(0, spans)).join().content().array();
      byte[] message = Arrays.copyOfRange(answer, 5, answer.length);
      assertThat(ByteBuffer.wrap(answer, 1, 4).getInt()).isEqualTo(message.length);
      assertThat(
              ExportTraceServiceResponse.parseFrom(message).getPartialSuccess().getRejectedSpans())
          .isEqualTo(2);
    }
  }

  @Test
  void answersEveryFaultWithAStatusOfGrpc() throws Exception {
    var limits = new IntakeLimits(10_000, 20_000, 8, Duration.ofSeconds(2));
    try (var server = TestServer.receiving(TestServer.OPTIONS.withLimits(limits))) {
      byte[] spans = Samples.spans(1, TestServer.NOW);
      assertFault(call(server, EXPORT, new byte[] {0, 0}), "3");
      assertFault(call(server, EXPORT, frame(7, spans)), "3");
      assertFault(call(server, EXPORT, frame(1, spans)), "3");
      assertFault(call(server, EXPORT, frame(0, Arrays.copyOf(spans, 20))), "3");
      byte[] lying = frame(0, spans);
      lying[4]++;
      assertFault(call(server, EXPORT, lying), "3");
      assertFault(call(server, EXPORT, frame(1, spans), "grpc-encoding", "zstd"), "12");
      assertFault(call(server, "/some.Other/Method", frame(0, spans)), "12");
      assertFault(call(server, EXPORT, frame(0, new byte[10_000])), "8");
      var good = call(server, EXPORT, frame(0, spans)).join();
      assertThat(good.trailers().get("grpc-status")).isEqualTo("0");
    }
  }

  private static void assertFault(
      CompletableFuture<AggregatedHttpResponse> response, String status) {
    var headers = response.join().headers();
    assertThat(headers.status()).isEqualTo(HttpStatus.OK);
    assertThat(headers.get("grpc-status")).isEqualTo(status);
    assertThat(headers.get("grpc-message")).isNotBlank();
    assertThat(headers.get("grpc-status-details-bin")).as("no retry").isNull();
  }

  @Test
  void isUnavailableWithAHintWhenThereIsNoRoom() throws Exception {
    var worker = new GatedWorker();
    var limits = new IntakeLimits(10_000, 20_000, 1, Duration.ofSeconds(3));
    try (var server =
        TestServer.start(
            TestServer.OPTIONS.withLimits(limits),
            new InMemoryStore(),
            worker,
            NoTelemetry.analysis(TestServer.NOW))) {
      var first = worker.whileBusy(() -> call(server, EXPORT, frame(0, new byte[9])).join());
      var second = call(server, EXPORT, frame(0, new byte[9])).join().headers();
      assertThat(second.get("grpc-status")).isEqualTo("14");
      byte[] details =
          Base64.getDecoder().decode(String.valueOf(second.get("grpc-status-details-bin")));
      assertThat(new String(details, UTF_8)).contains("google.rpc.RetryInfo");
      worker.open();
      assertThat(first.join().trailers().get("grpc-status")).isEqualTo("0");
    }
  }

  @Test
  void pointsLostSendersToTheOtherPort() throws Exception {
    try (var server = TestServer.receiving(TestServer.OPTIONS)) {
      var http =
          server.send(
              server.at().otlpGrpc() + "/v1/traces",
              "application/x-protobuf",
              java.net.http.HttpRequest.BodyPublishers.ofByteArray(new byte[3]));
      assertThat(http.statusCode()).isEqualTo(415);
      assertThat(new String(http.body(), UTF_8)).contains("4318");

      var grpc =
          client(server.at().otlpHttp())
              .execute(request(EXPORT, frame(0, new byte[0])))
              .aggregate()
              .join();
      assertThat(grpc.headers().get("grpc-status")).isEqualTo("12");
      assertThat(grpc.headers().get("grpc-message")).contains("4317");
    }
  }

  private static CompletableFuture<AggregatedHttpResponse> call(
      TestServer server, String path, byte[] frame, String... headers) {
    return client(server.at().otlpGrpc()).execute(request(path, frame, headers)).aggregate();
  }

  private static WebClient client(String url) {
    return WebClient.builder(url.replace("http://", "h2c://"))
        .factory(CLIENTS)
        .responseTimeout(Duration.ofMinutes(1))
        .build();
  }

  private static HttpRequest request(String path, byte[] frame, String... headers) {
    var builder =
        RequestHeaders.builder(HttpMethod.POST, path)
            .add("content-type", "application/grpc")
            .add("te", "trailers");
    for (int i = 0; i < headers.length; i += 2) {
      builder.add(headers[i], headers[i + 1]);
    }
    return HttpRequest.of(builder.build(), HttpData.wrap(frame));
  }

  private static byte[] frame(int flag, byte[] message) {
    return ByteBuffer.allocate(5 + message.length)
        .put((byte) flag)
        .putInt(message.length)
        .put(message)
        .array();
  }
}
