package headroom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import headroom.cli.terminal.ExitCode;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is refused before anything is loaded, and what is found out before load is grown. */
final class ProveCommandTest {
  private static final String OPEN = "profile: [ { steady: { rate: 20/s, for: 10s } } ]";

  @TempDir Path folder;

  @Test
  void anotherMachineIsNotLoadedByASingleYes() throws Exception {
    Run run = prove(plan("http://192.0.2.7:80", "get: /", OPEN), "--yes");

    assertThat(run.code()).isEqualTo(ExitCode.NOT_ASKED);
    assertThat(run.err())
        .contains("192.0.2.7 is not this machine, and was not named a second time")
        .contains("--target-is 192.0.2.7");
  }

  @Test
  void nobodyIsAskedMeansNo() throws Exception {
    Run run = prove(plan("http://127.0.0.1:1", "get: /", OPEN));

    assertThat(run.code()).isEqualTo(ExitCode.NOT_ASKED);
    assertThat(run.err()).contains("will be watched for 600 s at up to 20.00 journeys/s");
    assertThat(run.err()).contains("--yes");
  }

  @Test
  void whatCannotBeProvedIsSaid() throws Exception {
    String here = "http://127.0.0.1:1";
    assertRefused(
        "no operations of the service",
        plan("jdbc:postgresql://127.0.0.1/x", "sql: SELECT 1", OPEN, "jdbc"),
        "--yes");
    assertRefused(
        "20 users in a closed loop",
        plan(here, "get: /", "profile: { users: 20, for: 20s }"),
        "--yes");
    assertRefused(
        "--watch must be at least 2m", plan(here, "get: /", OPEN), "--yes", "--watch", "90s");
    assertRefused("--rate: a rate", plan(here, "get: /", OPEN), "--yes", "--rate", "5");
    assertRefused(
        "repeated 1 to 9 times", plan(here, "get: /", OPEN), "--yes", "--repeat", "0");
    assertRefused(
        "a plateau must take 20", plan(here, "get: /", OPEN), "--yes", "--plateau", "3s");
    assertRefused(
        "need the telemetry to come here",
        plan(here, "get: /", OPEN),
        "--yes",
        "--server",
        "http://127.0.0.1:1",
        "--record",
        folder.resolve("rec").toString());
  }

  private void assertRefused(String why, Path plan, String... options) {
    Run run = prove(plan, options);
    assertThat(run.code()).as(run.err()).isEqualTo(ExitCode.NOT_ASKED);
    assertThat(run.err()).contains(why);
  }

  @Test
  void withoutTelemetryNoLoadIsGrown() throws Exception {
    var asked = new AtomicInteger();
    var target = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    target.createContext(
        "/",
        exchange -> {
          asked.incrementAndGet();
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    target.start();
    try {
      Path plan = plan("http://127.0.0.1:" + target.getAddress().getPort(), "get: /", OPEN);
      Run run = prove(plan, "--yes", "--warm-up", "1s", "--json");

      assertThat(run.code()).isEqualTo(ExitCode.NOT_ASKED);
      assertThat(run.out()).isEmpty();
      assertThat(run.err())
          .contains("no telemetry of the plan's requests has arrived")
          .contains("OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:")
          .contains("OTEL_METRIC_EXPORT_INTERVAL=5000");
      assertThat(asked.get()).isBetween(20, 400);
    } finally {
      target.stop(0);
    }
  }

  private Run prove(Path plan, String... options) {
    List<String> words = new ArrayList<>(List.of("prove", plan.toString()));
    words.addAll(List.of("--port", "0", "--otlp-http", "0", "--otlp-grpc", "0"));
    words.addAll(List.of(options));
    return Run.of(words.toArray(String[]::new));
  }

  private Path plan(String target, String step, String profile, String... jdbc) throws Exception {
    String address =
        jdbc.length > 0 ? "jdbc: { url: \"%s\", user: x }".formatted(target) : "target: " + target;
    return Files.writeString(
        folder.resolve("plan.yaml"),
        "%s%njourneys: { look: [ { %s } ] }%n%s%n".formatted(address, step, profile));
  }
}
