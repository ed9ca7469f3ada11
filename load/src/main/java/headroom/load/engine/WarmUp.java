package headroom.load.engine;

import headroom.load.network.TargetUnusableException;
import headroom.plan.Plan;
import headroom.plan.RateSegment.Steady;
import headroom.plan.build.PlanBuilder;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the engine against a stub in its own process, so that no code is cold when the first user
 * arrives: the first requests of a fresh JVM take a hundred times as long as later ones, and would
 * be booked on the target.
 */
final class WarmUp {
  private static final Logger log = LoggerFactory.getLogger(WarmUp.class);
  private static final Duration CLOSED = Duration.ofMillis(400);
  private static final double OPEN_SECONDS = 0.2;
  private static final double OPEN_PER_SECOND = 2_000;
  private static final AtomicBoolean done = new AtomicBoolean();

  private WarmUp() {}

  /** Does it, once in the life of the JVM. */
  static void run() {
    if (done.getAndSet(true)) {
      return;
    }
    try (var stub = new StubServer()) {
      LoadOptions options = LoadOptions.seed(1).withoutWarmUp().withDrain(Duration.ofMillis(200));
      run(plan(stub).closed(8, CLOSED).build(), options);
      run(plan(stub).open(new Steady(OPEN_PER_SECOND, OPEN_SECONDS)).build(), options);
    } catch (TargetUnusableException e) {
      log.warn("the load engine could not warm up; the first latencies may be its own", e);
    }
  }

  private static void run(Plan plan, LoadOptions options) throws TargetUnusableException {
    try (LoadRun run = LoadEngine.start(plan, options, LoadListener.none())) {
      run.await();
    }
  }

  /** A bit of everything that users do. */
  private static PlanBuilder plan(StubServer stub) {
    return PlanBuilder.to("http://127.0.0.1:" + stub.port())
        .journey(
            "warm-up",
            1,
            j ->
                j.post("/login")
                    .json("{\"user\":\"user-${user}\",\"id\":\"${uuid}\"}")
                    .expect(200)
                    .save("token", "$.token")
                    .think(Duration.ofMillis(1), Duration.ofMillis(2))
                    .get("/balance/${random}")
                    .header("authorization", "Bearer ${token}")
                    .get("/"));
  }
}
