package headroom.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import headroom.analysis.Analysis;
import headroom.ingest.pipeline.IngestWorker;
import headroom.ingest.pipeline.OtlpWorker;
import headroom.server.api.Endpoints;
import headroom.store.InMemoryStore;
import headroom.store.RollupStore;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A server on free ports, and a client that asks it. */
final class TestServer implements AutoCloseable {
  static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
  static final JsonMapper JSON = new JsonMapper();

  /** Flushes happen when a test asks for one; answers are never remembered. */
  static final ServerOptions OPTIONS =
      ServerOptions.DEFAULT.withPorts(0, 0, 0).withIntervals(Duration.ofHours(1), Duration.ZERO);

  /** What a body may unpack to: little, so that tests can go beyond. */
  static final int MOST_UNPACKED = 1 << 20;

  private final HeadroomServer server;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private TestServer(HeadroomServer server) {
    this.server = server;
  }

  static TestServer start(
      ServerOptions options, RollupStore store, IngestWorker worker, Analysis analysis)
      throws IOException {
    return new TestServer(
        HeadroomServer.start(
            options, new HeadroomServer.Parts(store, worker, analysis, InstantSource.fixed(NOW))));
  }

  /** Telemetry goes the real way into a store in memory. */
  static TestServer receiving(ServerOptions options) throws IOException {
    return receiving(options, new InMemoryStore());
  }

  static TestServer receiving(ServerOptions options, RollupStore store) throws IOException {
    return start(
        options,
        store,
        new OtlpWorker(InstantSource.fixed(NOW), MOST_UNPACKED),
        NoTelemetry.analysis(NOW));
  }

  /** The made-up wallet behind the API. */
  static TestServer showing(ServerOptions options) throws IOException {
    var story = new WalletStory(NOW);
    return start(options, story.store(), NoTelemetry.worker(), story);
  }

  HeadroomServer server() {
    return server;
  }

  Endpoints at() {
    return server.endpoints();
  }

  HttpResponse<byte[]> export(String path, String type, byte[] body, String... headers)
      throws IOException, InterruptedException {
    return send(at().otlpHttp() + path, type, BodyPublishers.ofByteArray(body), headers);
  }

  HttpResponse<byte[]> send(String url, String type, BodyPublisher body, String... headers)
      throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(URI.create(url)).header("content-type", type).POST(body);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofByteArray());
  }

  HttpResponse<String> get(String path, String... headers)
      throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(URI.create(at().web() + path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  /** The document at a path of the API, which must be there. */
  JsonNode json(String path) throws IOException, InterruptedException {
    HttpResponse<String> response = get(path);
    if (response.statusCode() != 200) {
      throw new AssertionError(path + " answered " + response.statusCode() + response.body());
    }
    return JSON.readTree(response.body());
  }

  @Override
  public void close() {
    client.close();
    server.close();
  }
}
