package headroom.load.study.interference;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import headroom.load.engine.LoadEngine;
import headroom.load.engine.LoadListener;
import headroom.load.engine.LoadOptions;
import headroom.load.engine.LoadRun;
import headroom.load.report.ResultJson;
import headroom.load.result.LoadResult;
import headroom.load.result.StepKey;
import headroom.load.study.TestOutcome;
import headroom.load.study.interference.Interference.Measured;
import headroom.plan.Plan;
import headroom.plan.RateSegment.Steady;
import headroom.plan.build.PlanBuilder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Flows are told apart by what they are and not by how their names begin. */
@Timeout(120)
class FlowRunsTest {
  @Test
  void aFlowDoesNotTakeTheResultsOfOneWhoseNameBeginsWithItsOwn() throws Exception {
    HttpServer shop =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
    shop.createContext(
        "/",
        exchange -> {
          try (exchange) {
            String asked = exchange.getRequestHeaders().getFirst("x-flow");
            exchange.sendResponseHeaders("pay".equals(asked) ? 200 : 409, -1);
          }
        });
    shop.start();
    try {
      Plan plan =
          PlanBuilder.to("http://127.0.0.1:" + shop.getAddress().getPort())
              .journey("pay", 1, j -> j.get("/order").header("x-flow", "pay"))
              .journey("pay / refund", 1, j -> j.get("/order").header("x-flow", "refund"))
              .open(new Steady(40, 1))
              .build();
      LoadOptions options =
          LoadOptions.seed(1).withoutWarmUp().withDrain(Duration.ofSeconds(5)).separatingFlows();
      try (LoadRun run = LoadEngine.start(plan, options, LoadListener.none())) {
        LoadResult result = run.await();
        Map<String, Measured> measured =
            FlowRuns.read(run.steps(), run.between(0, 1), Set.of("pay", "pay / refund"));
        assertThat(measured)
            .hasEntrySatisfying("pay", flow -> assertThat(flow.errorShare()).isZero())
            .hasEntrySatisfying("pay / refund", flow -> assertThat(flow.errorShare()).isOne());
        assertThat(run.steps())
            .containsExactly(
                StepKey.of("pay", "GET /order"), StepKey.of("pay / refund", "GET /order"));
        assertThat(ResultJson.of(TestOutcome.of(result)))
            .contains("\"pay / GET /order\"")
            .contains("\"'pay / refund' / GET /order\"");
      }
    } finally {
      shop.stop(0);
    }
  }
}
