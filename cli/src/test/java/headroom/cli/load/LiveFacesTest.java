package headroom.cli.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import headroom.cli.terminal.Terminal;
import headroom.load.engine.LiveSnapshot;
import headroom.load.engine.LoadEngine;
import headroom.load.engine.LoadOptions;
import headroom.load.engine.LoadRun;
import headroom.load.result.StepKey;
import headroom.load.study.Part;
import headroom.plan.Plan;
import headroom.plan.RateSegment.Steady;
import headroom.plan.build.PlanBuilder;
import headroom.rollup.Cell;
import headroom.testkit.PrometheusPage;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What can be seen of a test while it runs. */
final class LiveFacesTest {
  private static final Plan PLAN =
      PlanBuilder.to("http://127.0.0.1:1")
          .journey("look", 1, j -> j.get("/"))
          .open(new Steady(50, 100))
          .build();

  @Test
  void metricsAreServedOnThisMachineAndAddUp() throws Exception {
    HttpServer target =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
    target.createContext(
        "/",
        exchange -> {
          boolean bad = exchange.getRequestURI().getPath().equals("/bad");
          exchange.sendResponseHeaders(bad ? 503 : 200, -1);
          exchange.close();
        });
    target.start();
    Plan plan =
        PlanBuilder.to("http://127.0.0.1:" + target.getAddress().getPort())
            .journey("look", 1, j -> j.get("/"))
            .journey("bad", 1, j -> j.get("/bad").named("a \"bad\" one"))
            .open(new Steady(20, 5))
            .build();
    LoadOptions options = LoadOptions.seed(1).withoutWarmUp();
    try (var endpoint = new LiveEndpoint("0");
        LoadRun run = LoadEngine.start(plan, options, now -> {})) {
      assertThat(endpoint.url()).startsWith("http://127.0.0.1:");
      endpoint.show(run);
      run.awaitElapsed(0.2);
      assertThat(value(scrape(endpoint), "headroom_test_intended_arrivals_per_second"))
          .isEqualTo(20);
      run.await();

      String text = scrape(endpoint);

      assertThat(value(text, "headroom_test_arrivals_total")).isEqualTo(100);
      double looked = value(text, "headroom_test_requests_total", "step", "GET /");
      double bad = value(text, "headroom_test_requests_total", "step", "a \"bad\" one");
      assertThat(looked + bad).isEqualTo(100);
      assertThat(
              value(
                  text,
                  "headroom_test_errors_total",
                  "step",
                  "a \"bad\" one",
                  "kind",
                  "unexpected status"))
          .isEqualTo(bad);
      assertThat(value(text, "headroom_test_response_seconds_count", "step", "GET /"))
          .isEqualTo(looked)
          .isEqualTo(
              value(
                  text,
                  "headroom_test_response_seconds_bucket",
                  "step",
                  "GET /",
                  "le",
                  "Infinity"));
      assertThat(text.lines().filter(line -> !line.startsWith("#")))
          .allMatch(
              line -> line.matches("[a-z_]+(\\{([a-z]+=\"([^\"\\\\]|\\\\.)*\",?)+})? [0-9.E+-]+"));
    } finally {
      target.stop(0);
    }
  }

  private static String scrape(LiveEndpoint endpoint) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> response =
          client.send(
              HttpRequest.newBuilder(URI.create(endpoint.url())).build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(response.headers().firstValue("content-type"))
          .hasValue("text/plain; version=0.0.4; charset=utf-8");
      return response.body();
    }
  }

  private static double value(String text, String name, String... labels) {
    return PrometheusPage.parse(text).value(name, labels);
  }

  @Test
  void aWrongAddressSaysWhatWouldBeRight() {
    assertThatThrownBy(() -> new LiveEndpoint("here")).hasMessageContaining("host:port");
  }

  @Test
  void onATerminalThePanelIsRedrawnInItsPlace() {
    var err = new ByteArrayOutputStream();
    var terminal = terminal(err, true);
    var view = new LiveView(terminal, PLAN);

    view.show(at(10, 500));
    view.show(at(11, 550));
    terminal.say("news");

    String text = err.toString(StandardCharsets.UTF_8);
    assertThat(text)
        .contains("testing ██░░░░░░░░░░░░░░░░░░░░░░  10 %   0:10 of 1:40")
        .contains("journeys  intended     50.0/s   arrived     500")
        .contains("requests  sent         50.0/s   total       550   failed      5 (0.9 %)")
        .contains("p50 20 ms")
        .contains("generator late p99 0.10 ms")
        .contains("\033[5A\033[J")
        .contains("\033[6A\033[Jnews");
    assertThat(text.lines())
        .allMatch(line -> line.replaceAll("\033\\[\\d*[A-Z]", "").length() < 80);
  }

  @Test
  void elsewhereAPlainLineComesEveryTenSeconds() {
    var err = new ByteArrayOutputStream();
    var view = new LiveView(terminal(err, false), PLAN);

    for (int second = 1; second <= 30; second++) {
      view.show(at(second, second * 50L));
    }

    assertThat(err.toString(StandardCharsets.UTF_8).lines())
        .hasSize(3)
        .allMatch(line -> line.matches("testing +\\d+ %  intended 50.0 journeys/s, 50.0 .*"));
  }

  @Test
  void aStudyShowsWhichPartItIsOfHowMany() {
    var err = new ByteArrayOutputStream();
    var view = new LiveView(terminal(err, true), PLAN);

    view.begins(new Part("run", "pay + look", 3, 9, false, 40, 140, 0));
    view.show(at(5, 250));
    view.show(at(6, 300));
    // The next run begins at zero again, with counts of its own.
    view.begins(new Part("run", "look", 4, 9, false, 60, 120, 0));
    view.show(at(1, 30));

    String text = err.toString(StandardCharsets.UTF_8);
    assertThat(text)
        .contains("testing ██████░░░░░░░░░░░░░░░░░░  25 %   0:45 of 3:00")
        .contains("run 3 of 9: pay + look   2:15 left")
        .contains("requests  sent         50.0/s")
        .contains("run 4 of 9: look   1:59 left")
        .contains("requests  sent         30.0/s");
  }

  @Test
  void whatIsOnlyABoundIsCalledThat() {
    var live = new ByteArrayOutputStream();
    var view = new LiveView(terminal(live, true), PLAN);
    view.begins(new Part("plateau", "80/s", 4, 9, true, 50, 150, 50));
    view.show(at(60, 250));
    assertThat(live.toString(StandardCharsets.UTF_8))
        .contains(" 30 %   1:00 of at most 3:20")
        .contains("plateau 4 of at most 9: 80/s   at most 2:20 left");
  }

  @Test
  void elsewhereEveryPartHasALineAtLeast() {
    var err = new ByteArrayOutputStream();
    var view = new LiveView(terminal(err, false), PLAN);
    for (int run = 1; run <= 3; run++) {
      view.begins(new Part("run", "look", run, 3, false, 6 * (run - 1), 6 * (4 - run), 0));
      for (int second = 1; second <= 6; second++) {
        view.show(at(second, second * 50L));
      }
    }
    assertThat(err.toString(StandardCharsets.UTF_8).lines())
        .hasSize(3)
        .allMatch(
            line -> line.matches("testing +\\d+ %  run [123] of 3: look   0:\\d\\d left, .*"));
  }

  private static Terminal terminal(ByteArrayOutputStream err, boolean live) {
    return new Terminal(
        new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        live);
  }

  private static LiveSnapshot at(double seconds, long sent) {
    var window = new Cell();
    window.record(0.02, false);
    var lag = new Cell();
    lag.record(0.0001, false);
    return new LiveSnapshot(
        seconds,
        50,
        sent,
        0,
        sent,
        sent,
        5,
        3,
        1,
        2,
        sent - 1,
        lag,
        5,
        Map.of(StepKey.of("GET /"), window));
  }
}
