package headroom.load.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import headroom.load.network.TargetUnusableException;
import headroom.load.result.ConnectionStats;
import headroom.load.result.LoadResult;
import headroom.plan.Plan;
import headroom.plan.RateSegment.Steady;
import headroom.plan.Tls;
import headroom.plan.Wire;
import headroom.plan.build.PlanBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 180, unit = TimeUnit.SECONDS)
class TlsTest {
  private static final char[] PASSWORD = "changeit".toCharArray();

  @TempDir private Path folder;
  private HttpsServer server;
  private ExecutorService threads;

  @BeforeEach
  void open() throws Exception {
    keytool(
        "-genkeypair",
        "-alias",
        "a",
        "-keyalg",
        "EC",
        "-dname",
        "CN=localhost",
        "-ext",
        "san=dns:localhost,ip:127.0.0.1",
        "-keystore",
        store(),
        "-storetype",
        "PKCS12",
        "-storepass",
        new String(PASSWORD));
    keytool(
        "-exportcert",
        "-rfc",
        "-alias",
        "a",
        "-keystore",
        store(),
        "-file",
        folder.resolve("ca.pem").toString(),
        "-storepass",
        new String(PASSWORD));
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
    server.setHttpsConfigurator(new HttpsConfigurator(context()));
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            TestServer.reply(exchange, 200, "{}");
          }
        });
    threads = Executors.newCachedThreadPool();
    server.setExecutor(threads);
    server.start();
  }

  @AfterEach
  void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  @Test
  void aTrustedTargetIsLoadedAndItsHandshakesAreMeasured() throws Exception {
    LoadResult result = run(trusting("ca.pem"));
    assertThat(result.stats().steps().getFirst().errors().entries()).isEmpty();
    assertThat(result.stats().sent()).isEqualTo(20);
    assertThat(result.stats().connections().opened()).isPositive();
  }

  @Test
  void sessionsThatAreTakenUpAgainAreToldApart() throws Exception {
    Plan plan =
        PlanBuilder.to("https://localhost:" + server.getAddress().getPort())
            .tls(trusting("ca.pem"))
            .wire(Wire.DEFAULT.withConnectionPerUser())
            .connections(1)
            .journey("look", 1, j -> j.get("/").expect(200))
            .open(new Steady(5, 2))
            .build();
    ConnectionStats connections = run(plan).stats().connections();
    assertThat(connections.opened()).isEqualTo(10);
    assertThat(connections.tcp().count()).isEqualTo(10);
    assertThat(connections.tcp().max()).isLessThan(connections.total().max());
    // With one connection users come one after the other: each finds the session of the one before.
    assertThat(connections.resumedHandshake().count()).isBetween(6L, 10L);
    assertThat(connections.fullHandshake().count())
        .isEqualTo(10 - connections.resumedHandshake().count());
    assertThat(connections.handshake().count()).isEqualTo(10);
  }

  @Test
  void anyCertificateWillDoWhenThePlanSaysSo() throws Exception {
    LoadResult result = run(new Tls(true, Optional.empty(), Optional.empty(), Optional.empty()));
    assertThat(result.stats().errors()).isZero();
    assertThat(result.stats().sent()).isEqualTo(20);
  }

  @Test
  void anUntrustedTargetIsUnusableAndSaysWhy() {
    assertThatThrownBy(() -> run(Tls.DEFAULT))
        .isInstanceOf(TargetUnusableException.class)
        .hasMessageContaining("TLS failed")
        .hasMessageContaining("not trusted");
  }

  @Test
  void filesThatAreNoCertificatesAreRefused() throws Exception {
    Files.writeString(folder.resolve("junk.pem"), "junk");
    assertThatThrownBy(() -> run(trusting("junk.pem")))
        .isInstanceOf(TargetUnusableException.class)
        .hasMessageContaining("TLS settings");
  }

  @Test
  void aPlainTargetBehindHttpsIsUnusable() throws Exception {
    try (var plain = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual()
          .start(() -> {
            try (var socket = plain.accept()) {
              socket
                  .getOutputStream()
                  .write("HTTP/1.1 400 Bad\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            } catch (IOException closed) {
              return;
            }
          });
      assertThatThrownBy(() -> run(plan(plain.getLocalPort(), Tls.DEFAULT)))
          .isInstanceOf(TargetUnusableException.class)
          .hasMessageContaining("TLS failed");
    }
  }

  private Tls trusting(String file) {
    return new Tls(false, Optional.of(folder.resolve(file)), Optional.empty(), Optional.empty());
  }

  private LoadResult run(Tls tls) throws TargetUnusableException {
    return run(plan(server.getAddress().getPort(), tls));
  }

  private static LoadResult run(Plan plan) throws TargetUnusableException {
    LoadOptions options = LoadOptions.seed(1).withoutWarmUp().withDrain(Duration.ofSeconds(60));
    try (LoadRun run = LoadEngine.start(plan, options, LoadListener.none())) {
      return run.await();
    }
  }

  private static Plan plan(int port, Tls tls) {
    return PlanBuilder.to("https://localhost:" + port)
        .tls(tls)
        .journey("look", 1, j -> j.get("/").expect(200))
        .open(new Steady(40, 0.5))
        .build();
  }

  private String store() {
    return folder.resolve("store.p12").toString();
  }

  private SSLContext context() throws GeneralSecurityException, IOException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(Path.of(store()))) {
      keys.load(in, PASSWORD);
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }

  private static void keytool(String... arguments) throws Exception {
    var command = new java.util.ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(java.util.List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
  }
}
