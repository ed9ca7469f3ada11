package headroom.cli.prometheus;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The page of metrics of a small service, which shows one more state each time, then nothing. */
final class ShopPage implements AutoCloseable {
  static final int STATES = 12;

  private final HttpServer server;
  private final List<Long> shown = new ArrayList<>();

  ShopPage() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/metrics", this::answer);
    server.start();
  }

  String hostAndPort() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /** How many states were shown. */
  synchronized int shown() {
    return shown.size();
  }

  private synchronized void answer(HttpExchange exchange) throws IOException {
    if (shown.size() == STATES) {
      exchange.sendResponseHeaders(503, -1);
      exchange.close();
      return;
    }
    byte[] page = page(shown.size()).getBytes(StandardCharsets.UTF_8);
    shown.add(System.currentTimeMillis());
    exchange.getResponseHeaders().add("content-type", "text/plain; version=0.0.4; charset=utf-8");
    exchange.sendResponseHeaders(200, page.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(page);
    }
  }

  /** Of the requests between two states, 60 take up to 0.1 s, 30 up to 0.5 s, 10 up to 1 s. */
  private static String page(int n) {
    String pay = "method=\"POST\",uri=\"/pay\",status=\"200\"";
    return """
    # TYPE http_server_requests_seconds histogram
    http_server_requests_seconds_bucket{%1$s,le="0.1"} %2$d
    http_server_requests_seconds_bucket{%1$s,le="5e-1"} %3$d
    http_server_requests_seconds_bucket{%1$s,le="1.0"} %4$d
    http_server_requests_seconds_bucket{%1$s,le="+Inf"} %4$d
    http_server_requests_seconds_sum{%1$s} %5$d
    http_server_requests_seconds_count{%1$s} %4$d
    # TYPE hikaricp_connections_active gauge
    hikaricp_connections_active{pool="ledger"} %6$d
    hikaricp_connections_max{pool="ledger"} 10
    # TYPE process_cpu_seconds_total counter
    process_cpu_seconds_total %5$d
    # TYPE go_memstats_frees_total counter
    go_memstats_frees_total 7
    """
        .formatted(pay, 60 * n, 90 * n, 100 * n, 20 * n, 3 + n % 3);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
