package headroom.load.engine;

import static org.assertj.core.api.Assertions.assertThat;

import headroom.load.arrival.ArrivalCursor;
import headroom.load.result.LoadResult;
import headroom.load.result.StepStats;
import headroom.plan.Plan;
import headroom.plan.RateSegment.Steady;
import headroom.plan.build.PlanBuilder;
import headroom.rollup.Cell;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * A server that stands still for two seconds under a steady load of a thousand arrivals a second: a
 * fifth of ten thousand users wait, evenly between nothing and two seconds. Tools that wait for
 * answers before they send, or count from the moment of sending, do not see them.
 *
 * <p>What is right is known from the server's own record, however busy the machine is: nobody had
 * an answer before the server had the request, and everybody had it before the next request came
 * over the same connection. Both counted from when the schedule wanted the user to start.
 *
 * <p>By itself, for the server is to stand still for two seconds and not for longer.
 */
@Isolated
class CoordinatedOmissionTest {
  private static final double STOP_AT = 4;
  private static final double STOP_SECONDS = 2;
  private static final int USERS = 10_000;

  /** Quantiles are kept to a hundredth. */
  private static final double SKETCH = 0.02;

  @Test
  @Timeout(value = 120, unit = TimeUnit.SECONDS)
  void usersWhoWaitForAStoppedServerAreMeasuredDespiteACapOnConnections() throws Exception {
    Process server = startServer();
    Process shell = new ProcessBuilder("/bin/sh").start();
    try (BufferedReader output = server.inputReader();
        Writer commands = shell.outputWriter();
        BufferedReader done = shell.inputReader()) {
      String port = output.readLine();
      Plan plan =
          PlanBuilder.to("http://127.0.0.1:" + port)
              .journey("look", 1, j -> j.get("/${user}").expect(200))
              .connections(64)
              .open(new Steady(1_000, 10))
              .p99(Duration.ofSeconds(1))
              .build();
      try (LoadRun run = LoadEngine.start(plan, LoadOptions.seed(1), LoadListener.none())) {
        Begun begun = Begun.of(run);
        waitUntil(run, STOP_AT);
        signal("STOP", server.pid(), commands, done);
        waitUntil(run, run.elapsedSeconds() + STOP_SECONDS);
        signal("CONT", server.pid(), commands, done);
        LoadResult result = run.await();
        long ended = System.nanoTime();
        server.getOutputStream().close();
        check(result, Truth.read(output, run.schedule().cursor(), begun, ended));
      }
    } finally {
      server.destroyForcibly();
      shell.destroyForcibly();
    }
  }

  private static void check(LoadResult result, Truth truth) {
    StepStats step = result.stats().steps().getFirst();
    Cell response = step.response();
    assertThat(result.stats().sent()).as("sent").isEqualTo(USERS);
    assertThat(response.count()).as("measured").isEqualTo(USERS);
    assertThat(result.stats().dropped()).as("dropped").isZero();
    assertThat(result.stats().errors()).as("errors").isZero();
    // Of those who came while it stood still, half waited for half of that time.
    assertThat(truth.least(0.90)).as("p90").isGreaterThan(0.95 * STOP_SECONDS / 2);
    assertThat(truth.least(0.99)).as("p99").isGreaterThan(0.95 * 0.95 * STOP_SECONDS);
    var softly = new SoftAssertions();
    for (double q : new double[] {0.50, 0.90, 0.95, 0.99}) {
      softly
          .assertThat(response.quantile(q).orElseThrow())
          .as("quantile %s, the generator's own lag is %s", q, result.stats().lag().quantile(0.99))
          .isBetween((1 - SKETCH) * truth.least(q), (1 + SKETCH) * truth.most(q));
    }
    softly.assertThat(result.hasPassed()).as("passed").isFalse();
    softly.assertAll();
  }

  /** When the schedule began, which is known to be between two readings of the clock. */
  private record Begun(long earliestNanos, long latestNanos) {
    static Begun of(LoadRun run) {
      long earliest = Long.MIN_VALUE;
      long latest = Long.MAX_VALUE;
      for (int i = 0; i < 100; i++) {
        long before = System.nanoTime();
        long elapsed = (long) (run.elapsedSeconds() * 1e9);
        earliest = Math.max(earliest, before - elapsed);
        latest = Math.min(latest, System.nanoTime() - elapsed);
      }
      return new Begun(earliest, latest);
    }
  }

  /** How long each user waited at least and at most, in seconds and in order. */
  private record Truth(List<Double> leasts, List<Double> mosts) {
    static Truth read(BufferedReader lines, ArrivalCursor starts, Begun begun, long ended)
        throws IOException {
      long[] intended = new long[USERS];
      for (int i = 0; i < USERS; i++) {
        intended[i] = starts.nextNanos();
      }
      double[] leasts = new double[USERS];
      double[] mosts = new double[USERS];
      int count = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] seen = line.split(" ");
        // Users are numbered from one.
        long start = intended[Integer.parseInt(seen[0]) - 1];
        long came = Long.parseLong(seen[1]);
        long next = Long.parseLong(seen[2]);
        leasts[count] = (came - begun.latestNanos() - start) * 1e-9;
        mosts[count] = ((next == 0 ? ended : next) - begun.earliestNanos() - start) * 1e-9;
        count++;
      }
      assertThat(count).as("requests that the server saw").isEqualTo(USERS);
      return new Truth(
          Arrays.stream(leasts).sorted().boxed().toList(),
          Arrays.stream(mosts).sorted().boxed().toList());
    }

    /** Ranks are rounded downwards here and upwards below. */
    double least(double q) {
      return leasts.get((int) Math.floor(q * (USERS - 1)) - 1);
    }

    double most(double q) {
      return mosts.get((int) Math.ceil(q * USERS) + 1);
    }
  }

  /** Waits for a moment of the run. */
  private static void waitUntil(LoadRun run, double seconds) {
    for (double left = seconds - run.elapsedSeconds();
        left > 0;
        left = seconds - run.elapsedSeconds()) {
      LockSupport.parkNanos((long) (left * 1e9));
    }
  }

  /** Sends a signal and returns when that is done. */
  private static void signal(String signal, long pid, Writer shell, BufferedReader done)
      throws IOException {
    shell.write("kill -" + signal + " " + pid + " && echo " + signal + "\n");
    shell.flush();
    assertThat(done.readLine()).isEqualTo(signal);
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
