package headroom.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import headroom.model.Event;
import headroom.model.Measure;
import headroom.model.SeriesKey;
import headroom.model.Station;
import headroom.model.StationKind;
import headroom.rollup.Cell;
import headroom.rollup.Rollup;
import headroom.store.InMemoryStore;
import headroom.testkit.PrometheusPage;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The documents of the API, asked for over HTTP. */
final class ApiTest {
  private static TestServer server;

  @BeforeAll
  static void start() throws IOException {
    server = TestServer.showing(TestServer.OPTIONS);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void wallsAreInTheContractsShape() throws Exception {
    JsonNode walls = server.json("/api/v1/walls?at=3,10");
    assertThat(fields(walls))
        .containsExactlyInAnyOrder(
            "asOf", "load", "objective", "walls", "firstToBreak", "hidden", "disturbances", "at");
    assertThat(walls.at("/objective/seconds").asDouble()).isEqualTo(0.5);
    assertThat(fields(walls.path("hidden"))).contains("name", "because", "wouldTell");
    assertThat(walls.path("asOf").asText()).isEqualTo("2026-11-21T10:00:00Z");
    assertThat(walls.at("/load/peakPerSecond").asDouble()).isEqualTo(118.2);
    assertThat(walls.path("firstToBreak").asText()).isEqualTo("wallet/pool/ledger");
    JsonNode first = walls.at("/walls/0");
    assertThat(first.path("kind").asText()).isEqualTo("pool");
    assertThat(first.at("/limit/unit").asText()).isEqualTo("connections");
    assertThat(first.at("/multiple/median").asDouble()).isEqualTo(2.9);
    assertThat(first.at("/saturation/coverage").asDouble()).isEqualTo(0.9);
    assertThat(first.at("/date/median").asText()).isEqualTo("2026-12-19");
    assertThat(first.at("/because/0/operation").asText()).isEqualTo("POST /exchange");
    assertThat(first.at("/because/2/statement").asText()).startsWith("INSERT INTO report");
    assertThat(first.path("confidence").asText()).isEqualTo("extrapolated");
    JsonNode unknown = walls.at("/walls/4");
    assertThat(fields(unknown)).doesNotContain("limit", "multiple", "saturation", "date");
    assertThat(unknown.path("confidence").asText()).isEqualTo("not enough data");
  }

  @Test
  void tellsWhichWallsBreakAtAMultiple() throws Exception {
    JsonNode at = server.json("/api/v1/walls?at=2.7,3,10").path("at");
    assertThat(at.at("/0/breaks")).isEmpty();
    assertThat(at.at("/0/mayBreak/0").asText()).isEqualTo("wallet/pool/ledger");
    assertThat(at.at("/1/breaks/0").asText()).isEqualTo("wallet/pool/ledger");
    assertThat(at.at("/2/breaks")).hasSize(3);
  }

  @Test
  void wallsAreToldWithAChangeMade() throws Exception {
    JsonNode walls = server.json("/api/v1/walls?whatIf=pool=wallet/pool/ledger:20");
    assertThat(walls.path("firstToBreak").asText()).isEqualTo("wallet/pool/ledger");
    JsonNode whatIf = walls.path("whatIf");
    assertThat(whatIf.at("/changes/0").asText()).isEqualTo("pool=wallet/pool/ledger:20");
    assertThat(whatIf.at("/change/median").asDouble()).isEqualTo(1.2);
    assertThat(whatIf.at("/after/walls")).isNotEmpty();
  }

  @Test
  void findingsCanBeAskedForSinceATime() throws Exception {
    JsonNode all = server.json("/api/v1/findings").path("findings");
    assertThat(all).hasSize(3);
    assertThat(all.at("/2/kind").asText()).isEqualTo("n-plus-one");
    assertThat(all.at("/0/evidence/0/points/0/at").asText()).endsWith("Z");
    JsonNode later = server.json("/api/v1/findings?since=2026-11-21T09:59:00Z").path("findings");
    assertThat(later).as("those without an onset stay").hasSize(2);
  }

  @Test
  void operationsAreOrderedByTheirShareOfTime() throws Exception {
    JsonNode operations = server.json("/api/v1/operations").path("operations");
    assertThat(operations).hasSize(6);
    assertThat(operations.at("/0/operation").asText()).isEqualTo("POST /exchange");
    double shares = 0;
    for (JsonNode operation : operations) {
      shares += operation.path("share").asDouble();
      assertThat(operation.path("p99").asDouble()).isGreaterThan(operation.path("p50").asDouble());
    }
    assertThat(shares).isBetween(0.999, 1.001);
    assertThat(operations.at("/0/points")).hasSize(180);
    assertThat(operations.at("/0/perSecond").asDouble()).isBetween(25.0, 37.0);
  }

  @Test
  void actionsTellTheWorkOfOneExecution() throws Exception {
    JsonNode actions = server.json("/api/v1/actions").path("actions");
    JsonNode exchange = actions.at("/0");
    assertThat(exchange.path("action").asText()).isEqualTo("POST /exchange");
    assertThat(exchange.at("/statements/mean").asDouble()).isBetween(8.0, 10.0);
    assertThat(exchange.at("/databaseSeconds/mean").asDouble()).isBetween(0.025, 0.037);
    assertThat(actions.findValues("repeats").toString()).contains("SELECT label FROM category");
  }

  @Test
  void seriesOfAStationAndOfAMeasure() throws Exception {
    JsonNode station = server.json("/api/v1/series?station=wallet/pool/ledger").path("series");
    assertThat(station.findValuesAsText("measure"))
        .containsExactly("pool_used", "pool_limit", "pool_pending", "pool_hold");
    assertThat(station.at("/1/points/0/last").asDouble()).isEqualTo(10);
    JsonNode named = server.json("/api/v1/series?measure=operation&subject=GET%20/balance");
    assertThat(named.path("series")).hasSize(1);
  }

  @Test
  void aStationSaysHowItsSeriesAreDrawn() throws Exception {
    JsonNode document = server.json("/api/v1/series?station=wallet/pool/ledger");
    assertThat(document.path("charts").findValuesAsText("title"))
        .containsExactly("Connections", "Time held and waited");
    JsonNode limit = document.at("/charts/0/lines/2");
    assertThat(limit.path("measure").asText()).isEqualTo("pool_limit");
    assertThat(limit.path("field").asText()).isEqualTo("last");
    assertThat(limit.path("tone").asText()).isEqualTo("limit");
    assertThat(limit.path("together").asText()).isEqualTo("sum");
    assertThat(document.at("/charts/1/lines/1/together").asText()).isEqualTo("highest");
    assertThat(server.json("/api/v1/series?measure=operation").has("charts")).isFalse();
  }

  @Test
  void aServiceWithASlashHasItsCharts() throws Exception {
    var store = new InMemoryStore();
    var cell = new Cell();
    cell.sample(4, 1);
    var key = new SeriesKey(Measure.POOL_USED, "shop/checkout", "c-1", "main", "");
    store.merge(List.of(new Rollup(key, TestServer.NOW.getEpochSecond() - 60, cell)));
    try (var slashed =
        TestServer.start(
            TestServer.OPTIONS,
            store,
            NoTelemetry.worker(),
            NoTelemetry.analysis(TestServer.NOW))) {
      String name = new Station("shop/checkout", StationKind.POOL, "main").text();
      for (String asked : List.of(name, "shop/checkout/pool/main")) {
        JsonNode document =
            slashed.json(
                "/api/v1/series?station=" + URLEncoder.encode(asked, StandardCharsets.UTF_8));
        assertThat(document.at("/series/0/service").asText()).isEqualTo("shop/checkout");
        assertThat(document.at("/series/0/points/0/mean").asDouble()).isEqualTo(4);
        assertThat(document.at("/charts/0/lines/0/measure").asText()).isEqualTo("pool_used");
      }
    }
  }

  @Test
  void eventsAreKept() throws Exception {
    var response =
        server.send(
            server.at().web() + "/api/v1/events",
            "application/json",
            BodyPublishers.ofString(
                "{\"kind\":\"deploy\",\"subject\":\"ledger\",\"attributes\":{\"version\":\"4f2c\"}}"));
    assertThat(response.statusCode()).isEqualTo(201);
    JsonNode events = server.json("/api/v1/events?kind=deploy").path("events");
    assertThat(events.findValuesAsText("subject")).contains("ledger", "wallet");
    assertThat(events.findValuesAsText("version")).contains("4f2c");
    assertThat(new Event("deploy", TestServer.NOW, "ledger", Map.of()).at())
        .isEqualTo(Instant.parse(events.at("/1/at").asText()));
  }

  @Test
  void errorsSayWhatIsWrongAndWhatToDo() throws Exception {
    for (String path :
        List.of(
            "/api/v1/walls?at=three",
            "/api/v1/walls?at=-1",
            "/api/v1/walls?att=3",
            "/api/v1/walls?whatIf=pool=wallet/pool/ledger",
            "/api/v1/findings?since=yesterday",
            "/api/v1/series",
            "/api/v1/series?measure=nonsense",
            "/api/v1/series?station=nonsense")) {
      HttpResponse<String> response = server.get(path);
      assertThat(response.statusCode()).as(path).isEqualTo(400);
      JsonNode error = TestServer.JSON.readTree(response.body()).path("error");
      assertThat(error.path("message").asText()).as(path).isNotBlank();
      assertThat(error.path("next").asText()).as(path).isNotBlank();
    }
    assertThat(server.get("/api/v1/nothing").statusCode()).isEqualTo(404);
    assertThat(server.get("/../../etc/passwd").statusCode()).isIn(400, 404);
  }

  @Test
  void refusesEventsThatAreNone() throws Exception {
    String url = server.at().web() + "/api/v1/events";
    for (String body :
        List.of(
            "garbage",
            "[]",
            "{}",
            "{\"kind\":\"DEPLOY\"}",
            "{\"kind\":\"deploy\",\"when\":1}",
            "{\"kind\":\"deploy\",\"at\":\"noon\"}",
            "{\"kind\":\"deploy\",\"attributes\":{\"a\":1}}")) {
      var response = server.send(url, "application/json", BodyPublishers.ofString(body));
      assertThat(response.statusCode()).as(body).isEqualTo(400);
    }
    assertThat(server.send(url, "text/plain", BodyPublishers.ofString("{}")).statusCode())
        .isEqualTo(415);
    assertThat(
            server
                .send(url, "application/json", BodyPublishers.ofByteArray(new byte[70_000]))
                .statusCode())
        .isEqualTo(413);
  }

  @Test
  void metricsInBothTextFormats() throws Exception {
    HttpResponse<String> prometheus = server.get("/metrics");
    assertThat(prometheus.headers().firstValue("content-type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain"));
    assertThat(prometheus.body()).doesNotContain("# EOF");
    assertThat(page(prometheus.body())).isEqualTo(page(Samples.text("metrics.txt")));
    PrometheusPage page = PrometheusPage.parse(prometheus.body());
    assertThat(
            page.value(
                "headroom_wall_multiple", "station", "wallet/pool/ledger", "bound", "median"))
        .isEqualTo(2.9);
    assertThat(page.value("headroom_findings", "kind", "n-plus-one", "severity", "info")).isOne();
    assertThat(page.types()).containsEntry("headroom_ingest_items_total", "counter");
    HttpResponse<String> open =
        server.get("/metrics", "accept", "application/openmetrics-text; version=1.0.0");
    assertThat(open.body())
        .contains("# TYPE headroom_ingest_items counter\n", "headroom_ingest_items_total{")
        .endsWith("# EOF\n");
    assertThat(open.headers().firstValue("content-type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("application/openmetrics-text"));
    assertThat(page(open.body())).isEqualTo(page(Samples.text("metrics-openmetrics.txt")));
  }

  /** What the heap is like differs from run to run. */
  private static PrometheusPage page(String text) {
    var lines =
        text.lines().map(line -> line.replaceFirst("^(headroom_heap_\\w+) .*", "$1 1")).toList();
    return PrometheusPage.parse(String.join("\n", lines));
  }

  @Test
  void isAliveAndReady() throws Exception {
    assertThat(server.get("/healthz").statusCode()).isEqualTo(200);
    assertThat(server.get("/readyz").statusCode()).isEqualTo(200);
  }

  @Test
  void thePageIsServedWithAPolicyAndRemembered() throws Exception {
    HttpResponse<String> page = server.get("/");
    assertThat(page.headers().firstValue("content-security-policy"))
        .hasValueSatisfying(policy ->
            assertThat(policy).contains("'sha256-").doesNotContain("unsafe", "http://", "*"));
    assertThat(page.headers().firstValue("access-control-allow-origin")).isEmpty();
    String tag = page.headers().firstValue("etag").orElseThrow();
    assertThat(server.get("/", "if-none-match", tag).statusCode()).isEqualTo(304);
    for (String file :
        List.of("/lib/lit/index.js", "/lib/echarts/dist/echarts.esm.min.mjs", "/js/app.js")) {
      HttpResponse<String> script = server.get(file);
      assertThat(script.statusCode()).as(file).isEqualTo(200);
      assertThat(script.headers().firstValue("content-type"))
          .hasValue("text/javascript; charset=utf-8");
    }
  }

  private static Set<String> fields(JsonNode node) {
    var names = new TreeSet<String>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
