package headroom.load.network;

import io.netty.handler.ssl.SslContext;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The way to a target.
 *
 * @param host the name for TLS and for the proxy, and to look up when there is no address
 * @param address found beforehand; absent when it is to be looked up for every connection
 * @param tls absent for plain text
 * @param protocol what must be agreed on within the handshake, such as {@code h2}; empty for any
 * @param proxy through which connections go
 * @param sources addresses of this machine to connect from, in turn; empty for the system's choice
 */
public record Route(
    String host,
    int port,
    @Nullable InetSocketAddress address,
    @Nullable SslContext tls,
    String protocol,
    Optional<Proxy> proxy,
    List<InetAddress> sources,
    Duration connectTimeout) {
  public Route {
    sources = List.copyOf(sources);
  }

  /** For those who go nowhere. */
  public static Route nowhere() {
    var none = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    return new Route("", 0, none, null, "", Optional.empty(), List.of(), Duration.ofSeconds(1));
  }

  /**
   * An HTTP proxy.
   *
   * @param authorization value of the header that lets us in; empty for none
   */
  public record Proxy(InetSocketAddress address, String authorization) {}
}
