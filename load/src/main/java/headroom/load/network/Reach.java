package headroom.load.network;

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
import org.jspecify.annotations.Nullable;

/** The way to a plan's target: found and tried when it is first asked for, and only then. */
public final class Reach {
  private static final String HTTP_2 = "h2";

  private final Plan plan;
  private final Duration timeout;
  private @Nullable Route found;

  /**
   * @param timeout for a connection to open
   */
  public Reach(Plan plan, Duration timeout) {
    this.plan = plan;
    this.timeout = timeout;
  }

  public Plan plan() {
    return plan;
  }

  public Duration timeout() {
    return timeout;
  }

  /**
   * Looks up the addresses, opens a connection the way the run will, and, for https, shakes hands.
   *
   * @throws TargetUnusableException saying which of these failed
   */
  public Route route() throws TargetUnusableException {
    if (found == null) {
      Route route = find();
      tryOut(plan.target(), route);
      found = route;
    }
    return found;
  }

  /**
   * The way to another port than the target's, found and tried, without TLS or a proxy.
   *
   * @throws TargetUnusableException saying why there is none
   */
  public Route routeTo(String host, int port) throws TargetUnusableException {
    URI there = URI.create("tcp://" + host + ":" + port);
    var route =
        new Route(
            host,
            port,
            address(there, host, port),
            null,
            "",
            Optional.empty(),
            sources(there, plan.wire()),
            timeout);
    tryOut(there, route);
    return route;
  }

  private Route find() throws TargetUnusableException {
    URI target = plan.target();
    Wire wire = plan.wire();
    boolean secure = target.getScheme().equals("https");
    int port = target.getPort() >= 0 ? target.getPort() : secure ? 443 : 80;
    boolean second = wire.http() == Wire.Http.TWO;
    // Behind a proxy the proxy looks the name up.
    boolean looksUp = wire.proxy().isEmpty();
    InetSocketAddress address = looksUp ? address(target, target.getHost(), port) : null;
    return new Route(
        target.getHost(),
        port,
        wire.lookUpEach() ? null : address,
        secure ? context(target, plan.tls(), second) : null,
        secure && second ? HTTP_2 : "",
        proxy(target, wire),
        sources(target, wire),
        timeout);
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

  /** What stands before the path for a proxy, which must know whose path it is; RFC 9112, 3.2.2. */
  public static String origin(Plan plan) {
    return plan.wire().proxy().isPresent() && "http".equals(plan.target().getScheme())
        ? "http://" + plan.target().getRawAuthority()
        : "";
  }

  /** The value that a proxy is shown; empty without a name. */
  public static String authorization(URI proxy) {
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
