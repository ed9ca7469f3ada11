package headroom.load.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import headroom.load.network.TargetUnusableException;
import headroom.load.result.ErrorKind;
import headroom.load.result.LoadResult;
import headroom.load.result.StepStats;
import headroom.plan.Plan;
import headroom.plan.RateSegment.Steady;
import headroom.plan.Wire;
import headroom.plan.build.PlanBuilder;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Targets that no load test can say much about: each has its answer, and none takes memory. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class BadTargetTest {
  private static final LoadOptions OPTIONS =
      LoadOptions.seed(1).withoutWarmUp().withDrain(Duration.ofSeconds(60));

  @Test
  void aTargetThatClosesEveryConnectionInvalidatesTheRun() throws Exception {
    try (var server = new SocketServer((in, out) -> {})) {
      LoadResult result = run(look(server.url()));
      assertThat(result.isValid()).isFalse();
      assertThat(result.invalidBecause().toString())
          .contains("not one of 20 requests was answered")
          .contains("connection");
    }
  }

  @Test
  void aTargetThatNeverAnswersIsGivenUpAfterTenSeconds() throws Exception {
    try (var server = new SocketServer((in, out) -> {})) {
      Plan plan =
          PlanBuilder.to(server.url())
              .journey("look", 1, j -> j.get("/"))
              .open(new Steady(20, 3_600))
              .build();
      LoadResult result = run(plan);
      assertThat(result.stoppedBecause().orElseThrow()).contains("not one of");
      assertThat(result.generator().elapsedSeconds()).isBetween(10.0, 3_599.0);
      assertThat(result.isValid()).isFalse();
    }
  }

  @Test
  void errorsAloneDoNotPassAPlanWithoutObjectives() throws Exception {
    try (var server = new TestServer().json("/", 500, "{}")) {
      LoadResult result = run(look(server.url()));
      // It was answered, so the run says something; a busy machine may make the generator late.
      assertThat(result.invalidBecause()).allMatch(why -> why.contains("the generator was late"));
      assertThat(result.hasOnlyFailures()).isTrue();
      assertThat(result.hasPassed()).isFalse();
    }
  }

  @Test
  void aRedirectThatNobodyExpectsIsAFailureThatSaysWhatToDo() throws Exception {
    try (var server = redirecting(302, "/", "/home").json("/home", 200, "{}")) {
      StepStats step = run(look(server.url())).stats().steps().getFirst();
      assertThat(step.errors().count(ErrorKind.REDIRECT)).isEqualTo(20);
      assertThat(step.errors().entries().getFirst().samples().keySet().toString())
          .contains("302 to /home")
          .contains("redirects: follow");
      assertThat(server.seen()).hasSize(20);
    }
  }

  @Test
  void anExpectedRedirectIsNoFailureAndIsNotFollowed() throws Exception {
    try (var server = redirecting(302, "/", "/home")) {
      Plan plan =
          PlanBuilder.to(server.url())
              .wire(Wire.DEFAULT.withRedirects(true))
              .journey("look", 1, j -> j.get("/").expect(302))
              .open(new Steady(40, 0.5))
              .build();
      LoadResult result = run(plan);
      assertThat(result.stats().errors()).isZero();
      assertThat(server.seen()).hasSize(20);
    }
  }

  @Test
  void redirectsAreFollowedAsOneStepWhenThePlanSaysSo() throws Exception {
    try (var server =
        new TestServer()
            .on(
                "/login",
                exchange -> {
                  LockSupport.parkNanos(20_000_000);
                  redirect(exchange, 303, "../home?x=1");
                })
            .on(
                "/home",
                exchange -> {
                  LockSupport.parkNanos(20_000_000);
                  TestServer.reply(exchange, 200, "{\"a\":1}");
                })) {
      Plan plan =
          PlanBuilder.to(server.url())
              .wire(Wire.DEFAULT.withRedirects(true))
              .journey(
                  "look",
                  1,
                  j ->
                      j.post("/login")
                          .header("authorization", "Bearer t")
                          .json("{\"user\":\"${user}\"}")
                          .save("a", "$.a"))
              .open(new Steady(40, 0.5))
              .build();
      LoadResult result = run(plan);
      assertThat(result.stats().errors()).isZero();
      assertThat(result.stats().sent()).isEqualTo(40);
      StepStats step = result.stats().steps().getFirst();
      assertThat(step.count()).isEqualTo(20);
      assertThat(step.service().min()).as("both requests").isGreaterThanOrEqualTo(0.04);
      List<TestServer.Seen> homes =
          server.seen().stream().filter(s -> s.path().startsWith("/home")).toList();
      assertThat(homes)
          .hasSize(20)
          .allMatch(s ->
              s.method().equals("GET")
                  && s.path().equals("/home?x=1")
                  && s.authorization().equals("Bearer t")
                  && s.body().isEmpty());
    }
  }

  @Test
  void aRequestIsRepeatedWholeWhereTheAnswerAsksForThat() throws Exception {
    try (var server = redirecting(307, "/old", "/new").json("/new", 200, "{}")) {
      Plan plan =
          following(server, j -> j.post("/old").json("{\"user\":\"${user}\"}"))
              .open(new Steady(40, 0.25))
              .build();
      assertThat(run(plan).stats().errors()).isZero();
      assertThat(server.seen().stream().filter(s -> s.path().equals("/new")))
          .hasSize(10)
          .allMatch(s -> s.method().equals("POST") && s.body().startsWith("{\"user\":\""));
    }
  }

  @Test
  void redirectsInCirclesEnd() throws Exception {
    try (var server = redirecting(302, "/a", "/b")) {
      server.on("/b", exchange -> redirect(exchange, 302, "/a"));
      Plan plan = following(server, j -> j.get("/a")).open(new Steady(20, 0.5)).build();
      StepStats step = run(plan).stats().steps().getFirst();
      assertThat(step.errors().count(ErrorKind.REDIRECT)).isEqualTo(10);
      assertThat(step.errors().entries().getFirst().samples().keySet().toString())
          .contains("more than 10 redirects: in a circle, /b to /a to /b");
      assertThat(server.seen()).hasSize(110);
    }
  }

  @Test
  void aTargetCannotSendLoadToSomebodyElse() throws Exception {
    try (var other = new TestServer().json("/", 200, "{}");
        var server = redirecting(302, "/a", other.url() + "/")) {
      Plan plan = following(server, j -> j.get("/a")).open(new Steady(20, 0.5)).build();
      StepStats step = run(plan).stats().steps().getFirst();
      assertThat(step.errors().entries().getFirst().samples().keySet().toString())
          .contains("another host");
      assertThat(other.seen()).isEmpty();
    }
  }

  @Test
  void anEndlessBodyIsCutAtTheLimit() throws Exception {
    byte[] chunk = new byte[16_384];
    Arrays.fill(chunk, (byte) 'x');
    try (var server =
        new SocketServer((in, out) -> {
          if (SocketServer.readHead(in)) {
            out.write(SocketServer.ascii("HTTP/1.1 200 OK\r\n\r\n"));
            while (true) {
              out.write(chunk);
            }
          }
        })) {
      Plan plan =
          PlanBuilder.to(server.url())
              .journey("look", 1, j -> j.get("/").save("x", "$.x"))
              .open(new Steady(20, 0.5))
              .build();
      LoadResult result = run(plan, OPTIONS.withLimits(100, 100, 1 << 20));
      StepStats step = result.stats().steps().getFirst();
      assertThat(step.errors().count(ErrorKind.TOO_LARGE)).isEqualTo(10);
      assertThat(result.hasOnlyFailures()).isTrue();
      assertThat(result.hasPassed()).isFalse();
    }
  }

  @Test
  void anEndlessHeadIsCutToo() throws Exception {
    try (var server =
        new SocketServer((in, out) -> {
          if (SocketServer.readHead(in)) {
            out.write(SocketServer.ascii("HTTP/1.1 200 OK\r\n"));
            while (true) {
              out.write(SocketServer.ascii("x-more: and more\r\n"));
            }
          }
        })) {
      StepStats step = run(look(server.url())).stats().steps().getFirst();
      assertThat(step.errors().count(ErrorKind.TOO_LARGE)).isEqualTo(20);
    }
  }

  @Test
  void aRateBeyondWhatIsPossibleStillEndsAndIsInvalid() throws Exception {
    try (var server = new TestServer().json("/", 200, "{}")) {
      Plan plan =
          PlanBuilder.to(server.url())
              .connections(2)
              .journey("look", 1, j -> j.get("/"))
              .open(new Steady(1_000_000, 2))
              .build();
      LoadResult result = run(plan, OPTIONS.withLimits(1_000, 2_000, 1_000));
      assertThat(result.stats().arrivals()).isEqualTo(2_000_000);
      assertThat(result.stats().sent() + result.stats().dropped())
          .isBetween(1_998_000L, 2_000_000L);
      // Answers are read while arrivals pour in, not only after the last of them.
      assertThat(result.stats().timeline().between(0, 1).requestsCompleted()).isPositive();
    }
  }

  @Test
  void aNameNobodyKnowsIsRefusedBeforeTheRun() {
    assertThatThrownBy(() -> run(look("http://no-such-host.invalid:80")))
        .isInstanceOf(TargetUnusableException.class)
        .hasMessageContaining("no address is known for no-such-host.invalid");
  }

  private static PlanBuilder following(
      TestServer server, java.util.function.Consumer<headroom.plan.build.JourneyBuilder> steps) {
    return PlanBuilder.to(server.url())
        .wire(Wire.DEFAULT.withRedirects(true))
        .journey("look", 1, steps);
  }

  private static TestServer redirecting(int status, String from, String to) {
    return new TestServer().on(from, exchange -> redirect(exchange, status, to));
  }

  private static void redirect(com.sun.net.httpserver.HttpExchange exchange, int status, String to)
      throws java.io.IOException {
    exchange.getResponseHeaders().add("location", to);
    exchange.sendResponseHeaders(status, -1);
  }

  private static Plan look(String target) {
    return PlanBuilder.to(target)
        .journey("look", 1, j -> j.get("/"))
        .open(new Steady(40, 0.5))
        .build();
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
