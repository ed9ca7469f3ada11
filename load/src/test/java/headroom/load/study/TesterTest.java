package headroom.load.study;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import headroom.load.engine.LiveSnapshot;
import headroom.load.engine.LoadOptions;
import headroom.load.report.ResultJson;
import headroom.load.report.Summary;
import headroom.load.study.capacity.CapacityResult;
import headroom.load.study.interference.Interference;
import headroom.plan.Plan;
import headroom.plan.RateSegment.Steady;
import headroom.plan.Study;
import headroom.plan.build.PlanBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Begun first, for it takes longest. */
@Order(1)
@Execution(ExecutionMode.CONCURRENT)
@Timeout(180)
class TesterTest {
  private static final LoadOptions OPTIONS =
      LoadOptions.seed(1).withoutWarmUp().withDrain(Duration.ofSeconds(60));

  @Test
  void theCapacityOfAStationIsFound() throws Exception {
    // Eight clerks, 200 ms each: forty a second, and not one more on any machine.
    try (var office = new Office(8, Duration.ofMillis(200))) {
      Plan plan =
          PlanBuilder.to(office.url())
              .journey("ask", 1, j -> j.get("/"))
              .capacity(new Study.Capacity(10, 200, 5, 8, 0.5, OptionalDouble.of(10)))
              .p99(Duration.ofSeconds(2))
              .stop(0.01, Duration.ofSeconds(1))
              .build();
      var news = new Listening();
      TestOutcome outcome = Tester.run(plan, OPTIONS, news);
      CapacityResult found = ((StudyResult.Capacity) outcome.studies().getFirst()).found();
      assertThat(found.capacityPerSecond().orElseThrow()).isBetween(10.0, 41.0);
      assertThat(found.breaksAtPerSecond().orElseThrow())
          .isBetween(found.capacityPerSecond().orElseThrow(), 81.0);
      assertThat(outcome.hasPassed()).isTrue();
      assertThat(outcome.run().stoppedBecause()).isEmpty();
      assertThat(news.lines).hasSameSizeAs(found.plateaus());
      assertThat(news.parts).hasSameSizeAs(found.plateaus());
      Part last = news.parts.getLast();
      assertThat(last.kind()).isEqualTo("plateau");
      assertThat(last.number()).isEqualTo(found.plateaus().size()).isLessThanOrEqualTo(last.of());
      assertThat(last.doneSeconds()).isGreaterThan(news.parts.getFirst().doneSeconds());
      assertThat(Summary.of(outcome))
          .contains("PASSED")
          .contains("journeys keep the objectives")
          .contains("settled");
      assertThat(ResultJson.of(outcome)).contains("\"capacity\"").contains("\"stationarity\"");
    }
  }

  @Test
  void flowsThatShareAStationSlowEachOtherDown() throws Exception {
    // One clerk for both: enough for one flow, too few for two.
    try (var office = new Office(1, Duration.ofMillis(20))) {
      Plan plan =
          PlanBuilder.to(office.url())
              .journey("left", 1, j -> j.get("/left"))
              .journey("right", 1, j -> j.get("/right"))
              .poisson(new Steady(70, 5))
              .interference(new Study.Interference(5, 2))
              .p99(Duration.ofMillis(1))
              .build();
      var news = new Listening();
      TestOutcome outcome = Tester.run(plan, OPTIONS, news);
      assertThat(news.parts).extracting(Part::number).containsExactly(1, 2, 3, 4, 5, 6);
      assertThat(news.parts).extracting(Part::of).containsOnly(6);
      assertThat(news.parts).extracting(Part::what).contains("left", "right", "left + right");
      assertThat(news.parts).extracting(Part::leftSeconds).contains(30.0, 5.0);
      Interference matrix = ((StudyResult.FlowInterference) outcome.studies().getFirst()).matrix();
      assertThat(matrix.effect("left", "right").orElseThrow().p99().value()).isGreaterThan(1.3);
      assertThat(matrix.companies()).hasSize(3).noneMatch(Interference.Company::hasHeld);
      assertThat(matrix.companies().getFirst().ratePerSecond()).isEqualTo(35);
      assertThat(outcome.hasPassed()).isFalse();
      // On a busy machine that comes after a doubt about the generator.
      assertThat(Summary.of(outcome)).contains("FAILED").contains("left").contains("×");
    }
  }

  private static final class Listening implements TestListener {
    final List<String> lines = new CopyOnWriteArrayList<>();
    final List<Part> parts = new CopyOnWriteArrayList<>();

    @Override
    public void begins(Part part) {
      parts.add(part);
    }

    @Override
    public void news(String line) {
      lines.add(line);
    }

    @Override
    public void progress(LiveSnapshot now) {}
  }

  /** A server with so many clerks and an endless queue before them. */
  private static final class Office implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService clerks;

    Office(int count, Duration each) throws IOException {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1_000);
      clerks = Executors.newFixedThreadPool(count);
      server.setExecutor(clerks);
      server.createContext(
          "/",
          exchange -> {
            try (exchange) {
              LockSupport.parkNanos(each.toNanos());
              exchange.sendResponseHeaders(204, -1);
            }
          });
      server.start();
    }

    String url() {
      return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
      server.stop(0);
      clerks.shutdownNow();
    }
  }
}
