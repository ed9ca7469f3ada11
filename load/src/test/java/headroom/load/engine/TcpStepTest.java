package headroom.load.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import headroom.load.network.TargetUnusableException;
import headroom.load.result.ErrorKind;
import headroom.load.result.LoadResult;
import headroom.load.result.StepStats;
import headroom.plan.Plan;
import headroom.plan.read.PlanParser;
import headroom.plan.yaml.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Lines of text over plain TCP. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class TcpStepTest {
  private static final LoadOptions OPTIONS =
      LoadOptions.seed(1).withoutWarmUp().withDrain(Duration.ofSeconds(60));

  @Test
  void aTextIsSentAndTheLineThatAnswersIsChecked() throws Exception {
    try (var server = new SocketServer(TcpStepTest::echo)) {
      StepStats good = only(run(plan(server.port(), "expect: \"+user-\"")));
      assertThat(good.answered()).isBetween(10L, 60L);
      assertThat(good.failed()).isZero();
      StepStats wrong = only(run(plan(server.port(), "expect: \"+admin\"")));
      assertThat(wrong.answered()).isPositive();
      assertThat(wrong.errors().count(ErrorKind.CHECK)).isEqualTo(wrong.count());
    }
  }

  @Test
  void answersAreReadInTheEncodingThatTextsAreSentIn() throws Exception {
    try (var server = new SocketServer(TcpStepTest::echoInPieces)) {
      StepStats step = only(run(plan(server.port(), "expect: \"+é-€-user-\"", "é-€-user")));
      assertThat(step.answered()).isPositive();
      assertThat(step.failed()).isZero();
    }
  }

  @Test
  void whoComesAboveTheCapOnConnectionsWaitsForOne() throws Exception {
    try (var server = new SocketServer(TcpStepTest::echoLate)) {
      // Thirty users in half a second, who need a second and a half one after the other.
      LoadResult result = run(plan(server.port(), "timeout: 60s", "user", "connections: 1"));
      assertThat(result.stats().dropped()).isZero();
      assertThat(only(result).answered()).isEqualTo(30);
      assertThat(only(result).failed()).isZero();
      // The last of them waited for two thirds of what all the others took.
      assertThat(only(result).queued().max()).isGreaterThan(0.8);
    }
  }

  @Test
  void aConnectionThatEndsWithoutALineIsAFailure() throws Exception {
    try (var server = new SocketServer((in, out) -> out.write(SocketServer.ascii("half")))) {
      StepStats step = only(run(plan(server.port(), "timeout: 2s")));
      assertThat(step.sent()).isPositive();
      assertThat(step.failed()).isEqualTo(step.count());
    }
  }

  @Test
  void silenceTimesOut() throws Exception {
    try (var server =
        new SocketServer((in, out) -> in.transferTo(OutputStream.nullOutputStream()))) {
      StepStats step = only(run(plan(server.port(), "timeout: 200ms")));
      assertThat(step.sent()).isPositive();
      assertThat(step.errors().count(ErrorKind.TIMEOUT)).isEqualTo(step.count());
    }
  }

  @Test
  void aPortThatNobodyListensAtIsToldBeforeTheRun() {
    assertThatThrownBy(() -> run(plan(1, "timeout: 1s")))
        .isInstanceOf(TargetUnusableException.class)
        .hasMessageContaining("port 1");
  }

  @Test
  void mistakesAreToldWithTheirPlaces() {
    assertThatThrownBy(() -> plan(70_000, "retry: 3"))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("70000")
        .hasMessageContaining("retry does not go with tcp");
  }

  /** Answers every line with itself behind a plus. */
  private static void echo(InputStream in, OutputStream out) throws IOException {
    out.write('+');
    for (int b = in.read(); b >= 0; b = in.read()) {
      out.write(b);
    }
  }

  /** Answers after a while; before that nobody else has the connection. */
  private static void echoLate(InputStream in, OutputStream out) throws IOException {
    LockSupport.parkNanos(50_000_000);
    echo(in, out);
  }

  /** Every byte by itself, so that a character may come in two reads. */
  private static void echoInPieces(InputStream in, OutputStream out) throws IOException {
    out.write('+');
    for (int b = in.read(); b >= 0; b = in.read()) {
      out.write(b);
      out.flush();
      LockSupport.parkNanos(200_000);
    }
  }

  private static Plan plan(int port, String more) {
    return plan(port, more, "user");
  }

  private static Plan plan(int port, String more, String text) {
    return plan(port, more, text, "");
  }

  private static Plan plan(int port, String more, String text, String cap) {
    return PlanParser.parse(
        """
        journeys:
          a:
            - tcp: 127.0.0.1:%d
              send: "%s-${user}\\r\\n"
              %s
        profile: [ steady: { rate: 60/s, for: 500ms } ]
        %s
        """
            .formatted(port, text, more, cap));
  }

  private static LoadResult run(Plan plan) throws TargetUnusableException {
    try (LoadRun run = LoadEngine.start(plan, OPTIONS, LoadListener.none())) {
      return run.await();
    }
  }

  private static StepStats only(LoadResult result) {
    assertThat(result.stats().steps()).hasSize(1);
    return result.stats().steps().getFirst();
  }
}
