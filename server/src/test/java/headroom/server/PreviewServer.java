package headroom.server;

import headroom.store.InMemoryStore;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;

/**
 * Serves the page with the made-up wallet, for looking at it while it is being written: {@code
 * PreviewServer PORT [empty]}, stopped with Ctrl-C.
 */
final class PreviewServer {
  private PreviewServer() {}

  public static void main(String[] arguments) throws Exception {
    int port = Integer.parseInt(arguments[0]);
    boolean empty = arguments.length > 1;
    Instant now = Instant.now();
    var story = new WalletStory(now);
    InstantSource clock = InstantSource.system();
    var parts =
        empty
            ? new HeadroomServer.Parts(
                new InMemoryStore(), NoTelemetry.worker(), NoTelemetry.analysis(now), clock)
            : new HeadroomServer.Parts(story.store(), NoTelemetry.worker(), story, clock);
    try (HeadroomServer server =
            HeadroomServer.start(ServerOptions.DEFAULT.withPorts(port, 0, 0), parts);
        HttpClient client = HttpClient.newHttpClient()) {
      if (!empty) {
        send(client, server.endpoints().otlpHttp());
      }
      System.out.println(server.endpoints());
      new CountDownLatch(1).await();
    }
  }

  /** So that the page says that telemetry comes in. */
  private static void send(HttpClient client, String otlpHttp) throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create(otlpHttp + "/v1/traces"))
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{}"))
            .build();
    client.send(request, HttpResponse.BodyHandlers.discarding());
  }
}
