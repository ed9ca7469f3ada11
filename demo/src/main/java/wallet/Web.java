package wallet;

import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.http11.Http11NioProtocol;

/** The HTTP server: an embedded Tomcat on the loopback interface. */
final class Web implements AutoCloseable {
  private static final Duration KEEP_ALIVE = Duration.ofMinutes(2);

  private final Tomcat tomcat;
  private final Path folder;

  private Web(Tomcat tomcat, Path folder) {
    this.tomcat = tomcat;
    this.folder = folder;
  }

  /** Serves each endpoint under its path; {@code port} 0 picks a free one. */
  static Web start(int port, int threads, Map<String, Endpoint> endpoints) throws IOException {
    var folder = Files.createTempDirectory("wallet-web");
    var tomcat = new Tomcat();
    tomcat.setBaseDir(folder.toString());
    tomcat.setConnector(connector(port, threads));
    var context = (StandardContext) tomcat.addContext("", folder.toString());
    // There is one application, and it ends with the process: no class loader can leak.
    context.setClearReferencesThreadLocals(false);
    context.setClearReferencesRmiTargets(false);
    context.addServletContainerInitializer(
        (classes, servlets) -> register(endpoints, servlets), null);
    var web = new Web(tomcat, folder);
    try {
      tomcat.start();
    } catch (LifecycleException e) {
      web.close();
      throw new IOException("could not listen on port " + port + ": " + e.getMessage(), e);
    }
    return web;
  }

  private static void register(Map<String, Endpoint> endpoints, ServletContext servlets) {
    endpoints.forEach((path, endpoint) -> {
      var registration = servlets.addServlet(path, endpoint);
      registration.setLoadOnStartup(1);
      registration.addMapping(path);
    });
  }

  private static Connector connector(int port, int threads) {
    var protocol = new Http11NioProtocol();
    protocol.setAddress(InetAddress.getLoopbackAddress());
    protocol.setMaxThreads(threads);
    protocol.setMinSpareThreads(Math.min(10, threads));
    protocol.setMaxKeepAliveRequests(-1);
    protocol.setKeepAliveTimeout((int) KEEP_ALIVE.toMillis());
    var connector = new Connector(protocol);
    connector.setPort(port);
    connector.setThrowOnFailure(true);
    return connector;
  }

  int port() {
    return tomcat.getConnector().getLocalPort();
  }

  @Override
  public void close() throws IOException {
    try {
      tomcat.stop();
      tomcat.destroy();
    } catch (LifecycleException e) {
      throw new IOException("Tomcat did not stop", e);
    } finally {
      deleteTree(folder);
    }
  }

  private static void deleteTree(Path folder) throws IOException {
    try (var paths = Files.walk(folder)) {
      for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
