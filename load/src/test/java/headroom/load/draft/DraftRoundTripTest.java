package headroom.load.draft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import headroom.load.engine.LoadEngine;
import headroom.load.engine.LoadOptions;
import headroom.load.engine.LoadRun;
import headroom.load.result.LoadResult;
import headroom.plan.Plan;
import headroom.plan.draft.Draft;
import headroom.plan.draft.DraftOptions;
import headroom.plan.draft.Drafts;
import headroom.plan.read.PlanInputs;
import headroom.plan.read.PlanParser;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A drafted plan parses and runs against a shop that insists on the very tokens, ids and hidden
 * fields that it has just handed out.
 */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class DraftRoundTripTest {
  private static final Map<String, String> ENVIRONMENT =
      Map.of("PASSWORD", "hunter2", "BEARER_AUTH", "secret", "API_KEY", "k");

  private final Set<String> issued = ConcurrentHashMap.newKeySet();
  private final Set<String> complaints = ConcurrentHashMap.newKeySet();
  private final AtomicInteger next = new AtomicInteger(50_000);
  private final ExecutorService threads = Executors.newFixedThreadPool(8);
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    threads.shutdownNow();
  }

  private String fresh(String kind) {
    String value = kind + next.incrementAndGet() + "abcdef";
    issued.add(value);
    return value;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      String path = exchange.getRequestURI().getPath();
      switch (exchange.getRequestMethod() + " " + path.replaceAll("/\\d+$", "/#")) {
        case "GET /sign-in" ->
            reply(
                exchange,
                200,
                "text/html",
                "<form>\n<input type=\"hidden\" name=\"_csrf\" value=\"" + fresh("csrf") + "\">");
        case "POST /sign-in" -> {
          insist(body.contains("password=hunter2"), "password in " + body);
          insist(known(body.replaceAll(".*_csrf=([^&]*).*", "$1")), "csrf in " + body);
          exchange.getResponseHeaders().add("Set-Cookie", "sid=" + fresh("sid"));
          exchange.getResponseHeaders().add("Location", "/home");
          reply(exchange, 302, "text/html", "");
        }
        case "GET /api/session" -> {
          String cookie = exchange.getRequestHeaders().getFirst("cookie");
          insist(cookie != null && known(cookie.replace("sid=", "")), "cookie " + cookie);
          reply(
              exchange,
              200,
              "application/json",
              "{\"session\":{\"accessToken\":\"" + fresh("token") + "\"},\"currency\":\"EUR\"}");
        }
        case "POST /api/orders" -> {
          String bearer = exchange.getRequestHeaders().getFirst("authorization");
          insist(bearer != null && known(bearer.replace("Bearer ", "")), "bearer " + bearer);
          insist(body.contains("\"currency\":\"EUR\""), "body " + body);
          int id = next.incrementAndGet();
          issued.add(Integer.toString(id));
          exchange.getResponseHeaders().add("Location", "/api/orders/" + id + "/receipt");
          reply(exchange, 201, "application/json", "{\"id\":" + id + "}");
        }
        case "GET /api/orders/#" -> {
          insist(known(path.replaceAll(".*/", "")), "order " + path);
          reply(exchange, 200, "application/json", "{}");
        }
        case "POST /api/payments" -> {
          insist(known(body.replaceAll(".*\"order\":(\\d+).*", "$1")), "payment " + body);
          reply(exchange, 200, "application/json", "{}");
        }
        default -> reply(exchange, 404, "text/plain", "no " + path);
      }
    }
  }

  private boolean known(String value) {
    return issued.contains(value);
  }

  private void insist(boolean right, String what) {
    if (!right) {
      complaints.add(what);
    }
  }

  private static void reply(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("content-type", type);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private LoadResult run(Draft draft) throws Exception {
    Plan plan =
        PlanParser.parse(
            draft.yaml().replace("think: 1s..3s", "think: 10ms"),
            new PlanInputs(
                Path.of(""),
                name -> Optional.ofNullable(ENVIRONMENT.get(name)),
                List.of("profile=[{ steady: { rate: 10/s, for: 1s } }]")));
    LoadOptions options = LoadOptions.seed(1).withoutWarmUp().withDrain(Duration.ofSeconds(60));
    try (LoadRun run = LoadEngine.start(plan, options, now -> {})) {
      return run.await();
    }
  }

  @Test
  void aRecordingBecomesAPlanThatTheShopAccepts() throws Exception {
    Draft draft =
        Drafts.of("shop.har", Har.shop("https://shop.test"), new DraftOptions(url(), false, false));

    assertThat(draft.yaml())
        .contains("- think: 0.6s")
        .contains("save:")
        .contains("accessToken: $.session.accessToken")
        .contains("order_id: $.id")
        .contains("expect: { status: 302 }")
        .contains("${env.PASSWORD}")
        .contains("# write")
        .doesNotContain("hunter2")
        .doesNotContain("tokenRECORDED77")
        .doesNotContain("style.css")
        .doesNotContain("tracker");
    assertThat(String.join("\n", draft.notes()))
        .contains("Left out: 2 images, scripts, styles and other static files.")
        .contains("Left out: 1 requests to other hosts.")
        .contains("PASSWORD");

    LoadResult result = run(draft);

    assertThat(complaints).isEmpty();
    assertThat(result.stats().errors()).isZero();
    assertThat(result.stats().journeysFinished()).isEqualTo(10);
    assertThat(result.stats().groups()).containsOnlyKeys("Sign in", "Shop");
  }

  @Test
  void withoutCorrelationTheShopWouldComplain() throws Exception {
    // The recorded values themselves are worth nothing: the test above can fail.
    Draft draft =
        Drafts.of(
            "shop.har",
            Har.shop("https://shop.test")
                .replace("\"accessToken\\\":\\\"tokenRECORDED77", "\"x\\\":\\\"y"),
            new DraftOptions(url(), true, false));

    run(draft);

    assertThat(complaints).anyMatch(c -> c.startsWith("bearer Bearer tokenRECORDED77"));
  }

  @Test
  void readsOnlyLeavesOutWhatChangesSomething() {
    Draft draft =
        Drafts.of("shop.har", Har.shop("https://shop.test"), new DraftOptions(null, false, true));

    assertThat(draft.yaml()).contains("target: https://shop.test").doesNotContain("post:");
    assertThat(String.join("\n", draft.notes())).contains("requests that change something");
  }

  @Test
  void aDescriptionBecomesAPlanThatTheServiceAccepts() throws Exception {
    server.removeContext("/");
    server.createContext("/v1", this::pets);
    Draft draft =
        Drafts.of("pets.yaml", PetStore.YAML, new DraftOptions(url() + "/v1", false, false));

    assertThat(draft.yaml())
        .contains("pets:")
        .contains("save: { petId: $.id }")
        .contains("/pets/${petId}")
        .contains("authorization: \"Bearer ${env.BEARER_AUTH}\"")
        .contains("expect: { status: 201 }")
        .contains("# write")
        .doesNotContain("/legacy");
    assertThat(draft.yaml().indexOf("delete: /pets")).isGreaterThan(draft.yaml().indexOf("put:"));

    LoadResult result = run(draft);

    assertThat(complaints).isEmpty();
    assertThat(result.stats().errors()).isZero();
    assertThat(result.stats().journeysFinished()).isEqualTo(10);
  }

  private void pets(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      String path = exchange.getRequestURI().getPath();
      String bearer = exchange.getRequestHeaders().getFirst("authorization");
      insist("Bearer secret".equals(bearer), "bearer " + bearer);
      switch (exchange.getRequestMethod() + " " + path.replaceAll("/p\\d+.*$", "/#")) {
        case "GET /v1/pets" -> {
          insist("limit=20".equals(exchange.getRequestURI().getQuery()), "query");
          reply(exchange, 200, "application/json", "[]");
        }
        case "POST /v1/pets" -> {
          insist(
              body.contains("\"name\":\"Rex\"")
                  && body.contains("\"kind\":\"dog\"")
                  && body.contains("\"age\":3")
                  && !body.contains("\"id\""),
              "pet " + body);
          reply(exchange, 201, "application/json", "{\"id\":\"" + fresh("p") + "\"}");
        }
        case "GET /v1/pets/#", "PUT /v1/pets/#" -> {
          insist(known(path.replaceAll(".*/", "")), "pet " + path);
          reply(exchange, 200, "application/json", "{}");
        }
        case "DELETE /v1/pets/#" -> reply(exchange, 204, "application/json", "");
        default -> reply(exchange, 404, "text/plain", "no " + path);
      }
    }
  }

  @Test
  void whatIsNeitherSaysSo() {
    assertThatThrownBy(() -> Drafts.of("x.json", "{\"a\": 1}", DraftOptions.DEFAULT))
        .hasMessageContaining("neither a HAR")
        .hasMessageContaining("x.json");
    assertThatThrownBy(() -> Drafts.of("x.json", "{\"a\": ", DraftOptions.DEFAULT))
        .hasMessageContaining("no JSON: line 1");
    assertThatThrownBy(() -> Drafts.of("x.yaml", "swagger: '2.0'", DraftOptions.DEFAULT))
        .hasMessageContaining("Swagger 2.0");
    assertThatThrownBy(() -> Drafts.of("x.yaml", "a: [", DraftOptions.DEFAULT))
        .hasMessageContaining("no YAML");
    assertThatThrownBy(() -> Drafts.of("x.har", "{\"log\":{\"entries\":[]}}", DraftOptions.DEFAULT))
        .hasMessageContaining("no request");
  }
}
