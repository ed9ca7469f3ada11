package headroom.load.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import headroom.load.result.AttemptStats;
import headroom.load.result.ErrorKind;
import headroom.load.result.LoadResult;
import headroom.load.result.StepStats;
import headroom.plan.Plan;
import headroom.plan.RateSegment.Steady;
import headroom.plan.Retry;
import headroom.plan.StatusRange;
import headroom.plan.build.PlanBuilder;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A client that sends again what has failed, against servers that fail as told. */
@Timeout(180)
class RetryTest {
  private static final LoadOptions OPTIONS =
      LoadOptions.seed(3).withoutWarmUp().withDrain(Duration.ofSeconds(60));
  private static final Retry AT_ONCE = Retry.DEFAULT.withBackoff(Duration.ZERO, Duration.ZERO);

  /** Answers the first attempts of every user with a status, and only then as it should. */
  private static TestServer failing(int first, int status) {
    Map<String, AtomicInteger> seen = new ConcurrentHashMap<>();
    return new TestServer()
        .on(
            "/",
            exchange -> {
              String user = exchange.getRequestURI().getPath();
              int attempt = seen.computeIfAbsent(user, u -> new AtomicInteger()).incrementAndGet();
              TestServer.reply(exchange, attempt <= first ? status : 200, "{\"n\":1}");
            });
  }

  private static LoadResult run(String url, Retry retry, int users) throws Exception {
    return run(
        PlanBuilder.to(url)
            .journey("buy", 1, j -> j.post("/${user}").named("buy").retry(retry).save("n", "$.n"))
            .open(new Steady(users, 1))
            .build());
  }

  private static LoadResult run(Plan plan) throws Exception {
    try (LoadRun run = LoadEngine.start(plan, OPTIONS, LoadListener.none())) {
      return run.await();
    }
  }

  private static AttemptStats attempts(LoadResult result) {
    return result.stats().steps().getFirst().retries().orElseThrow();
  }

  @Test
  void whatFailsTwiceIsSavedByTheThirdAttempt() throws Exception {
    try (var server = failing(2, 503)) {
      Retry fixed = Retry.DEFAULT.withBackoff(Duration.ofMillis(40), Duration.ofMillis(40));
      LoadResult result = run(server.url(), fixed, 20);

      StepStats step = result.stats().steps().getFirst();
      assertThat(step.count()).isEqualTo(20);
      assertThat(step.failed()).isZero();
      assertThat(result.stats().journeysFinished()).isEqualTo(20);
      assertThat(result.stats().sent()).isEqualTo(60);
      assertThat(server.seen()).hasSize(60);
      // From the intended start to the end of the last attempt, the pauses between included.
      assertThat(step.response().min()).isGreaterThanOrEqualTo(0.08);
      assertThat(step.response().sum())
          .isCloseTo(step.queued().sum() + step.service().sum(), within(1e-6));
      AttemptStats attempts = attempts(result);
      assertThat(attempts.requests()).isEqualTo(20);
      assertThat(attempts.attempts()).isEqualTo(60);
      assertThat(attempts.retries()).isEqualTo(40);
      assertThat(attempts.recovered()).isEqualTo(20);
      assertThat(attempts.perRequest()).isEqualTo(3);
      assertThat(attempts.goodput()).isCloseTo(1.0 / 3, within(1e-12));
      assertThat(attempts.times().quantile(0.5).orElseThrow())
          .isLessThan(step.response().quantile(0.5).orElseThrow());
    }
  }

  @Test
  void whatFailsMoreOftenThanThatFails() throws Exception {
    try (var server = failing(3, 503)) {
      LoadResult result = run(server.url(), AT_ONCE, 20);
      StepStats step = result.stats().steps().getFirst();
      // A request fails once, however many attempts it took.
      assertThat(step.count()).isEqualTo(20);
      assertThat(step.errors().count(ErrorKind.STATUS)).isEqualTo(20);
      assertThat(result.stats().journeysAborted()).isEqualTo(20);
      assertThat(attempts(result).attempts()).isEqualTo(60);
      assertThat(attempts(result).recovered()).isZero();
      assertThat(attempts(result).goodput()).isZero();
    }
  }

  @Test
  void onlyWhatIsAskedForIsSentAgain() throws Exception {
    try (var server = failing(1, 404)) {
      LoadResult result = run(server.url(), AT_ONCE, 10);
      assertThat(server.seen()).hasSize(10);
      assertThat(result.stats().errors()).isEqualTo(10);
    }
    try (var server = failing(1, 429)) {
      Retry busy = AT_ONCE.on(List.of(new StatusRange(429, 429)), Set.of());
      LoadResult result = run(server.url(), busy, 10);
      assertThat(server.seen()).hasSize(20);
      assertThat(result.stats().errors()).isZero();
    }
  }

  @Test
  void aStepMayDoWithoutThePlansRetries() throws Exception {
    try (var server = failing(1, 503)) {
      Plan plan =
          PlanBuilder.to(server.url())
              .retry(AT_ONCE)
              .journey("again", 1, j -> j.get("/a${user}"))
              .journey("once", 1, j -> j.get("/b${user}").named("once").retry(Retry.NONE))
              .open(new Steady(40, 1))
              .build();
      List<StepStats> steps = run(plan).stats().steps();
      assertThat(steps.getFirst().failed()).isZero();
      assertThat(steps.getFirst().retries()).isPresent();
      assertThat(steps.getLast().failed()).isEqualTo(steps.getLast().count());
      assertThat(steps.getLast().retries()).isEmpty();
    }
  }

  @Test
  void aBudgetKeepsRetriesFromMultiplyingTheLoad() throws Exception {
    try (var server = failing(Integer.MAX_VALUE, 503)) {
      LoadResult naive = run(server.url(), AT_ONCE, 200);
      assertThat(attempts(naive).perRequest()).isEqualTo(3);
      int before = server.seen().size();

      LoadResult careful = run(server.url(), AT_ONCE.withBudget(0.1), 200);
      AttemptStats attempts = attempts(careful);
      // The reserve, and a tenth of the requests that begin while some of it is spent.
      assertThat(attempts.retries()).isBetween(10L, 30L);
      assertThat(attempts.attempts()).isEqualTo(200 + attempts.retries());
      assertThat(attempts.refused()).isBetween(170L, 200L);
      assertThat(server.seen().size() - before).isEqualTo(attempts.attempts());
    }
  }

  @Test
  void mostThatAnOverloadedServerIsSentIsInVainWithoutABudget() throws Exception {
    double naive = useful(AT_ONCE.withAttempts(5));
    double careful = useful(AT_ONCE.withAttempts(5).withBudget(0.1));
    assertThat(naive).isCloseTo(100.0 / (100 + 5 * 200), within(1e-12));
    // A tenth of the requests is tried again, and the reserve.
    assertThat(careful).isGreaterThan(3 * naive);
  }

  /** The useful share of the attempts, where two thirds of the requests are too many. */
  private static double useful(Retry retry) throws Exception {
    try (var server =
        new TestServer()
            .on(
                "/",
                exchange -> {
                  String user = exchange.getRequestURI().getPath().substring(1);
                  boolean served = Integer.parseInt(user) % 3 == 0;
                  TestServer.reply(exchange, served ? 200 : 503, "{\"n\":1}");
                })) {
      return attempts(run(server.url(), retry, 300)).goodput();
    }
  }

  @Test
  void timeoutsAreTriedAgain() throws Exception {
    Set<String> seen = ConcurrentHashMap.newKeySet();
    var over = new CountDownLatch(1);
    try (var server =
        new TestServer()
            .on(
                "/",
                exchange -> {
                  if (seen.add(exchange.getRequestURI().getPath())) {
                    hold(over);
                  }
                  TestServer.reply(exchange, 200, "{}");
                })) {
      Plan plan =
          PlanBuilder.to(server.url())
              .retry(AT_ONCE)
              .timeout(Duration.ofSeconds(3))
              .journey("look", 1, j -> j.get("/${user}").named("look"))
              .open(new Steady(10, 1))
              .build();
      LoadResult result = run(plan);
      over.countDown();
      assertThat(result.stats().errors()).isZero();
      StepStats step = result.stats().steps().getFirst();
      assertThat(step.response().min()).isGreaterThanOrEqualTo(3);
      assertThat(attempts(result).recovered()).isEqualTo(10);
      assertThat(attempts(result).times().errors()).isEqualTo(10);
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
  void connectionsThatAreRefusedAreTriedAgain() throws Exception {
    var closing = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    Plan plan =
        PlanBuilder.to("http://127.0.0.1:" + closing.getLocalPort())
            .retry(AT_ONCE)
            .journey("look", 1, j -> j.get("/"))
            .open(new Steady(0, 2), new Steady(20, 0.5))
            .build();
    try (LoadRun run = LoadEngine.start(plan, OPTIONS, LoadListener.none())) {
      closing.close();
      LoadResult result = run.await();
      StepStats step = result.stats().steps().getFirst();
      assertThat(step.count()).isEqualTo(10);
      assertThat(step.errors().count(ErrorKind.CONNECT)).isEqualTo(10);
      assertThat(attempts(result).attempts()).isEqualTo(30);
      assertThat(result.stats().sent()).isZero();
    }
  }

  @Test
  void aRunThatIsStoppedWaitsForNoRetry() throws Exception {
    try (var server = failing(Integer.MAX_VALUE, 503)) {
      Retry slow = Retry.DEFAULT.withBackoff(Duration.ofMinutes(5), Duration.ofMinutes(5));
      Plan plan =
          PlanBuilder.to(server.url())
              .journey("look", 1, j -> j.get("/${user}").named("look").retry(slow))
              .open(new Steady(20, 0.5))
              .build();
      LoadOptions short_ = OPTIONS.withDrain(Duration.ofSeconds(3));
      try (LoadRun run = LoadEngine.start(plan, short_, LoadListener.none())) {
        LoadResult result = run.await();
        StepStats step = result.stats().steps().getFirst();
        // The one attempt of each is what came of it.
        assertThat(step.count()).isEqualTo(10);
        assertThat(step.errors().count(ErrorKind.STATUS)).isEqualTo(10);
        assertThat(step.response().max()).as("without the pause").isLessThan(300);
        assertThat(result.stats().journeysUnfinished()).isEqualTo(10);
      }
    }
  }

  @Test
  void backoffDoublesUpToItsEndAndIsDrawnEvenly() {
    var backoff = new Retry.Backoff(Duration.ofMillis(100), Duration.ofSeconds(1));
    assertThat(backoff.nanos(1, 1)).isEqualTo(100_000_000);
    assertThat(backoff.nanos(2, 1)).isEqualTo(200_000_000);
    assertThat(backoff.nanos(4, 0.5)).isEqualTo(400_000_000);
    assertThat(backoff.nanos(5, 1)).isEqualTo(1_000_000_000);
    assertThat(backoff.nanos(20, 0)).isZero();
    var fixed = new Retry.Backoff(Duration.ofMillis(30), Duration.ofMillis(30));
    assertThat(fixed.nanos(3, 0.1)).isEqualTo(30_000_000);
  }
}
