package headroom.load.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.TlsKeyPair;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServiceRequestContext;
import headroom.load.network.TargetUnusableException;
import headroom.load.result.ErrorKind;
import headroom.load.result.LoadResult;
import headroom.load.result.StepStats;
import headroom.plan.AnswerValue;
import headroom.plan.Plan;
import headroom.plan.RateSegment.Steady;
import headroom.plan.Tls;
import headroom.plan.Wire;
import headroom.plan.build.PlanBuilder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Requests over HTTP/2, against Armeria. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class Http2Test {
  private static final Wire SECOND = Wire.DEFAULT.withHttp(Wire.Http.TWO);
  private static final LoadOptions OPTIONS =
      LoadOptions.seed(1).withoutWarmUp().withDrain(Duration.ofSeconds(60));

  private final Set<Integer> connections = ConcurrentHashMap.newKeySet();
  private final List<String> seen = new CopyOnWriteArrayList<>();
  private final AtomicInteger underWay = new AtomicInteger();
  private final AtomicInteger mostUnderWay = new AtomicInteger();

  private void note(ServiceRequestContext context, String body) {
    connections.add(context.remoteAddress().getPort());
    seen.add(
        "%s %s %s %s".formatted(context.sessionProtocol(), context.method(), context.path(), body));
  }

  /** The service of all tests; /slow takes 100 ms. */
  private ServerBuilder service(ServerBuilder builder) {
    return builder
        .service(
            "/slow",
            (context, request) -> {
              mostUnderWay.accumulateAndGet(underWay.incrementAndGet(), Math::max);
              note(context, "");
              var answer = HttpResponse.delayed(HttpResponse.of(200), Duration.ofMillis(100));
              var unused = answer.whenComplete().thenRun(underWay::decrementAndGet);
              return answer;
            })
        .service("/never", (context, request) -> HttpResponse.streaming())
        .service("/moved", (context, request) -> HttpResponse.ofRedirect(HttpStatus.FOUND, "/echo"))
        .service(
            "/large",
            (context, request) ->
                HttpResponse.of(ResponseHeaders.of(200), HttpData.wrap(new byte[3_000_000])))
        .service(
            "/echo",
            (context, request) ->
                HttpResponse.of(
                    request
                        .aggregate()
                        .thenApply(whole -> {
                          note(
                              context,
                              whole.contentUtf8()
                                  + " "
                                  + whole.headers().get(HttpHeaderNames.AUTHORIZATION));
                          return HttpResponse.of(
                              ResponseHeaders.builder(200)
                                  .contentType(MediaType.JSON)
                                  .add("x-session", "s-" + whole.contentUtf8().length())
                                  .build(),
                              HttpData.ofUtf8("{\"id\":7}"));
                        })));
  }

  private Server plain(java.util.function.UnaryOperator<ServerBuilder> settings) {
    Server server =
        settings
            .apply(
                service(
                    Server.builder()
                        .http(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))))
            .build();
    server.start().join();
    return server;
  }

  private static String url(Server server) {
    return "http://127.0.0.1:" + server.activeLocalPort();
  }

  @Test
  void manyRequestsShareOneConnection() throws Exception {
    try (Server server = plain(builder -> builder)) {
      Plan plan =
          PlanBuilder.to(url(server))
              .wire(SECOND)
              .journey("look", 1, j -> j.get("/slow").expect(200))
              .open(new Steady(200, 1))
              .build();
      LoadResult result = run(plan);
      assertThat(result.stats().errors()).isZero();
      assertThat(result.stats().sent()).isEqualTo(200);
      assertThat(connections).hasSize(1);
      assertThat(mostUnderWay.get()).as("at once").isGreaterThan(1);
      assertThat(seen).allMatch(line -> line.startsWith("h2c GET /slow"));
      assertThat(result.stats().steps().getFirst().service().min()).isGreaterThan(0.1);
      assertThat(result.stats().connections().sentBytes()).isPositive();
      assertThat(result.stats().connections().receivedBytes()).isPositive();
    }
  }

  @Test
  void theTargetsLimitOfStreamsIsKeptAndWaitingCounts() throws Exception {
    try (Server server = plain(builder -> builder.http2MaxStreamsPerConnection(5))) {
      Plan plan =
          PlanBuilder.to(url(server))
              .wire(SECOND)
              .connections(2)
              .journey("look", 1, j -> j.get("/slow").expect(200))
              .open(new Steady(200, 0.5))
              .build();
      LoadResult result = run(plan);
      StepStats step = result.stats().steps().getFirst();
      assertThat(step.errors().entries()).isEmpty();
      assertThat(step.count()).isEqualTo(100);
      assertThat(connections).hasSize(2);
      assertThat(mostUnderWay.get()).isBetween(6, 10);
      // 100 requests by tens of 100 ms take a second, twice as long as they took to arrive.
      assertThat(step.queued().max()).isGreaterThan(0.3);
      assertThat(step.response().max()).isGreaterThan(0.4);
    }
  }

  @Test
  void withoutACapConnectionsAreAddedWhenStreamsRunOut() throws Exception {
    try (Server server = plain(builder -> builder.http2MaxStreamsPerConnection(5))) {
      Plan plan =
          PlanBuilder.to(url(server))
              .wire(SECOND)
              .journey("look", 1, j -> j.get("/slow").expect(200))
              .open(new Steady(200, 0.5))
              .build();
      LoadResult result = run(plan);
      assertThat(result.stats().errors()).isZero();
      assertThat(connections.size()).isGreaterThan(2);
    }
  }

  @Test
  void bodiesHeadersAndStateAreCarried() throws Exception {
    try (Server server = plain(builder -> builder)) {
      Plan plan =
          PlanBuilder.to(url(server))
              .wire(SECOND.withRedirects(true))
              .journey(
                  "write",
                  1,
                  j ->
                      j.post("/echo")
                          .header("Authorization", "Bearer ${user}")
                          .json("{\"user\":\"${user}\"}")
                          .save("id", "$.id")
                          .save("session", new AnswerValue.HeaderValue("x-session"))
                          .post("/echo?id=${id}")
                          .json("{\"session\":\"${session}\"}")
                          .get("/moved"))
              .open(new Steady(20, 0.5))
              .build();
      LoadResult result = run(plan);
      assertThat(result.stats().errors()).as(seen.toString()).isZero();
      assertThat(seen)
          .contains(
              "h2c POST /echo {\"user\":\"1\"} Bearer 1",
              "h2c POST /echo {\"session\":\"s-12\"} null",
              "h2c GET /echo  null");
    }
  }

  @Test
  void overTlsTheProtocolIsAgreedOn(@TempDir Path folder) throws Exception {
    var certificates = new Certificates(folder).sign("good", "dns:localhost");
    Server server =
        service(
                Server.builder()
                    .https(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                    .tls(
                        TlsKeyPair.of(
                            certificates.key("good").toFile(),
                            certificates.chain("good").toFile())))
            .build();
    server.start().join();
    try (server) {
      Plan plan =
          PlanBuilder.to("https://localhost:" + server.activeLocalPort())
              .wire(SECOND)
              .tls(
                  new Tls(
                      false,
                      Optional.of(certificates.chain("authority")),
                      Optional.empty(),
                      Optional.empty()))
              .journey("look", 1, j -> j.get("/slow").expect(200))
              .open(new Steady(40, 0.5))
              .build();
      LoadResult result = run(plan);
      assertThat(result.stats().errors()).isZero();
      assertThat(seen).hasSize(20).allMatch(line -> line.startsWith("h2 GET /slow"));
      assertThat(result.stats().connections().handshake().count()).isEqualTo(1);
    }
  }

  @Test
  void oneSlowOrLongAnswerDoesNotEndTheOthers() throws Exception {
    Duration patience = Duration.ofMinutes(1);
    try (Server server = plain(builder -> builder.connectionDrainDuration(patience))) {
      Plan plan =
          PlanBuilder.to(url(server))
              .wire(SECOND)
              .journey("look", 2, j -> j.get("/slow").expect(200))
              .journey("never", 1, j -> j.get("/never").timeout(Duration.ofSeconds(1)))
              .journey("large", 1, j -> j.get("/large"))
              .open(new Steady(80, 1))
              .build();
      LoadResult result = run(plan, OPTIONS.withLimits(100, 1_000, 1 << 20));
      for (StepStats step : result.stats().steps()) {
        switch (step.name()) {
          case "GET /slow" -> assertThat(step.errors().entries()).isEmpty();
          case "GET /never" ->
              assertThat(step.errors().count(ErrorKind.TIMEOUT)).isEqualTo(step.count());
          default -> assertThat(step.errors().count(ErrorKind.TOO_LARGE)).isEqualTo(step.count());
        }
        assertThat(step.count()).isPositive();
      }
      // The server ends a connection in good order after an answer was given up: nothing is lost.
      assertThat(connections).isNotEmpty();
    }
  }

  @Test
  void aConnectionThatTheTargetEndsIsReplaced() throws Exception {
    try (Server server = plain(builder -> builder.maxConnectionAge(Duration.ofSeconds(1)))) {
      Plan plan =
          PlanBuilder.to(url(server))
              .wire(SECOND)
              .journey("look", 1, j -> j.get("/slow").expect(200))
              .open(new Steady(40, 3))
              .build();
      LoadResult result = run(plan);
      assertThat(result.stats().steps().getFirst().errors().entries()).isEmpty();
      assertThat(connections.size()).isGreaterThanOrEqualTo(2);
    }
  }

  @Test
  void aTargetThatSpeaksOnlyHttp1SaysSo() throws Exception {
    try (var server = new TestServer().json("/", 200, "{}")) {
      Plan plan =
          PlanBuilder.to(server.url())
              .wire(SECOND)
              .journey("look", 1, j -> j.get("/"))
              .open(new Steady(20, 0.5))
              .build();
      LoadResult result = run(plan);
      assertThat(result.isValid()).isFalse();
      assertThat(result.stats().steps().getFirst().errors().entries().getFirst().samples().keySet())
          .first()
          .asString()
          .contains("no HTTP/2");
    }
  }

  private static LoadResult run(Plan plan) throws TargetUnusableException {
    return run(plan, OPTIONS);
  }

  private static LoadResult run(Plan plan, LoadOptions options) throws TargetUnusableException {
    try (LoadRun run = LoadEngine.start(plan, options, LoadListener.none())) {
      return run.await();
    }
  }
}
