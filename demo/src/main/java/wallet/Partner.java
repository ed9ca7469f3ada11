package wallet;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Stands for other companies: a rate provider and a notification gateway, on their own loopback
 * port, slow and unreliable as told.
 */
final class Partner implements AutoCloseable {
  private static final Map<String, String> RATE_IN_USD =
      Map.of("EUR", "1.09", "USD", "1.00", "GBP", "1.27", "USDC", "0.999");

  private final HttpServer server;
  private final ExecutorService threads;
  private final Duration time;
  private final double errors;
  private final SplittableRandom random;
  private final AtomicLong calls = new AtomicLong();

  private Partner(
      HttpServer server, ExecutorService threads, Duration time, double errors, long seed) {
    this.server = server;
    this.threads = threads;
    this.time = time;
    this.errors = errors;
    this.random = new SplittableRandom(seed);
  }

  /** {@code time} is how long an answer takes, {@code errors} the share that fails, 0..1. */
  static Partner start(Duration time, double errors, long seed) throws IOException {
    return start(time, errors, seed, 0);
  }

  /**
   * As above, with {@code capacity} calls served at once, 0 for any number. The others wait in
   * line; a call that its caller has given up is served all the same: the partner does not know.
   */
  static Partner start(Duration time, double errors, long seed, int capacity) throws IOException {
    var factory = Thread.ofPlatform().daemon().name("partner-", 0).factory();
    var threads =
        capacity == 0
            ? Executors.newCachedThreadPool(factory)
            : Executors.newFixedThreadPool(capacity, factory);
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    var partner = new Partner(HttpServer.create(address, 0), threads, time, errors, seed);
    partner.server.setExecutor(partner.threads);
    partner.server.createContext("/rates", partner::rate);
    partner.server.createContext("/notifications", partner::notify);
    partner.server.start();
    return partner;
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Attempts that arrived here, repeats included. */
  long calls() {
    return calls.get();
  }

  private void rate(HttpExchange exchange) throws IOException {
    String pair = String.valueOf(exchange.getRequestURI().getQuery()).replace("pair=", "");
    int dash = pair.indexOf('-');
    double sold = Double.parseDouble(RATE_IN_USD.getOrDefault(pair.substring(0, dash), "1"));
    double bought = Double.parseDouble(RATE_IN_USD.getOrDefault(pair.substring(dash + 1), "1"));
    answer(exchange, "%.6f".formatted(sold / bought));
  }

  private void notify(HttpExchange exchange) throws IOException {
    answer(exchange, "sent");
  }

  private void answer(HttpExchange exchange, String text) throws IOException {
    calls.incrementAndGet();
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      Thread.sleep(time);
      byte[] body = text.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(fails() ? 503 : 200, body.length);
      exchange.getResponseBody().write(body);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized boolean fails() {
    return random.nextDouble() < errors;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  /** The wallet's side of the calls: with a timeout and repeats. */
  static final class Client implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofMillis(500);

    private final HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final URI partner;
    private final Retrier retrier;

    Client(URI partner, Retrier retrier) {
      this.partner = partner;
      this.retrier = retrier;
    }

    /** The answer's text; refuses with 502 when the partner does not give one. */
    String get(String path) {
      return send(request(path).GET().build());
    }

    /** As {@link #get}, with a body. */
    String post(String path, String body) {
      return send(request(path).POST(HttpRequest.BodyPublishers.ofString(body)).build());
    }

    private HttpRequest.Builder request(String path) {
      return HttpRequest.newBuilder(partner.resolve(path)).timeout(TIMEOUT);
    }

    private String send(HttpRequest request) {
      try {
        return retrier.call(() -> attempt(request));
      } catch (IOException e) {
        throw new Refusal(502, "partner failed: " + e.getMessage());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new Refusal(503, "stopping");
      }
    }

    private String attempt(HttpRequest request) throws IOException, InterruptedException {
      var response = http.send(request, HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new IOException("status " + response.statusCode());
      }
      return response.body();
    }

    @Override
    public void close() {
      http.shutdownNow();
      http.close();
    }
  }
}
