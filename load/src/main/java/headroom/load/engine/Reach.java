package headroom.load.engine;

import headroom.load.protocol.http.ConnectTimes;
import headroom.load.protocol.http.Dialer;
import headroom.load.protocol.http.EngineLoop;
import headroom.load.protocol.http.Http2Client;
import headroom.load.protocol.http.HttpClient;
import headroom.load.protocol.http.RequestClient;
import headroom.load.protocol.http.Route;
import headroom.load.protocol.http.StreamClient;
import headroom.load.protocol.http.UserConnections;
import headroom.load.result.ErrorKind;
import headroom.plan.Plan;
import headroom.plan.Tls;
import headroom.plan.Wire;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLException;

/**
 * The way to a target, found and tried before the first user arrives.
 *
 * @param wire how requests travel along it
 * @param spread over how many connections HTTP/2 is spread even where fewer would do
 */
record Reach(Route route, Wire wire, int spread) {
  private static final String HTTP_2 = "h2";

  /** For plans that send no request. */
  static Reach nowhere(Plan plan) {
    var none = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    return new Reach(
        new Route("", 0, none, null, "", Optional.empty(), List.of(), Duration.ofSeconds(1)),
        plan.wire(),
        1);
  }

  /**
   * Looks up the addresses, opens a connection the way the run will, and, for https, shakes hands.
   *
   * @throws TargetUnusableException saying which of these failed
   */
  static Reach to(Plan plan, Duration timeout) throws TargetUnusableException {
    URI target = plan.target();
    Wire wire = plan.wire();
    boolean secure = target.getScheme().equals("https");
    int port = target.getPort() >= 0 ? target.getPort() : secure ? 443 : 80;
    boolean second = wire.http() == Wire.Http.TWO;
    // Behind a proxy the proxy looks the name up.
    boolean looksUp = wire.proxy().isEmpty();
    InetSocketAddress address = looksUp ? address(target, target.getHost(), port) : null;
    var route =
        new Route(
            target.getHost(),
            port,
            wire.lookUpEach() ? null : address,
            secure ? context(target, plan.tls(), second) : null,
            secure && second ? HTTP_2 : "",
            proxy(target, wire),
            sources(target, wire),
            timeout);
    tryOut(target, route);
    return new Reach(route, wire, plan.connections().orElse(1));
  }

  /** What sends requests along this way on an event loop. */
  RequestClient client(
      EngineLoop loop,
      HttpClient.Settings settings,
      int worker,
      RequestClient.ConnectListener listener) {
    var dialer = new Dialer(loop, route, worker);
    if (wire.http() == Wire.Http.TWO) {
      return new Http2Client(dialer, settings, spread, listener);
    }
    return wire.connectionPerUser()
        ? new UserConnections(dialer, settings, listener)
        : new HttpClient(dialer, settings, listener);
  }

  /** What opens streams along this way on an event loop. */
  StreamClient streams(
      EngineLoop loop,
      HttpClient.Settings settings,
      int worker,
      RequestClient.ConnectListener listener) {
    return new StreamClient(new Dialer(loop, route, worker), settings.maxConnections(), listener);
  }

  private static InetSocketAddress address(URI target, String host, int port)
      throws TargetUnusableException {
    try {
      return new InetSocketAddress(InetAddress.getByName(host), port);
    } catch (UnknownHostException e) {
      throw new TargetUnusableException(
          "target %s: no address is known for %s".formatted(target, host), e);
    }
  }

  private static Optional<Route.Proxy> proxy(URI target, Wire wire) throws TargetUnusableException {
    if (wire.proxy().isEmpty()) {
      return Optional.empty();
    }
    URI proxy = wire.proxy().get();
    return Optional.of(
        new Route.Proxy(address(target, proxy.getHost(), proxy.getPort()), authorization(proxy)));
  }

  /** The value that a proxy is shown; empty without a name. */
  static String authorization(URI proxy) {
    String user = proxy.getUserInfo();
    return user == null
        ? ""
        : "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8));
  }

  private static List<InetAddress> sources(URI target, Wire wire) throws TargetUnusableException {
    var sources = new ArrayList<InetAddress>();
    for (String source : wire.sources()) {
      sources.add(address(target, source, 0).getAddress());
    }
    return sources;
  }

  private static void tryOut(URI target, Route route) throws TargetUnusableException {
    var outcome = new CompletableFuture<Optional<TargetUnusableException>>();
    try (var loop = new EngineLoop("load-probe")) {
      loop.execute(() -> new Dialer(loop, route, 0).dial(new Probe(target, route, outcome)));
      Optional<TargetUnusableException> failure = outcome.join();
      if (failure.isPresent()) {
        throw failure.get();
      }
    }
  }

  /** Hears whether one connection can be opened. */
  private record Probe(
      URI target, Route route, CompletableFuture<Optional<TargetUnusableException>> outcome)
      implements Dialer.Listener {
    @Override
    public void opened(Channel channel, ConnectTimes times) {
      ChannelFuture unused = channel.close();
      outcome.complete(Optional.empty());
    }

    @Override
    public void failed(ErrorKind kind, String detail) {
      String message =
          switch (kind) {
            case TLS -> "target %s: TLS failed: %s".formatted(target, detail);
            case LOCAL ->
                "target %s: no connection can be made from %s: %s"
                    .formatted(target, route.sources(), detail);
            default ->
                route.proxy().isPresent()
                    ? "target %s: no way through the proxy %s: %s"
                        .formatted(target, route.proxy().get().address(), detail)
                    : "target %s: nothing accepts connections at port %d: %s"
                        .formatted(target, route.port(), detail);
          };
      outcome.complete(Optional.of(new TargetUnusableException(message)));
    }
  }

  private static SslContext context(URI target, Tls settings, boolean second)
      throws TargetUnusableException {
    try {
      SslContextBuilder builder = SslContextBuilder.forClient().sslProvider(SslProvider.JDK);
      if (settings.insecure()) {
        builder
            .trustManager(InsecureTrustManagerFactory.INSTANCE)
            .endpointIdentificationAlgorithm("");
      } else if (settings.authority().isPresent()) {
        builder.trustManager(settings.authority().get().toFile());
      }
      if (settings.certificate().isPresent() && settings.key().isPresent()) {
        builder.keyManager(settings.certificate().get().toFile(), settings.key().get().toFile());
      }
      if (second) {
        builder.applicationProtocolConfig(
            new ApplicationProtocolConfig(
                ApplicationProtocolConfig.Protocol.ALPN,
                ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                HTTP_2));
      }
      return builder.build();
    } catch (SSLException | IllegalArgumentException e) {
      throw new TargetUnusableException(
          "target %s: the TLS settings cannot be used: %s".formatted(target, e.getMessage()), e);
    }
  }
}
