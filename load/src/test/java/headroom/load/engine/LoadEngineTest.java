package headroom.load.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import headroom.load.network.TargetUnusableException;
import headroom.load.result.ErrorKind;
import headroom.load.result.LoadResult;
import headroom.load.result.StepKey;
import headroom.load.result.StepStats;
import headroom.plan.Plan;
import headroom.plan.RateSegment.Steady;
import headroom.plan.build.PlanBuilder;
import headroom.plan.read.PlanParser;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 180, unit = TimeUnit.SECONDS)
class LoadEngineTest {
  private static final LoadOptions OPTIONS =
      LoadOptions.seed(42).withoutWarmUp().withDrain(Duration.ofSeconds(60));

  @Test
  void everyArrivalOfTheScheduleIsSentAndMeasured() throws Exception {
    try (var server = new TestServer().json("/", 200, "{}")) {
      Plan plan =
          PlanBuilder.to(server.url())
              .journey("look", 1, j -> j.get("/"))
              .open(new Steady(200, 2))
              .p99(Duration.ofSeconds(60))
              .errors(0)
              .build();
      LoadResult result = run(plan);
      assertThat(result.stats().arrivals()).isEqualTo(400);
      assertThat(result.stats().sent()).isEqualTo(400);
      assertThat(result.stats().errors()).isZero();
      assertThat(result.stats().dropped()).isZero();
      StepStats step = result.stats().steps().getFirst();
      assertThat(step.name()).isEqualTo("GET /");
      assertThat(step.response().count()).isEqualTo(400);
      assertThat(step.bodyBytes()).isEqualTo(800);
      assertThat(result.hasPassed()).isTrue();
      assertThat(result.objectives()).extracting(o -> o.name()).containsExactly("p99", "errors");
      assertThat(server.seen()).hasSize(400);
    }
  }

  @Test
  void stateIsCarriedFromStepToStep() throws Exception {
    try (var server =
        new TestServer()
            .on(
                "/login",
                exchange -> {
                  exchange.getResponseHeaders().add("X-Session", "s\"1");
                  TestServer.reply(exchange, 200, "{\"a\":[{\"token\":\"t 1/2\"}]}");
                })
            .json("/balance", 200, "{}")) {
      Plan plan =
          PlanBuilder.to(server.url())
              .journey(
                  "sign-in",
                  1,
                  j ->
                      j.post("/login")
                          .json("{\"user\":\"user-${user}\"}")
                          .save("token", "$.a[0].token")
                          .save("session", new headroom.plan.AnswerValue.HeaderValue("x-session"))
                          .think(Duration.ofMillis(5), Duration.ofMillis(20))
                          .post("/balance/${token}?x=${token}")
                          .header("authorization", "Bearer ${token}")
                          .json("{\"s\":\"${session}\"}"))
              .open(new Steady(20, 1))
              .build();
      LoadResult result = run(plan);
      assertThat(result.stats().errors()).isZero();
      assertThat(result.stats().journeysFinished()).isEqualTo(20);
      List<TestServer.Seen> second =
          server.seen().stream().filter(s -> s.path().startsWith("/balance")).toList();
      assertThat(second)
          .hasSize(20)
          .allMatch(s ->
              s.path().equals("/balance/t%201%2F2?x=t%201%2F2")
                  && s.authorization().equals("Bearer t 1/2")
                  && s.body().equals("{\"s\":\"s\\\"1\"}"));
      assertThat(server.seen().stream().filter(s -> s.path().equals("/login")))
          .extracting(TestServer.Seen::body)
          .contains("{\"user\":\"user-1\"}", "{\"user\":\"user-20\"}")
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void waitingForAConnectionCountsFromTheIntendedStart() throws Exception {
    // One connection and 20 ms of service for an arrival every 10 ms: the queue grows by 10 ms
    // each.
    try (var server =
        new TestServer()
            .on(
                "/",
                exchange -> {
                  LockSupport.parkNanos(20_000_000);
                  TestServer.reply(exchange, 200, "{}");
                })) {
      Plan plan =
          PlanBuilder.to(server.url())
              .journey("look", 1, j -> j.get("/"))
              .connections(1)
              .open(new Steady(100, 0.5))
              .build();
      StepStats step = run(plan).stats().steps().getFirst();
      assertThat(step.count()).isEqualTo(50);
      assertThat(step.service().min()).isGreaterThanOrEqualTo(0.02);
      // The one connection serves one after the other: together no longer than until the last.
      assertThat(step.service().sum()).isLessThanOrEqualTo(0.5 + step.response().max());
      assertThat(step.response().max()).isGreaterThan(0.45);
      assertThat(step.queued().max()).isGreaterThan(0.4);
      assertThat(step.response().sum())
          .isCloseTo(
              step.queued().sum() + step.service().sum(),
              org.assertj.core.api.Assertions.within(1e-6));
    }
  }

  @Test
  void arrivalsBeyondTheQueueAreCountedAsDropped() throws Exception {
    var allCame = new CountDownLatch(1);
    try (var server =
        new TestServer()
            .on(
                "/",
                exchange -> {
                  hold(allCame);
                  TestServer.reply(exchange, 200, "{}");
                })) {
      Plan plan =
          PlanBuilder.to(server.url())
              .journey("look", 1, j -> j.get("/"))
              .connections(1)
              .open(new Steady(100, 0.5))
              .errors(0.01)
              .build();
      LoadOptions options = OPTIONS.withLimits(3, 1_000, 1_000);
      try (LoadRun run = LoadEngine.start(plan, options, LoadListener.none())) {
        while (run.snapshot().arrivals() < 50) {
          LockSupport.parkNanos(1_000_000);
        }
        allCame.countDown();
        LoadResult result = run.await();
        assertThat(result.stats().arrivals()).isEqualTo(50);
        // One is being answered and three wait; or only three, when all came before it connected.
        assertThat(result.stats().sent()).isBetween(3L, 4L);
        assertThat(result.stats().dropped() + result.stats().sent()).isEqualTo(50);
        assertThat(result.hasPassed()).isFalse();
      }
    }
  }

  private static void hold(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void unexpectedStatusesAndMissingValuesEndTheJourneyAndAreCounted() throws Exception {
    try (var server = new TestServer().json("/bad", 500, "{}").json("/empty", 200, "{}")) {
      Plan plan =
          PlanBuilder.to(server.url())
              .journey("bad", 1, j -> j.get("/bad").get("/never"))
              .journey("empty", 1, j -> j.get("/empty").save("x", "$.x").get("/never"))
              .open(new Steady(100, 0.4))
              .build();
      LoadResult result = run(plan);
      assertThat(result.stats().errors()).isEqualTo(40);
      assertThat(result.stats().journeysAborted()).isEqualTo(40);
      StepStats bad = step(result, "GET /bad");
      StepStats empty = step(result, "GET /empty");
      assertThat(bad.errors().count(ErrorKind.STATUS)).isEqualTo(bad.count());
      assertThat(bad.errors().entries().getFirst().samples()).containsKey("status 500");
      assertThat(empty.errors().count(ErrorKind.SAVE)).isEqualTo(empty.count());
      assertThat(step(result, "GET /never").count()).isZero();
    }
  }

  @Test
  void aSilentTargetTimesOut() throws Exception {
    try (var silent = new ServerSocket(0, 100, InetAddress.getLoopbackAddress())) {
      Plan plan =
          PlanBuilder.to("http://127.0.0.1:" + silent.getLocalPort())
              .journey("look", 1, j -> j.get("/"))
              .open(new Steady(20, 0.5))
              .timeout(Duration.ofMillis(200))
              .build();
      LoadResult result = run(plan);
      StepStats step = result.stats().steps().getFirst();
      assertThat(step.errors().count(ErrorKind.TIMEOUT)).isEqualTo(10);
      assertThat(step.response().min()).isGreaterThanOrEqualTo(0.2);
    }
  }

  @Test
  void aTargetThatClosesEveryConnectionIsAnErrorForEveryRequest() throws Exception {
    try (var rude = new ServerSocket(0, 100, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual()
          .start(() -> {
            try {
              while (true) {
                rude.accept().close();
              }
            } catch (IOException closed) {
              return;
            }
          });
      Plan plan =
          PlanBuilder.to("http://127.0.0.1:" + rude.getLocalPort())
              .journey("look", 1, j -> j.get("/"))
              .open(new Steady(50, 0.4))
              .build();
      LoadResult result = run(plan);
      assertThat(result.stats().errors()).isEqualTo(20);
      assertThat(result.stats().dropped()).isZero();
    }
  }

  @Test
  void anUnreachableTargetIsRefusedBeforeTheRun() throws Exception {
    int port;
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Plan plan =
        PlanBuilder.to("http://127.0.0.1:" + port)
            .journey("look", 1, j -> j.get("/"))
            .open(new Steady(1, 1))
            .build();
    assertThatThrownBy(() -> LoadEngine.start(plan, OPTIONS, LoadListener.none()))
        .isInstanceOf(TargetUnusableException.class)
        .hasMessageContaining("port " + port);
  }

  @Test
  void aClosedProfileKeepsItsUsersBusyUntilTheEnd() throws Exception {
    try (var server = new TestServer().json("/", 200, "{}")) {
      Plan plan =
          PlanBuilder.to(server.url())
              .journey("look", 1, j -> j.get("/").think(Duration.ofMillis(20)))
              .closed(4, Duration.ofSeconds(3))
              .build();
      LoadResult result = run(plan);
      // Four users with a pause of 20 ms make at most 200 requests in a second; and they do
      // nothing but wait for answers and pause until it is over.
      assertThat(result.stats().sent()).isBetween(4L, 604L);
      double waited = result.stats().steps().getFirst().response().sum();
      assertThat(waited + 0.02 * result.stats().sent()).isGreaterThan(4 * 3 * 0.99);
      assertThat(result.stats().errors()).isZero();
    }
  }

  @Test
  void theSameSeedMakesTheSameJourneysAndValues() throws Exception {
    assertThat(paths(7)).isEqualTo(paths(7)).isNotEqualTo(paths(8));
  }

  private static List<String> paths(long seed) throws Exception {
    try (var server = new TestServer().json("/", 200, "{}")) {
      Plan plan =
          PlanBuilder.to(server.url())
              .journey("a", 2, j -> j.get("/a/${random}"))
              .journey("b", 1, j -> j.get("/b/${uuid}"))
              .poisson(new Steady(100, 0.3))
              .build();
      run(plan, LoadOptions.seed(seed).withoutWarmUp());
      return server.seen().stream().map(TestServer.Seen::path).sorted().toList();
    }
  }

  @Test
  void loadCanBeAppendedWatchedAndSealedFromOutside() throws Exception {
    try (var server = new TestServer().json("/", 200, "{}")) {
      Plan plan =
          PlanBuilder.to(server.url())
              .journey("look", 1, j -> j.get("/"))
              .open(new Steady(10, 5))
              .build();
      try (LoadRun run = LoadEngine.start(plan, OPTIONS.extendableProfile(), LoadListener.none())) {
        double second = run.append(new Steady(100, 1));
        assertThat(second).isEqualTo(5);
        double third = run.append(new Steady(20, 1));
        run.seal();
        LoadResult result = run.await();
        assertThat(result.stats().sent()).isEqualTo(170);
        assertThat(run.between(0, 5).arrivals()).isEqualTo(50);
        assertThat(run.between(second, third).arrivals()).isEqualTo(100);
        assertThat(run.responses(second, third))
            .hasEntrySatisfying(
                StepKey.of("GET /"), cell -> assertThat(cell.count()).isEqualTo(100));
        assertThat(run.between(third, 8).arrivals()).isEqualTo(20);
      }
    }
  }

  @Test
  void aRunCanBeStoppedAndClosedAtAnyTime() throws Exception {
    try (var server = new TestServer().json("/", 200, "{}")) {
      Plan plan =
          PlanBuilder.to(server.url())
              .journey("look", 1, j -> j.get("/").think(Duration.ofHours(1)).get("/"))
              .open(new Steady(50, 3_600))
              .build();
      LoadRun stopped = LoadEngine.start(plan, OPTIONS, LoadListener.none());
      stopped.stop("enough");
      assertThat(stopped.await().stoppedBecause()).contains("enough");
      stopped.close();
      LoadRun cancelled = LoadEngine.start(plan, OPTIONS, LoadListener.none());
      cancelled.close();
      assertThat(cancelled.isDone()).isTrue();
    }
  }

  @Test
  void aStopRuleEndsTheRunAndFailsIt() throws Exception {
    try (var server = new TestServer().json("/", 500, "{}")) {
      Plan plan =
          PlanBuilder.to(server.url())
              .journey("look", 1, j -> j.get("/"))
              .open(new Steady(50, 600))
              .stop(0.2, Duration.ofSeconds(1))
              .build();
      LoadResult result = run(plan);
      assertThat(result.stoppedBecause()).isPresent();
      assertThat(result.stoppedBecause().get()).contains("100.0 %").contains("20.0 %");
      assertThat(result.hasPassed()).isFalse();
      assertThat(result.stats().arrivals()).as("of 30,000").isLessThan(30_000);
    }
  }

  @Test
  void severalWorkersShareTheArrivals() throws Exception {
    try (var server = new TestServer().json("/", 200, "{}")) {
      Plan plan =
          PlanBuilder.to(server.url())
              .journey("look", 1, j -> j.get("/u/${user}"))
              .open(new Steady(200, 1))
              .build();
      LoadResult result = run(plan, OPTIONS.withWorkers(3));
      assertThat(result.stats().sent()).isEqualTo(200);
      assertThat(server.seen())
          .extracting(TestServer.Seen::path)
          .doesNotHaveDuplicates()
          .contains("/u/1", "/u/200");
    }
  }

  @Test
  void usersBranchRepeatAndGoOnWithOtherJourneys() throws Exception {
    try (var server =
        new TestServer().json("/tier", 200, "{\"tier\":\"gold\"}").json("/", 200, "{}")) {
      Plan plan =
          PlanParser.parse(
              """
              target: %s
              journeys:
                start:
                  - get: /tier
                    save: { tier: $.tier }
                  - if: { tier: gold }
                    then: [ get: /gold ]
                    else: [ get: /lead ]
                  - if: { tier: lead }
                    then: [ get: /never ]
                  - repeat: 2..3
                    steps:
                      - get: /loop
                      - repeat: 2
                        steps: [ get: /inner ]
                  - repeat: 0
                    steps: [ get: /never ]
                  - choose:
                      - { share: 75, steps: [ get: /often ] }
                      - { share: 25, steps: [ get: /seldom ] }
                  - continue: after
                  - get: /never
                after:
                  - get: /end/${tier}/${user}
              mix: { start: 1 }
              profile: [ steady: { rate: 100/s, for: 2s } ]
              """
                  .formatted(server.url()));
      LoadResult result = run(plan);
      assertThat(result.stats().errors()).isZero();
      assertThat(result.stats().journeysFinished()).isEqualTo(200);
      assertThat(step(result, "GET /gold").count()).isEqualTo(200);
      assertThat(step(result, "GET /lead").count()).isZero();
      assertThat(step(result, "GET /never").count()).isZero();
      long loops = step(result, "GET /loop").count();
      assertThat(loops).isBetween(440L, 560L);
      assertThat(step(result, "GET /inner").count()).isEqualTo(2 * loops);
      long often = step(result, "GET /often").count();
      assertThat(often).isBetween(120L, 180L);
      assertThat(step(result, "GET /seldom").count()).isEqualTo(200 - often);
      assertThat(server.seen()).extracting(TestServer.Seen::path).contains("/end/gold/200");
    }
  }

  @Test
  void everyUserGetsARowOfDataAndACookie(@TempDir Path folder) throws Exception {
    Files.writeString(folder.resolve("users.csv"), "name,pin\nann,1\n\"b,ob\",2\n");
    Files.writeString(folder.resolve("cards.json"), "[{\"id\":7},{\"id\":8}]");
    try (var server =
        new TestServer()
            .on(
                "/login",
                exchange -> {
                  exchange.getResponseHeaders().add("Set-Cookie", "other=1");
                  exchange.getResponseHeaders().add("Set-Cookie", "sid=abc; Path=/; HttpOnly");
                  TestServer.reply(exchange, 200, "{}");
                })
            .json("/", 200, "{}")) {
      Plan plan =
          PlanParser.parse(
              """
              target: %s
              feeders:
                users: { file: users.csv, order: circular }
                cards: { file: cards.json, order: random }
              journeys:
                look:
                  - post: /login
                    form: { name: "${users.name}", pin: "${users.pin}" }
                    save: { sid: { cookie: sid } }
                  - get: /cards/${cards.id}
                    headers: { authorization: "${sid}" }
              profile: [ steady: { rate: 40/s, for: 1s } ]
              """
                  .formatted(server.url()),
              folder);
      assertThat(run(plan).stats().errors()).isZero();
      assertThat(server.seen().stream().map(TestServer.Seen::body).filter(b -> !b.isEmpty()))
          .hasSize(40)
          .containsOnly("name=ann&pin=1", "name=b%2Cob&pin=2");
      assertThat(server.seen().stream().filter(s -> s.path().startsWith("/cards")))
          .extracting(TestServer.Seen::path)
          .contains("/cards/7", "/cards/8");
      assertThat(server.seen().stream().filter(s -> s.path().startsWith("/cards")))
          .allMatch(s -> s.authorization().equals("abc"));
    }
  }

  private static StepStats step(LoadResult result, String name) {
    return result.stats().steps().stream().filter(s -> s.name().equals(name)).findFirst().get();
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
