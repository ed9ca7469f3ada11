package headroom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import headroom.cli.terminal.ExitCode;
import headroom.ledger.Prediction;
import headroom.model.Measure;
import headroom.model.SeriesKey;
import headroom.model.Station;
import headroom.model.StationKind;
import headroom.rollup.Cell;
import headroom.rollup.Rollup;
import headroom.wall.Estimate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A prediction at a server, scored by load tests that tell the server what they found. */
final class TestedPredictionTest {
  /** So long that no generator is as late, which would make a run invalid. */
  private static final long PAUSE_NANOS = 2_000_000_000;

  @TempDir Path folder;

  @Test
  void testsThatHoldBelowAndBreakAboveDecideAPrediction() throws Exception {
    var target = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 500);
    try (LiveServer server = LiveServer.on(folder.resolve("data"));
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      target.createContext(
          "/",
          exchange -> {
            boolean bad = exchange.getRequestURI().getPath().equals("/bad");
            answer(exchange, bad ? 503 : 200);
          });
      target.setExecutor(threads);
      target.start();
      Instant said = Instant.now().minusSeconds(60);
      seen(server, said);
      keep(server, said, new Estimate(1.3, 2, 2.5, 0.9));

      // 140 and 240 requests per second, of a peak of 100.
      assertThat(test(server, target, "/", steady("140/s", "4s"))).isZero();
      assertThat(test(server, target, "/bad", steady("240/s", "2500ms"))).isEqualTo(ExitCode.NO);

      JsonNode entry = entry(server);
      assertThat(entry.path("verdict").asText()).isEqualTo("right");
      assertThat(entry.path("actualMultiple").asDouble()).isBetween(1.4, 2.4);
    } finally {
      target.stop(0);
    }
  }

  private static void answer(HttpExchange exchange, int status) throws IOException {
    LockSupport.parkNanos(PAUSE_NANOS);
    exchange.sendResponseHeaders(status, 2);
    exchange.getResponseBody().write("ok".getBytes(StandardCharsets.US_ASCII));
    exchange.close();
  }

  private static String steady(String rate, String time) {
    return "profile: [ { steady: { rate: %s, for: %s } } ]".formatted(rate, time);
  }

  /** A prediction on a peak of 100 requests per second. */
  private static void keep(LiveServer server, Instant said, Estimate multiple) {
    server
        .store()
        .rollups()
        .record(
            new Prediction(said, new Station("shop", StationKind.POOL, "main"), multiple, 100, null)
                .event());
  }

  private static JsonNode entry(LiveServer server) throws IOException {
    Run ledger = Run.of("ledger", "--server", server.url(), "--json");
    assertThat(ledger.code()).as(ledger.err()).isZero();
    return new ObjectMapper().readTree(ledger.out()).path("predictions").path(0);
  }

  /** A server that has seen nothing has nothing to score. */
  private static void seen(LiveServer server, Instant at) {
    Cell cell = new Cell();
    cell.record(0.05, false);
    var key = new SeriesKey(Measure.ACTION, "shop", "", "GET /", "");
    long window = at.getEpochSecond() / 10 * 10;
    server.store().rollups().merge(List.of(new Rollup(key, window, cell)));
  }

  private int test(LiveServer server, HttpServer target, String path, String load)
      throws Exception {
    Path plan =
        Files.writeString(
            folder.resolve("plan.yaml"),
            """
            target: http://127.0.0.1:%d
            journeys: { look: [ { get: %s } ] }
            %s
            objectives: { errors: 1%% }
            """
                .formatted(target.getAddress().getPort(), path, load));
    Run run = Run.of("test", plan.toString(), "--server", server.url(), "--service", "shop");
    assertThat(run.err()).doesNotContain("was not told");
    if (run.code() == ExitCode.NOT_ASKED) {
      throw new AssertionError("the test did not run: " + run.err() + run.out());
    }
    return run.code();
  }
}
