package headroom.cli.load;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import headroom.cli.terminal.UserError;
import headroom.load.engine.LiveSnapshot;
import headroom.load.engine.LoadRun;
import headroom.load.report.LiveMetrics;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Serves the metrics of a running test to Prometheus, on this machine only unless told otherwise.
 */
final class LiveEndpoint implements AutoCloseable {
  private static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final HttpServer server;
  private volatile @Nullable LoadRun run;

  /**
   * @param address a port, or host:port; port 0 picks a free one
   */
  LiveEndpoint(String address) {
    InetSocketAddress at = parse(address);
    try {
      server = HttpServer.create(at, 16);
    } catch (IOException e) {
      throw new UserError(
          "cannot serve metrics at %s: %s".formatted(address, e.getMessage()),
          "Choose another port with --metrics; 0 picks a free one.");
    }
    server.createContext("/metrics", this::answer);
    server.start();
  }

  private static InetSocketAddress parse(String address) {
    int colon = address.lastIndexOf(':');
    String port = address.substring(colon + 1);
    if (!port.matches("\\d{1,5}") || Integer.parseInt(port) > 65_535) {
      throw new UserError(
          "--metrics must be a port or host:port, got '" + address + "'",
          "Such as --metrics 9464, or --metrics 0.0.0.0:9464 for all of the network.");
    }
    return colon < 0
        ? new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(port))
        : new InetSocketAddress(address.substring(0, colon), Integer.parseInt(port));
  }

  String url() {
    InetSocketAddress at = server.getAddress();
    return "http://%s:%d/metrics".formatted(at.getAddress().getHostAddress(), at.getPort());
  }

  /** From now on the figures are those of this run. */
  void show(LoadRun next) {
    run = next;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      LoadRun shown = run;
      byte[] text = (shown == null ? "" : text(shown)).getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", TYPE);
      exchange.sendResponseHeaders(200, text.length == 0 ? -1 : text.length);
      exchange.getResponseBody().write(text);
    }
  }

  private static String text(LoadRun run) {
    LiveSnapshot now = run.snapshot();
    return LiveMetrics.of(
        run.totals(),
        new LiveMetrics.Now(
            now.elapsedSeconds(),
            now.intendedPerSecond(),
            now.users(),
            now.inFlight(),
            now.connections()));
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
