package headroom.load.engine;

import headroom.load.journey.Tls;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * The way to a target, found and tried before the first user arrives.
 *
 * @param tls absent for plain text
 */
record Reach(InetSocketAddress address, @Nullable SslContext tls) {

  /**
   * Looks up the address once, opens a connection and, for https, shakes hands.
   *
   * @throws TargetUnusableException saying which of these failed
   */
  static Reach to(URI target, Tls settings, Duration timeout) throws TargetUnusableException {
    boolean secure = target.getScheme().equals("https");
    int port = target.getPort() >= 0 ? target.getPort() : secure ? 443 : 80;
    SslContext tls = secure ? context(target, settings) : null;
    InetSocketAddress address;
    try {
      address = new InetSocketAddress(InetAddress.getByName(target.getHost()), port);
    } catch (UnknownHostException e) {
      throw new TargetUnusableException(
          "target %s: no address is known for %s".formatted(target, target.getHost()), e);
    }
    try (var probe = new Socket()) {
      int millis = (int) Math.min(Integer.MAX_VALUE, Math.max(1, timeout.toMillis()));
      probe.connect(address, millis);
      probe.setSoTimeout(millis);
      if (tls != null) {
        shakeHands(probe, target, (JdkSslContext) tls, settings.insecure());
      }
    } catch (SSLException e) {
      throw new TargetUnusableException(
          "target %s: TLS failed: %s".formatted(target, e.getMessage()), e);
    } catch (IOException e) {
      throw new TargetUnusableException(
          "target %s: nothing accepts connections at port %d: %s"
              .formatted(target, port, e.getMessage()),
          e);
    }
    return new Reach(address, tls);
  }

  private static void shakeHands(Socket socket, URI target, JdkSslContext tls, boolean insecure)
      throws IOException {
    var factory = tls.context().getSocketFactory();
    try (var secured =
        (SSLSocket) factory.createSocket(socket, target.getHost(), socket.getPort(), false)) {
      if (!insecure) {
        SSLParameters parameters = secured.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secured.setSSLParameters(parameters);
      }
      secured.startHandshake();
    }
  }

  private static SslContext context(URI target, Tls settings) throws TargetUnusableException {
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
      return builder.build();
    } catch (SSLException | IllegalArgumentException e) {
      throw new TargetUnusableException(
          "target %s: the TLS settings cannot be used: %s".formatted(target, e.getMessage()), e);
    }
  }
}
