package headroom.load.engine;

import static org.assertj.core.api.Assertions.assertThat;

import headroom.load.result.LoadResult;
import headroom.load.result.Recovery;
import headroom.plan.Fault;
import headroom.plan.FaultPlan;
import headroom.plan.RateSegment.Steady;
import headroom.plan.build.PlanBuilder;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** By itself: faults begin and end by the clock. */
@Isolated
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class FaultRunTest {
  @Test
  void aFaultOfThePlanBeginsAndEndsAndTheTargetIsSeenToComeBack(@TempDir Path folder)
      throws Exception {
    int port;
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Path touched = folder.resolve("touched");
    try (var server = new TestServer().json("/", 200, "{}")) {
      int behind = URI.create(server.url()).getPort();
      PlanBuilder builder =
          PlanBuilder.to("http://127.0.0.1:" + port)
              .journey("look", 1, j -> j.get("/"))
              .open(new Steady(50, 9))
              .p99(Duration.ofSeconds(10))
              .proxy(new FaultPlan.Proxy("front", port, "127.0.0.1", behind))
              .fault(
                  new FaultPlan(
                      3, OptionalDouble.of(3), new FaultPlan.OnProxy("front", new Fault.Reset())))
              .fault(
                  new FaultPlan(
                      1,
                      OptionalDouble.empty(),
                      FaultPlan.Command.of("touch", touched.toString())));
      LoadOptions options = LoadOptions.seed(1).withoutWarmUp().withDrain(Duration.ofSeconds(60));
      try (LoadRun run = LoadEngine.start(builder.build(), options, LoadListener.none())) {
        assertThat(run.proxyPort("front")).isEqualTo(port);
        LoadResult result = run.await();
        // With room on both sides: the fault begins and ends as late as the machine is busy.
        assertThat(run.between(0, 1).requestsFailed()).as("of 50").isLessThan(25);
        assertThat(run.between(5, 6).requestsFailed()).isEqualTo(50);
        assertThat(run.between(8, 9).requestsFailed()).as("of 50").isLessThan(25);
        assertThat(touched).exists();
        Recovery recovery = result.recoveries().getFirst();
        assertThat(recovery.what()).isEqualTo("reset on front");
        assertThat(recovery.goodputDuring().getAsDouble())
            .isLessThan(recovery.goodputBefore().getAsDouble() / 2);
        assertThat(recovery.hasRecovered()).isTrue();
        assertThat(Files.size(touched)).isZero();
      }
    }
  }
}
