package headroom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import headroom.cli.data.LocalStore;
import headroom.cli.terminal.ExitCode;
import headroom.model.Measure;
import headroom.model.SeriesKey;
import headroom.rollup.Resolution;
import headroom.rollup.RollupTable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code headroom test} against a real server. */
final class TestCommandTest {
  private static final String PLAN =
      """
      target: http://127.0.0.1:1
      journeys: { look: [ { get: / } ] }
      profile: [ { steady: { rate: 50/s, for: 1s } } ]
      objectives: { p99: 60s }
      """;

  private static final long SLOW_NANOS = 2_000_000_000;

  @TempDir Path folder;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private HttpServer server;
  private final CountDownLatch asked = new CountDownLatch(1);

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
    server.createContext(
        "/",
        exchange -> {
          asked.countDown();
          // So slow that no generator is late for as long, which would make a run invalid.
          LockSupport.parkNanos(SLOW_NANOS);
          exchange.sendResponseHeaders(200, 2);
          exchange.getResponseBody().write("ok".getBytes(StandardCharsets.US_ASCII));
          exchange.close();
        });
    server.setExecutor(threads);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    threads.shutdownNow();
  }

  private String target() {
    return "target=http://127.0.0.1:" + server.getAddress().getPort();
  }

  @Test
  void settingsAndFilesOfThePlanAreFound() throws Exception {
    Files.writeString(folder.resolve("users.csv"), "id\n7\n");
    Path plan =
        Files.writeString(
            folder.resolve("plan.yaml"),
            PLAN.replace("get: /", "get: '/?${users.id}'")
                + "feeders: { users: { file: users.csv } }");
    Path out = folder.resolve("out");

    Run run = Run.of("test", plan.toString(), "--set", target(), "--json", "--out", out.toString());

    assertThat(run.err()).contains("report");
    assertThat(run.code()).isZero();
    JsonNode result = new ObjectMapper().readTree(run.out());
    assertThat(result.path("sent").asInt()).isEqualTo(50);
    assertThat(result.path("verdict").asText()).isEqualTo("passed");
    assertThat(out).isDirectoryContaining("glob:**report.html");
  }

  @Test
  void aTestCanBeReadLikeProduction() throws Exception {
    Path plan = Files.writeString(folder.resolve("plan.yaml"), PLAN);
    String data = folder.resolve("data").toString();

    Run run =
        Run.of("test", plan.toString(), "--set", target(), "--data", data, "--service", "shop");

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.err()).contains("as actions of shop");
    try (LocalStore store = LocalStore.open(Path.of(data))) {
      var extent = store.rollups().extent(Resolution.TEN_SECONDS).orElseThrow();
      var history =
          store
              .rollups()
              .history(Resolution.TEN_SECONDS, extent.from(), extent.to(), Set.of(Measure.ACTION));
      assertThat(history.of(Measure.ACTION))
          .singleElement()
          .satisfies(series -> {
            assertThat(series.key().service()).isEqualTo("shop");
            assertThat(series.key().subject()).isEqualTo("GET /");
            assertThat(series.total().count()).isEqualTo(50);
          });
      assertThat(history.events())
          .singleElement()
          .satisfies(event -> {
            assertThat(event.kind()).isEqualTo("test");
            assertThat(event.attributes()).containsEntry("verdict", "passed");
          });
    }
    Run walls = Run.of("walls", "--data", data, "--json");
    assertThat(walls.code()).as(walls.err()).isZero();
    // A second is too short for a peak, which is of whole minutes; that it is read is what counts.
    assertThat(new ObjectMapper().readTree(walls.out()).path("walls").isArray()).isTrue();
  }

  @Test
  void aRunningServerIsToldOfTheTest() throws Exception {
    Path plan = Files.writeString(folder.resolve("plan.yaml"), PLAN);
    try (LiveServer live = LiveServer.on(folder.resolve("watching"))) {
      Instant before = Instant.now();
      Run run =
          Run.of(
              "test",
              plan.toString(),
              "--set",
              target(),
              "--server",
              live.url(),
              "--service",
              "shop",
              "--json");

      assertThat(run.code()).as(run.err()).isZero();
      assertThat(run.err()).doesNotContain("was not told");
      JsonNode events =
          new ObjectMapper().readTree(live.get("/api/v1/events?kind=test").body()).path("events");
      assertThat(events).hasSize(1);
      JsonNode event = events.get(0);
      assertThat(event.path("subject").asText()).isEqualTo("shop");
      assertThat(Instant.parse(event.path("at").asText())).isAfter(before.minusSeconds(1));
      JsonNode attributes = event.path("attributes");
      assertThat(attributes.path("verdict").asText()).isEqualTo("passed");
      assertThat(attributes.path("sent").asText()).isEqualTo("50");
      assertThat(attributes.path("target").asText())
          .isEqualTo(new ObjectMapper().readTree(run.out()).path("target").asText());
      // Those who read it: the server's findings and its ledger, and the folder once it is closed.
      for (String command : List.of("findings", "ledger")) {
        Run reads = Run.of(command, "--server", live.url(), "--json");
        assertThat(reads.code()).as(command + ": " + reads.err()).isNotEqualTo(ExitCode.NOT_ASKED);
      }
    }
    try (LocalStore store = LocalStore.open(folder.resolve("watching"))) {
      Instant now = Instant.now();
      assertThat(store.rollups().events(now.minusSeconds(600), now, "test")).hasSize(1);
    }
  }

  @Test
  void aServerThatIsGoneDoesNotSpoilTheResult() throws Exception {
    Path plan = Files.writeString(folder.resolve("plan.yaml"), PLAN);
    Run run =
        Run.of(
            "test", plan.toString(), "--set", target(), "--server", "http://127.0.0.1:1", "--json");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.err()).contains("the server was not told of the test");
    assertThat(new ObjectMapper().readTree(run.out()).path("verdict").asText()).isEqualTo("passed");
  }

  @Test
  void besideTheServicesOwnTelemetryTheTrafficIsNotCountedTwice() throws Exception {
    Path plan = Files.writeString(folder.resolve("plan.yaml"), PLAN);
    Path data = folder.resolve("data");
    try (LocalStore store = LocalStore.open(data)) {
      long now = Instant.now().getEpochSecond();
      var own = new RollupTable(100);
      for (int second = -30; second < 60; second += 10) {
        own.cell(new SeriesKey(Measure.ACTION, "shop", "", "GET /", ""), now + second)
            .record(0.1, false);
      }
      store.rollups().merge(own.drain());
    }

    Run run = Run.of("test", plan.toString(), "--set", target(), "--data", data.toString());

    assertThat(run.err()).contains("client durations beside its own telemetry");
    try (LocalStore store = LocalStore.open(data)) {
      var extent = store.rollups().extent(Resolution.TEN_SECONDS).orElseThrow();
      var history =
          store.rollups().history(Resolution.TEN_SECONDS, extent.from(), extent.to(), Set.of());
      assertThat(history.of(Measure.ACTION).getFirst().total().count()).isEqualTo(9);
      assertThat(history.of(Measure.CLIENT_DURATION).getFirst().total().count()).isEqualTo(50);
    }
  }

  @Test
  void twoResultsAreComparedWithTheirUncertainty() throws Exception {
    Path plan = Files.writeString(folder.resolve("plan.yaml"), PLAN.replace("for: 1s", "for: 6s"));
    String before = folder.resolve("before").toString();
    Run run = Run.of("test", plan.toString(), "--set", target(), "--out", before);
    assertThat(run.code()).as(run.err()).isZero();

    Run compared = Run.of("compare", before, before + "/result.json", "--json");

    assertThat(compared.code()).as(compared.err()).isZero();
    JsonNode p99 =
        new ObjectMapper().readTree(compared.out()).path("steps").path("GET /").path("p99");
    assertThat(p99.path("ratio").asDouble()).isEqualTo(1);
    assertThat(p99.path("low").asDouble()).isLessThanOrEqualTo(1);
    assertThat(p99.path("direction").asText()).isEqualTo("no difference shown");
    assertThat(Run.of("compare", before, before).out()).contains("GET /").contains("x1.00");

    assertThat(Run.of("compare", before, before).out()).doesNotContain("attempts per request");
    var mapper = new ObjectMapper();
    JsonNode retried = mapper.readTree(Path.of(before, "result.json").toFile());
    ((ObjectNode) retried.at("/steps/GET ~1"))
        .set(
            "retries",
            mapper.readTree("{\"requests\": 300, \"attempts\": 690, \"refusedByBudget\": 3}"));
    Path after = folder.resolve("after.json");
    mapper.writeValue(after.toFile(), retried);
    assertThat(Run.of("compare", before, after.toString()).out())
        .containsPattern("attempts per request +1.00 +2.30 +x2.30 +- +not judged")
        .containsPattern("given up for want of budget +0.00 % +1.00 % +\\+1.00 pp");

    Run nothing = Run.of("compare", before, plan.toString());
    assertThat(nothing.code()).isEqualTo(ExitCode.NOT_ASKED);
    assertThat(nothing.err()).contains("not a result.json");
  }

  @Test
  void aSettingThatIsUnknownStopsTheCommand() throws Exception {
    Path plan = Files.writeString(folder.resolve("plan.yaml"), PLAN);

    Run run = Run.of("test", plan.toString(), "--set", "tarket=http://127.0.0.1:2");

    assertThat(run.code()).isEqualTo(ExitCode.NOT_ASKED);
    assertThat(run.err()).contains("tarket").contains("did you mean 'target'?");
  }

  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM"})
  @EnabledOnOs(OS.LINUX)
  void aSignalEndsAPipedTestWithItsResultSoFar(String signal) throws Exception {
    Path out = folder.resolve("out");
    Process test =
        test(
            "-",
            "--json",
            "--out",
            out.toString(),
            "--set",
            target(),
            "--set",
            "profile.0.steady.for=40s");
    try (var input = test.getOutputStream()) {
      input.write(PLAN.getBytes(StandardCharsets.UTF_8));
    }
    assertThat(asked.await(120, TimeUnit.SECONDS)).as("the test has begun").isTrue();

    signal(test, signal);

    assertThat(test.exitValue()).isEqualTo(ExitCode.INTERRUPTED);
    JsonNode result = new ObjectMapper().readTree(folder.resolve("printed").toFile());
    assertThat(result.path("sent").asInt()).isPositive();
    assertThat(result.path("stoppedBecause").asText()).isEqualTo("interrupted");
    assertThat(new ObjectMapper().readTree(out.resolve("result.json").toFile())).isEqualTo(result);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void ctrlCWhileThePlanIsStillAwaitedLeavesAtOnce() throws Exception {
    Process test = test("-");
    // It says that it waits for the plan once it listens.
    assertThat(test.getErrorStream().read()).isPositive();

    signal(test, "INT");

    assertThat(test.exitValue()).isEqualTo(ExitCode.INTERRUPTED);
  }

  /** Sends it and waits for the end, though not for ever. */
  private static void signal(Process test, String signal) throws Exception {
    // The shell's own: not every machine has a program of that name.
    Process kill = new ProcessBuilder("sh", "-c", "kill -" + signal + " " + test.pid()).start();
    assertThat(kill.waitFor()).isZero();
    boolean ended = test.waitFor(120, TimeUnit.SECONDS);
    test.destroyForcibly();
    assertThat(ended).as("the process has ended").isTrue();
  }

  private Process test(String... arguments) throws IOException {
    // A build in the background ignores Ctrl-C, and so would what it starts.
    var command =
        new ArrayList<>(
            List.of(
                "env",
                "--default-signal=INT",
                ProcessHandle.current().info().command().orElse("java"),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "test"));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectOutput(folder.resolve("printed").toFile()).start();
  }
}
