package headroom.load.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import headroom.load.result.LoadResult;
import headroom.load.result.StepStats;
import headroom.plan.Plan;
import headroom.plan.RateSegment.Steady;
import headroom.plan.build.PlanBuilder;
import headroom.rollup.Cell;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.assertj.core.api.SoftAssertions;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A server that stands still for two seconds under a steady load of a thousand arrivals a second: a
 * fifth of ten thousand users wait, evenly between nothing and two seconds. Tools that wait for
 * answers before they send, or count from the moment of sending, do not see them.
 */
class CoordinatedOmissionTest {
  private static final double STOP_AT = 4;
  private static final double STOP_SECONDS = 2;
  private static final Offset<Double> TOLERANCE = within(0.05);

  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void usersWhoWaitForAStoppedServerAreMeasuredDespiteACapOnConnections() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "needs a shell that can send signals");
    Process server = startServer();
    Process shell = new ProcessBuilder("/bin/sh").start();
    try (BufferedReader output = server.inputReader();
        Writer commands = shell.outputWriter()) {
      String port = output.readLine();
      Plan plan =
          PlanBuilder.to("http://127.0.0.1:" + port)
              .journey("look", 1, j -> j.get("/").expect(200))
              .connections(64)
              .open(new Steady(1_000, 10))
              .p99(Duration.ofSeconds(1))
              .build();
      try (LoadRun run = LoadEngine.start(plan, LoadOptions.seed(1), LoadListener.none())) {
        double stopped = signalAt(run, STOP_AT, commands, "STOP", server.pid());
        double continued = signalAt(run, stopped + STOP_SECONDS, commands, "CONT", server.pid());
        check(run.await(), continued - stopped);
      }
    } finally {
      server.destroyForcibly();
      shell.destroyForcibly();
    }
  }

  private static void check(LoadResult result, double standstill) {
    StepStats step = result.stats().steps().getFirst();
    Cell response = step.response();
    // The server's standstill as it was, since signals may come a little late on a busy machine.
    assertThat(standstill).isCloseTo(STOP_SECONDS, within(0.2));
    assertThat(result.stats().sent()).as("sent").isEqualTo(10_000);
    assertThat(response.count()).as("measured").isEqualTo(10_000);
    assertThat(result.stats().dropped()).as("dropped").isZero();
    assertThat(result.stats().errors()).as("errors").isZero();
    assertThat(result.hasPassed()).as("passed").isFalse();
    Cell lag = result.stats().lag();
    String seen =
        "stood still for %.3f s: p50 %.4f, p90 %.3f, p95 %.3f, p99 %.3f, lag p50 %.6f, p99 %.6f"
            .formatted(
                standstill,
                quantile(response, 0.5),
                quantile(response, 0.9),
                quantile(response, 0.95),
                quantile(response, 0.99),
                quantile(lag, 0.5),
                quantile(lag, 0.99));
    assumeTrue(quantile(lag, 0.99) < 0.002, "the machine is too busy for figures: " + seen);
    assertThat(result.isValid()).as("valid: " + result.invalidBecause()).isTrue();
    var softly = new SoftAssertions();
    softly.assertThat(quantile(response, 0.50)).as(seen).isLessThan(0.002);
    softly.assertThat(quantile(response, 0.90)).as(seen).isCloseTo(standstill - 1, TOLERANCE);
    softly.assertThat(quantile(response, 0.95)).as(seen).isCloseTo(standstill - 0.5, TOLERANCE);
    softly.assertThat(quantile(response, 0.99)).as(seen).isCloseTo(standstill - 0.1, TOLERANCE);
    softly.assertAll();
  }

  private static double quantile(Cell cell, double q) {
    return cell.quantile(q).orElseThrow();
  }

  /** Sends a signal at a moment of the run and returns when that was. */
  private static double signalAt(LoadRun run, double seconds, Writer shell, String signal, long pid)
      throws IOException {
    for (double left = seconds - run.elapsedSeconds();
        left > 0;
        left = seconds - run.elapsedSeconds()) {
      LockSupport.parkNanos((long) (left * 1e9));
    }
    shell.write("kill -" + signal + " " + pid + "\n");
    shell.flush();
    return run.elapsedSeconds();
  }

  private static Process startServer() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-Xmx64m",
            "-cp",
            System.getProperty("java.class.path"),
            PausableServer.class.getName())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }
}
