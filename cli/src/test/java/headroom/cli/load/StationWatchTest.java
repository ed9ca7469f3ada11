package headroom.cli.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import headroom.cli.data.ServerClient;
import headroom.load.result.LoadResult.Outcome;
import headroom.load.result.StepKey;
import headroom.load.study.StationLoad;
import headroom.load.study.interference.Interference.Company;
import headroom.load.study.interference.Interference.Span;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StationWatchTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private static final Outcome BROKEN =
      new Outcome("p99", 0.5, OptionalDouble.of(2), Optional.of(StepKey.of("a")), false);

  private HttpServer server;
  private StationWatch watch;

  /**
   * A pool of ten: one used in the first twenty seconds, nine later; retries likewise. Something
   * else keeps the processor busy all the time.
   */
  @BeforeEach
  void serve() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/api/v1/series",
        exchange -> {
          try (exchange) {
            byte[] answer =
                answer(exchange.getRequestURI().getQuery()).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
          }
        });
    server.start();
    var base = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    watch = new StationWatch(new ServerClient(base, null));
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private static String answer(String query) {
    if (query.contains("pool_used")) {
      return """
      {"resolutionSeconds": 10, "series": [
        {"measure": "pool_used", "service": "wallet", "instance": "i", "subject": "ledger",
         "points": [%s]},
        {"measure": "pool_limit", "service": "wallet", "instance": "i", "subject": "ledger",
         "points": [{"at": "2026-01-01T00:00:00Z", "last": 10}]}]}
      """
          .formatted(points(1, 9));
    }
    if (query.contains("action_retries")) {
      return """
      {"resolutionSeconds": 10, "series": [
        {"measure": "action_retries", "service": "wallet", "subject": "POST /exchange", "points": [%s]}]}
      """
          .formatted(points(0.01, 2.5));
    }
    if (query.contains("host_cpu")) {
      return """
      {"resolutionSeconds": 10, "series": [
        {"measure": "host_cpu_utilization", "service": "wallet", "instance": "i", "subject": "",
         "points": [%s]}]}
      """
          .formatted(points(0.99, 1));
    }
    return "{\"resolutionSeconds\": 10, \"series\": []}";
  }

  private static String points(double early, double late) {
    var points = new StringBuilder();
    for (int at = 0; at < 40; at += 10) {
      points.append(at == 0 ? "" : ",");
      points.append(
          "{\"at\": \"%s\", \"mean\": %s}"
              .formatted(START.plusSeconds(at), at < 20 ? early : late));
    }
    return points.toString();
  }

  @Test
  void flowsMeetAtTheStationThatIsFullWithAllOfThem() throws Exception {
    List<StationLoad> stations =
        watch.during(
            List.of(
                new Company(Set.of("a"), 1, List.of(), List.of(span(0, 20))),
                new Company(Set.of("a", "b"), 1, List.of(BROKEN), List.of(span(20, 40)))));
    assertThat(stations).as("the processor was as busy while all was well").hasSize(2);
    assertThat(stations.getFirst().station()).isEqualTo("wallet/pool/ledger");
    assertThat(stations.getFirst().busy())
        .containsEntry(Set.of("a"), 0.1)
        .containsEntry(Set.of("a", "b"), 0.9);
  }

  @Test
  void whatHoldsATargetDownIsWhatItDoesNowAndDidNotBefore() throws Exception {
    assertThat(watch.causes(span(0, 20), span(20, 40)))
        .containsExactly(
            "retries: wallet POST /exchange sends 2.5 calls again per request (0.01 before the"
                + " trigger)",
            "wallet/pool/ledger is still 90 % busy (10 % before the trigger)");
    assertThat(watch.causes(span(20, 40), span(20, 40))).isEmpty();
  }

  private static Span span(int from, int to) {
    return new Span(START.plusSeconds(from), START.plusSeconds(to));
  }
}
