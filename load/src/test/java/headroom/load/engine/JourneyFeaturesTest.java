package headroom.load.engine;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import headroom.load.result.ErrorKind;
import headroom.load.result.LoadResult;
import headroom.load.result.StepStats;
import headroom.plan.Plan;
import headroom.plan.build.JourneyBuilder.Way;
import headroom.plan.build.PlanBuilder;
import headroom.plan.read.PlanParser;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Cookies, groups, checks, files and the builder's branches, against a real server. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class JourneyFeaturesTest {
  private static final LoadOptions OPTIONS =
      LoadOptions.seed(42).withoutWarmUp().withDrain(Duration.ofSeconds(60));

  private static LoadResult run(Plan plan) throws Exception {
    try (LoadRun run = LoadEngine.start(plan, OPTIONS, snapshot -> {})) {
      return run.await();
    }
  }

  private static String plan(TestServer server, String journey) {
    return """
    target: %s
    journeys:
      j:
    %s
    profile: [ { steady: { rate: 20/s, for: 1s } } ]
    """
        .formatted(server.url(), journey.indent(4));
  }

  @Test
  void everyUserKeepsItsOwnCookies() throws Exception {
    Set<String> sent = ConcurrentHashMap.newKeySet();
    try (var server =
        new TestServer()
            .on(
                "/login",
                exchange -> {
                  String user = exchange.getRequestURI().getQuery();
                  var headers = exchange.getResponseHeaders();
                  headers.add("Set-Cookie", "session=" + user + "; Path=/; HttpOnly");
                  headers.add("set-cookie", "lang=en");
                  TestServer.reply(exchange, 200, "{}");
                })
            .on(
                "/out",
                exchange -> {
                  exchange.getResponseHeaders().add("Set-Cookie", "lang=; Max-Age=0");
                  TestServer.reply(exchange, 200, "{}");
                })
            .on(
                "/look",
                exchange -> {
                  sent.add(
                      exchange.getRequestURI().getQuery()
                          + " "
                          + exchange.getRequestHeaders().getFirst("cookie"));
                  TestServer.reply(exchange, 200, "{}");
                })) {
      String steps =
          """
          - get: /login?${user}
          - get: /out
          - get: /look?${user}
          """;
      assertThat(run(PlanParser.parse(plan(server, steps))).stats().errors()).isZero();
      assertThat(sent).hasSize(20).contains("1 session=1", "20 session=20");

      sent.clear();
      run(PlanParser.parse(plan(server, steps) + "cookies: false\n"));
      assertThat(sent).hasSize(20).contains("1 null");
    }
  }

  @Test
  void groupsAddUpTheirStepsWithoutPauses() throws Exception {
    try (var server =
        new TestServer()
            .on(
                "/slow",
                exchange -> {
                  java.util.concurrent.locks.LockSupport.parkNanos(10_000_000);
                  TestServer.reply(exchange, 200, "{}");
                })
            .json("/fails", 500, "{}")) {
      String steps =
          """
          - group: outer
            steps:
              - group: pay
                steps: [ { get: /slow }, { think: 2s }, { get: /slow } ]
              - get: /fails
          """;
      LoadResult result = run(PlanParser.parse(plan(server, steps)));
      var pay = requireNonNull(result.stats().groups().get("pay"));
      assertThat(pay.count()).isEqualTo(20);
      assertThat(pay.errors()).isZero();
      assertThat(pay.min()).as("without the pause").isBetween(0.02, 2.0);
      var outer = requireNonNull(result.stats().groups().get("outer"));
      assertThat(outer.errors()).as("aborted within it").isEqualTo(20);
      assertThat(outer.min()).isGreaterThan(pay.min());
    }
  }

  @Test
  void checksLookAtBodyHeadersAndTime() throws Exception {
    try (var server =
        new TestServer().json("/a", 200, "{\"state\":\"done\",\"n\":[3],\"user\":\"7\"}")) {
      String good =
          """
          - get: /a?${user}
            expect:
              json: { $.state: done, "$.n[0]": 3 }
              headers: { content-type: application/json }
              matches: '"user":"\\d"'
              within: 60s
          """;
      assertThat(run(PlanParser.parse(plan(server, good))).stats().errors()).isZero();

      for (Map.Entry<String, String> bad :
          Map.of(
                  "json: { $.state: '${user}' }", "$.state is 'done'",
                  "json: { $.nothing: x }", "$.nothing is missing",
                  "headers: { content-type: text/html }",
                      "header content-type is 'application/json'",
                  "matches: nope", "the body does not match /nope/",
                  "within: 1us", "took longer than 0 ms")
              .entrySet()) {
        String steps = "- get: /a\n  expect: { %s }\n".formatted(bad.getKey());
        StepStats step = run(PlanParser.parse(plan(server, steps))).stats().steps().getFirst();
        assertThat(step.errors().entries())
            .as(bad.getKey())
            .singleElement()
            .satisfies(entry -> {
              assertThat(entry.kind()).isEqualTo(ErrorKind.CHECK);
              assertThat(entry.samples().keySet()).containsExactly(bad.getValue());
            });
      }
    }
  }

  @Test
  void oneOfSeveralValuesIsPicked() throws Exception {
    try (var server = new TestServer().json("/", 200, "{\"items\":[{\"id\":1},{\"id\":2}]}")) {
      String steps =
          """
          - get: /list
            save:
              any: { json: "$.items[*].id", pick: random }
              last: { json: "$..id", pick: last }
          - get: /any-${any}-${last}
          """;
      assertThat(run(PlanParser.parse(plan(server, steps))).stats().errors()).isZero();
      assertThat(server.seen().stream().map(TestServer.Seen::path).distinct())
          .containsExactlyInAnyOrder("/list", "/any-1-2", "/any-2-2");
    }
  }

  @Test
  void filesAreSentByteForByte(@TempDir Path folder) throws Exception {
    byte[] bytes = new byte[512];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) i;
    }
    Files.write(folder.resolve("photo.bin"), bytes);
    String latin = new String(bytes, StandardCharsets.ISO_8859_1);
    Set<String> bodies = ConcurrentHashMap.newKeySet();
    try (var server =
        new TestServer()
            .onBytes(
                "/",
                (exchange, body) -> {
                  bodies.add(new String(body, StandardCharsets.ISO_8859_1));
                  TestServer.reply(exchange, 200, "{}");
                })) {
      String steps =
          """
          - post: /raw
            body: { file: photo.bin, type: image/x }
          - post: /parts
            multipart: { photo: { file: photo.bin, type: image/x }, note: "hello ${user}" }
          """;
      assertThat(run(PlanParser.parse(plan(server, steps), folder)).stats().errors()).isZero();
    }
    assertThat(bodies).contains(latin);
    assertThat(bodies.stream().filter(b -> b.contains("form-data")))
        .hasSize(20)
        .allMatch(b ->
            b.contains(latin)
                && b.contains("name=\"photo\"; filename=\"photo.bin\"\r\ncontent-type: image/x")
                && b.contains("\r\n\r\nhello "));
  }

  @Test
  void theBuilderBranchesLoopsAndHandsOver() throws Exception {
    try (var server = new TestServer().json("/", 200, "{\"tier\":\"gold\"}")) {
      Plan plan =
          PlanBuilder.to(server.url())
              .journey(
                  "enter",
                  1,
                  j ->
                      j.post("/form")
                          .form(Map.of("a b", "${user}&"))
                          .save("tier", "$.tier")
                          .when("tier", "gold", then -> then.get("/gold"), or -> or.get("/none"))
                          .choose(new Way(1, w -> w.get("/one")), new Way(0, w -> w.get("/none")))
                          .repeat(2, 2, r -> r.group("look", g -> g.patch("/again")))
                          .continueWith("leave"))
              .journey("leave", 0, j -> j.delete("/bye"))
              .closed(1, Duration.ofMillis(300))
              .build();
      LoadResult result = run(plan);
      assertThat(result.stats().errors()).isZero();
      Map<String, Long> paths =
          server.seen().stream()
              .collect(Collectors.groupingBy(s -> s.path(), Collectors.counting()));
      assertThat(paths).containsOnlyKeys("/form", "/gold", "/one", "/again", "/bye");
      assertThat(server.seen().getFirst().body()).isEqualTo("a+b=1%26");
      long rounds = requireNonNull(paths.get("/bye"));
      assertThat(paths.get("/again")).isBetween(2 * rounds, 2 * rounds + 2);
    }
  }

  @Test
  void twoApplicationsBehindOneHostKeepTheirOwnSessions() throws Exception {
    var sessions = ConcurrentHashMap.<String>newKeySet();
    TestServer.Handler login =
        exchange -> {
          String app = exchange.getRequestURI().getPath().split("/", -1)[1];
          String session = app + sessions.size();
          sessions.add("JSESSIONID=" + session);
          exchange
              .getResponseHeaders()
              .add("Set-Cookie", "JSESSIONID=%s; Path=/%s; HttpOnly".formatted(session, app));
          TestServer.reply(exchange, 200, "{}");
        };
    TestServer.Handler use =
        exchange -> {
          String app = exchange.getRequestURI().getPath().split("/", -1)[1];
          String sent = String.valueOf(exchange.getRequestHeaders().getFirst("cookie"));
          boolean known = sent.startsWith("JSESSIONID=" + app) && sessions.contains(sent);
          TestServer.reply(exchange, known ? 200 : 401, "{}");
        };
    try (var server =
        new TestServer()
            .on("/shop/login", login)
            .on("/account/login", login)
            .on("/shop/cart", use)
            .on("/account/me", use)) {
      String steps =
          """
          - post: /shop/login
          - post: /account/login
          - get: /shop/cart
          - get: /account/me
          """;
      assertThat(run(PlanParser.parse(plan(server, steps))).stats().errors()).isZero();
      assertThat(server.seen()).hasSize(80);
    }
  }
}
