package headroom.load.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import headroom.load.network.TargetUnusableException;
import headroom.load.protocol.http.Caller;
import headroom.load.result.LoadResult;
import headroom.plan.Plan;
import headroom.plan.RateSegment.Steady;
import headroom.plan.Step;
import headroom.plan.Tls;
import headroom.plan.Wire;
import headroom.plan.build.PlanBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Each way in which TLS can fail has an answer that names the reason. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class TlsTroubleTest {
  @TempDir private static Path folder;
  private static Certificates certificates;
  private static Tls trusting;

  @BeforeAll
  static void make() {
    certificates =
        new Certificates(folder)
            .sign("good", "dns:localhost")
            .sign("expired", "dns:localhost", "-20d", "10")
            .sign("early", "dns:localhost", "+5d", "10")
            .sign("other", "dns:somebody.example")
            .sign("client", "dns:client");
    trusting =
        new Tls(
            false,
            Optional.of(certificates.chain("authority")),
            Optional.empty(),
            Optional.empty());
  }

  @Test
  void whatTheAuthoritySignedIsTrusted() throws Exception {
    try (var server = new SecureServer("good", false)) {
      LoadResult result = run(server, trusting);
      assertThat(result.stats().steps().getFirst().errors().entries()).isEmpty();
      assertThat(result.stats().connections().handshake().count()).isPositive();
      assertThat(result.stats().connections().handshake().max())
          .isPositive()
          .isLessThanOrEqualTo(result.stats().connections().total().max());
    }
  }

  @Test
  void anUntrustedCertificate() throws Exception {
    unusable("good", Tls.DEFAULT, "not trusted");
  }

  @Test
  void anExpiredCertificate() throws Exception {
    unusable("expired", trusting, "has expired");
  }

  @Test
  void aCertificateOfTomorrow() throws Exception {
    unusable("early", trusting, "not valid yet");
  }

  @Test
  void aCertificateOfSomebodyElse() throws Exception {
    unusable("other", trusting, "for another host");
  }

  @Test
  void aTargetThatOffersNoHttp2() throws Exception {
    try (var server = new SecureServer("good", false)) {
      Plan plan = plan(server, trusting, Wire.DEFAULT.withHttp(Wire.Http.TWO));
      assertThatThrownBy(() -> run(plan))
          .isInstanceOf(TargetUnusableException.class)
          .hasMessageContaining("does not offer h2");
    }
  }

  @Test
  void aTargetThatWantsToKnowUsKnowsUs() throws Exception {
    try (var server = new SecureServer("good", true)) {
      var known =
          new Tls(
              false,
              trusting.authority(),
              Optional.of(certificates.chain("client")),
              Optional.of(certificates.key("client")));
      LoadResult result = run(server, known);
      assertThat(result.stats().errors()).isZero();
      assertThat(result.stats().sent()).isEqualTo(20);
      // A probe beside the load shows the same certificate.
      Plan plan = plan(server, known, Wire.DEFAULT);
      try (var caller = new Caller(plan)) {
        var step = (Step.Request) plan.journeys().getFirst().steps().getFirst();
        assertThat(caller.send(caller.prepare(step, caller.user(1, 1))).problem()).isEmpty();
      }
    }
  }

  @Test
  void aTargetThatWantsToKnowUsRefusesStrangers() throws Exception {
    try (var server = new SecureServer("good", true)) {
      // With TLS 1.3 the refusal comes after our side of the handshake is done.
      LoadResult result = run(server, trusting);
      assertThat(result.isValid()).isFalse();
      assertThat(
              result.stats().steps().getFirst().errors().entries().stream()
                  .flatMap(entry -> entry.samples().keySet().stream())
                  .toList()
                  .toString())
          .contains("certificate");
    }
  }

  private static void unusable(String alias, Tls tls, String reason) throws Exception {
    try (var server = new SecureServer(alias, false)) {
      assertThatThrownBy(() -> run(server, tls))
          .isInstanceOf(TargetUnusableException.class)
          .hasMessageContaining("TLS failed")
          .hasMessageContaining(reason);
    }
  }

  private static LoadResult run(SecureServer server, Tls tls) throws TargetUnusableException {
    return run(plan(server, tls, Wire.DEFAULT));
  }

  private static Plan plan(SecureServer server, Tls tls, Wire wire) {
    return PlanBuilder.to("https://localhost:" + server.server.getAddress().getPort())
        .tls(tls)
        .wire(wire)
        .journey("look", 1, j -> j.get("/").expect(200))
        .open(new Steady(40, 0.5))
        .build();
  }

  private static LoadResult run(Plan plan) throws TargetUnusableException {
    LoadOptions options = LoadOptions.seed(1).withoutWarmUp().withDrain(Duration.ofSeconds(60));
    try (LoadRun run = LoadEngine.start(plan, options, LoadListener.none())) {
      return run.await();
    }
  }

  private static final class SecureServer implements AutoCloseable {
    private final HttpsServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    SecureServer(String alias, boolean wantsToKnow) throws IOException {
      server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
      server.setHttpsConfigurator(
          new HttpsConfigurator(certificates.server(alias)) {
            @Override
            public void configure(HttpsParameters parameters) {
              SSLParameters settings = getSSLContext().getDefaultSSLParameters();
              settings.setNeedClientAuth(wantsToKnow);
              parameters.setSSLParameters(settings);
            }
          });
      server.createContext(
          "/",
          exchange -> {
            try (exchange) {
              TestServer.reply(exchange, 200, "{}");
            }
          });
      server.setExecutor(threads);
      server.start();
    }

    @Override
    public void close() {
      server.stop(0);
      threads.shutdownNow();
    }
  }
}
