package headroom.cli;

import headroom.analysis.StoreAnalysis;
import headroom.cli.data.LocalStore;
import headroom.ingest.pipeline.OtlpWorker;
import headroom.server.HeadroomServer;
import headroom.server.ServerOptions;
import headroom.wall.Objective;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.InstantSource;

/** A server of the real parts on free ports, and a client that sends to it. */
public final class LiveServer implements AutoCloseable {
  private final LocalStore store;
  private final HeadroomServer server;
  private final HttpClient client = HttpClient.newHttpClient();

  private LiveServer(LocalStore store, HeadroomServer server) {
    this.store = store;
    this.server = server;
  }

  public static LiveServer on(Path data) throws IOException {
    InstantSource clock = InstantSource.system();
    LocalStore store = LocalStore.open(data);
    return new LiveServer(
        store,
        HeadroomServer.start(
            ServerOptions.DEFAULT.withPorts(0, 0, 0),
            new HeadroomServer.Parts(
                store.rollups(),
                new OtlpWorker(clock),
                new StoreAnalysis(store.rollups(), Objective.DEFAULT),
                clock)));
  }

  public LocalStore store() {
    return store;
  }

  /** Its own address, as a command wants it. */
  public String url() {
    return server.endpoints().web().toString();
  }

  public void flush() {
    server.flush();
  }

  /** Sends telemetry as OTLP/JSON. */
  public HttpResponse<String> export(String path, String json)
      throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create(server.endpoints().otlpHttp() + path))
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  public HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create(server.endpoints().web() + path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  @Override
  public void close() {
    client.close();
    server.close();
    store.close();
  }
}
