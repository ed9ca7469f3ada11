package headroom.server;

import headroom.ingest.pipeline.IntakeLimits;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How a server is set up.
 *
 * @param host the address to listen on
 * @param webPort page and API; 0 picks a free one, here and below
 * @param otlpGrpcPort OTLP over gRPC
 * @param otlpHttpPort OTLP over HTTP
 * @param token what senders and readers must present; null only on a loopback address
 * @param allowedHosts further names under which the server may be addressed, such as {@code
 *     headroom.example.com}; loopback names and {@code host} are always fine
 * @param flushInterval how much acknowledged telemetry a kill of the process may cost at most
 * @param analysisLife how old walls and findings may be when shown
 * @param limits what ingest may take
 */
public record ServerOptions(
    String host,
    int webPort,
    int otlpGrpcPort,
    int otlpHttpPort,
    @Nullable String token,
    Set<String> allowedHosts,
    Duration flushInterval,
    Duration analysisLife,
    IntakeLimits limits) {
  /** The usual ports on the loopback address. */
  public static final ServerOptions DEFAULT =
      new ServerOptions(
          "127.0.0.1",
          8080,
          4317,
          4318,
          null,
          Set.of(),
          Duration.ofSeconds(5),
          Duration.ofSeconds(4),
          IntakeLimits.DEFAULT);

  static final int SHORTEST_TOKEN = 16;

  /** Checks everything and names all that is wrong at once. */
  public ServerOptions {
    allowedHosts =
        allowedHosts.stream()
            .map(name -> name.toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());
    List<String> wrong = new ArrayList<>();
    port("web port", webPort, wrong);
    port("OTLP gRPC port", otlpGrpcPort, wrong);
    port("OTLP HTTP port", otlpHttpPort, wrong);
    if (flushInterval.toMillis() < 100) {
      wrong.add("flush interval must be >= 0.1 s, got " + flushInterval);
    }
    if (analysisLife.isNegative()) {
      wrong.add("analysis life must be >= 0, got " + analysisLife);
    }
    if (token != null && token.length() < SHORTEST_TOKEN) {
      wrong.add(
          "token must have at least %d characters, got %d"
              .formatted(SHORTEST_TOKEN, token.length()));
    }
    if (token == null && !isLoopback(host, wrong)) {
      wrong.add("a token is required to listen on " + host + ", which others can reach");
    }
    if (!wrong.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", wrong));
    }
  }

  private static void port(String name, int port, List<String> wrong) {
    if (port < 0 || port > 65_535) {
      wrong.add("%s must be within 0..65535, got %d".formatted(name, port));
    }
  }

  private static boolean isLoopback(String host, List<String> wrong) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException unknown) {
      wrong.add("host must be an address of this machine, got '" + host + "'");
      return true;
    }
  }

  public ServerOptions withHost(String newHost, @Nullable String newToken) {
    return new ServerOptions(
        newHost,
        webPort,
        otlpGrpcPort,
        otlpHttpPort,
        newToken,
        allowedHosts,
        flushInterval,
        analysisLife,
        limits);
  }

  public ServerOptions withToken(@Nullable String newToken) {
    return withHost(host, newToken);
  }

  /** Web, gRPC and HTTP; 0 picks a free one. */
  public ServerOptions withPorts(int web, int otlpGrpc, int otlpHttp) {
    return new ServerOptions(
        host, web, otlpGrpc, otlpHttp, token, allowedHosts, flushInterval, analysisLife, limits);
  }

  public ServerOptions withAllowedHosts(Set<String> names) {
    return new ServerOptions(
        host,
        webPort,
        otlpGrpcPort,
        otlpHttpPort,
        token,
        names,
        flushInterval,
        analysisLife,
        limits);
  }

  public ServerOptions withIntervals(Duration flush, Duration analysis) {
    return new ServerOptions(
        host, webPort, otlpGrpcPort, otlpHttpPort, token, allowedHosts, flush, analysis, limits);
  }

  public ServerOptions withLimits(IntakeLimits newLimits) {
    return new ServerOptions(
        host,
        webPort,
        otlpGrpcPort,
        otlpHttpPort,
        token,
        allowedHosts,
        flushInterval,
        analysisLife,
        newLimits);
  }
}
