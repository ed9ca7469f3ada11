package headroom.plan.read;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import headroom.plan.AnswerValue;
import headroom.plan.Expectation;
import headroom.plan.FaultPlan;
import headroom.plan.Feeder;
import headroom.plan.Journey;
import headroom.plan.JsonPath;
import headroom.plan.Objective;
import headroom.plan.Plan;
import headroom.plan.Profile;
import headroom.plan.RateSegment.Growth;
import headroom.plan.RateSegment.Ramp;
import headroom.plan.RateSegment.Sine;
import headroom.plan.RateSegment.Steady;
import headroom.plan.Spacing;
import headroom.plan.Step;
import headroom.plan.StopRule;
import headroom.plan.ThinkTime;
import headroom.plan.ValueSource;
import headroom.plan.build.PlanBuilder;
import headroom.plan.yaml.Problem;
import headroom.plan.yaml.ProblemException;
import headroom.testkit.ForAll;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanParserTest {
  private static final String PLAN =
      """
      target: http://127.0.0.1:8090
      journeys:
        sign-in:
          - post: /login
            json: { user: "user-${user}", pin: "1234", tries: 3, admin: false, note: null }
            expect: { status: 200 }
            save: { token: $.token }
          - think: 1s..3s
          - get: /balance
            headers: { authorization: "Bearer ${token}" }
        exchange:
          - post: /exchange?to=${currency}
            form: { amount: "${amount}", "an odd": "x y" }
            expect: { status: [2xx, 409], contains: ok }
            timeout: 2s
            idempotent: true
            name: convert
          - delete: /session
      mix: { sign-in: 70, exchange: 30 }
      connections: 64
      variables: { amount: 1..500, currency: [EUR, USD] }
      profile:
        - ramp: { from: 5/s, to: 50/s, over: 5m }
        - steady: { rate: 50/s, for: 10m }
        - sine: { mean: 10/s, amplitude: 5/s, period: 1m, for: 2m }
        - growth: { from: 10/s, to: 100/s, over: 1h }
        - step: { from: 10/s, to: 30/s, steps: 3, for: 30s }
        - spike: { from: 5/s, to: 60/min, before: 10s, for: 5s, after: 10s }
        - pause: 1.5s
      arrivals: poisson
      objectives: { p99: 500ms, p99.9: 2s, errors: 1% }
      stop: { errors: 20%, for: 10s }
      timeout: 5s
      """;

  @Test
  void aPlanHasAllThatWasWritten() {
    Plan plan = PlanParser.parse(PLAN);
    assertThat(plan.target()).hasToString("http://127.0.0.1:8090");
    assertThat(plan.connections()).hasValue(64);
    assertThat(plan.timeout()).isEqualTo(Duration.ofSeconds(5));
    assertThat(plan.stop()).contains(new StopRule(0.2, Duration.ofSeconds(10)));
    assertThat(plan.objectives())
        .containsExactly(
            new Objective.Latency("p99", 0.99, 0.5),
            new Objective.Latency("p99.9", 99.9 / 100, 2),
            new Objective.Errors(0.01));
    assertThat(plan.variables())
        .containsEntry("amount", new ValueSource.IntegerBetween(1, 500))
        .containsEntry("currency", new ValueSource.OneOf(List.of("EUR", "USD")));
    var open = (Profile.Open) plan.profile();
    assertThat(open.spacing()).isEqualTo(Spacing.POISSON);
    assertThat(open.segments())
        .containsExactly(
            new Ramp(5, 50, 300),
            new Steady(50, 600),
            new Sine(10, 5, 60, 120),
            new Growth(10, 100, 3_600),
            new Steady(10, 30),
            new Steady(20, 30),
            new Steady(30, 30),
            new Steady(5, 10),
            new Steady(1, 5),
            new Steady(5, 10),
            new Steady(0, 1.5));
  }

  @Test
  void stepsHaveAllThatWasWritten() {
    Plan plan = PlanParser.parse(PLAN);
    assertThat(plan.journeys()).extracting(Journey::name).containsExactly("sign-in", "exchange");
    assertThat(plan.journeys()).extracting(Journey::share).containsExactly(70.0, 30.0);
    List<Step> signIn = plan.journeys().get(0).steps();
    var login = (Step.Request) signIn.get(0);
    assertThat(login.name()).isEqualTo("POST /login");
    assertThat(login.body().orElseThrow().content().source())
        .isEqualTo(
            "{\"user\":\"user-${user}\",\"pin\":\"1234\",\"tries\":3,\"admin\":false,\"note\":null}");
    assertThat(login.expect()).isEqualTo(Expectation.status(200));
    assertThat(login.saves())
        .containsExactly(new Step.Save("token", new AnswerValue.Json(JsonPath.parse("$.token"))));
    assertThat(signIn.get(1))
        .isEqualTo(new Step.Think(new ThinkTime.Between(1_000_000_000L, 3_000_000_000L)));
    var exchange = (Step.Request) plan.journeys().get(1).steps().get(0);
    assertThat(exchange.name()).isEqualTo("convert");
    assertThat(exchange.idempotent()).isTrue();
    assertThat(exchange.timeout()).contains(Duration.ofSeconds(2));
    assertThat(exchange.body().orElseThrow().content().source())
        .isEqualTo("amount=${amount}&an+odd=x+y");
    assertThat(exchange.expect().accepts(409)).isTrue();
    assertThat(exchange.expect().accepts(204)).isTrue();
    assertThat(exchange.expect().accepts(302)).isFalse();
    assertThat(exchange.expect().bodyContains()).isEqualTo("ok");
  }

  @Test
  void theClosedModelMayBeWrittenInThreeWays() {
    var expected = new Profile.Closed(64, Duration.ofSeconds(20), Duration.ZERO);
    for (String profile :
        List.of(
            "{ users: 64, for: 20s }",
            "{ closed: { users: 64, for: 20s } }",
            "[ closed: { users: 64, for: 20s } ]")) {
      assertThat(PlanParser.parse(minimal("profile: " + profile)).profile()).isEqualTo(expected);
    }
  }

  @Test
  void everyProblemIsFoundWithLineColumnAndNearestKey() {
    ProblemException failure =
        catchThrowableOfType(
            ProblemException.class,
            () ->
                PlanParser.parse(
                    """
                    target: ftp://nowhere
                    journies:
                      a: []
                    journeys:
                      look:
                        - get: balance
                          expcet: { status: 200 }
                        - think: soon
                        - put: /x
                          get: /y
                    mix: { lok: 5 }
                    profile:
                      - steady: { rate: 50, for: 10 }
                      - ramp: { from: 1/s, over: 5m }
                      - stedy: { rate: 1/s, for: 1s }
                    objectives: { p990: 1s, errors: 120% }
                    stop: { errors: 20% }
                    connections: many
                    """));
    assertThat(failure.problems())
        .extracting(Problem::toString)
        .containsExactly(
            "line 1, column 9: target must look like http://host:port, got 'ftp://nowhere'",
            "line 2, column 1: unknown key 'journies' in a plan: did you mean 'journeys'?",
            "line 6, column 12: a path must begin with / and hold no space, got 'balance'",
            "line 7, column 7: unknown key 'expcet' in a step: did you mean 'expect'?",
            "line 8, column 14: a duration must look like 500ms, 10s or 1m30s, got 'soon'",
            "line 9, column 7: a step can be only one of put, get",
            "line 11, column 8: no journey 'lok': did you mean 'look'?",
            "line 13, column 21: a rate must look like 50/s or 30/min, got '50'",
            "line 13, column 30: a duration must look like 500ms, 10s or 1m30s, got '10'",
            "line 14, column 11: ramp needs 'to'",
            "line 15, column 5: unknown key 'stedy' in profile: did you mean 'steady'?",
            "line 16, column 15: an objective must be errors or a percentile such as p99, got"
                + " 'p990'",
            "line 16, column 33: a share must be at most 100%, got '120%'",
            "line 17, column 7: stop needs 'for'",
            "line 18, column 14: connections must be per-user or a whole number from 1 to 1000000,"
                + " got 'many'");
  }

  @Test
  void aVariableThatNothingSavesIsAProblem() {
    assertThatThrownBy(() ->
            PlanParser.parse(
                """
                target: http://h
                journeys:
                  a:
                    - get: /x
                      headers: { authorization: "Bearer ${token}" }
                    - post: /login
                      save: { token: $.t }
                profile: [ steady: { rate: 1/s, for: 1s } ]
                """))
        .hasMessageContaining("${token}, which no earlier step saves");
  }

  @Test
  void brokenYamlIsAProblemWithItsPlace() {
    assertThatThrownBy(() -> PlanParser.parse("target: [a\njourneys: }"))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("line 2")
        .hasMessageContaining("no YAML");
    assertThatThrownBy(() -> PlanParser.parse(""))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("empty");
    assertThatThrownBy(() -> PlanParser.parse("- 1"))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("must be a mapping");
  }

  @Test
  void noMutilatedPlanMakesTheParserFailInAnyOtherWay() {
    ForAll.cases(500)
        .check(
            random -> {
              var text = new StringBuilder(PLAN);
              for (int i = 1 + random.nextInt(4); i > 0; i--) {
                int at = random.nextInt(text.length());
                int end = Math.min(text.length(), at + 1 + random.nextInt(12));
                String junk =
                    List.of("", "[", "}", ": ", "- ", "\n", "${", "&a ", "*a", "9e9")
                        .get(random.nextInt(10));
                text.replace(at, end, junk);
              }
              return text.toString();
            },
            text -> {
              try {
                PlanParser.parse(text);
              } catch (ProblemException expected) {
                assertThat(expected.problems()).isNotEmpty();
              }
            });
  }

  @Test
  void aBareNumberMayComeFromAVariable() {
    Plan plan =
        PlanParser.parse(
            """
            target: http://h
            variables: { amount: 1..9 }
            journeys:
              a:
                - post: /x
                  json: { amount: "${amount:number}", text: "say \\"${amount}\\"" }
            profile: [ steady: { rate: 1/s, for: 1s } ]
            """);
    var request = (Step.Request) plan.journeys().getFirst().steps().getFirst();
    assertThat(request.body().orElseThrow().content().source())
        .isEqualTo("{\"amount\":${amount},\"text\":\"say \\\"${amount}\\\"\"}");
  }

  @Test
  void stepsThatHoldStepsSayWhatIsWrongWithThem() {
    ProblemException failure =
        catchThrowableOfType(
            ProblemException.class,
            () ->
                PlanParser.parse(
                    """
                    target: http://h
                    journeys:
                      a:
                        - if: { x: 1, y: 2 }
                          then: []
                        - repeat: often
                          steps: [ get: / ]
                        - choose: [ { steps: [] } ]
                        - get: /
                          then: []
                        - continue: b
                          name: x
                        - repeat: 3
                    profile: [ steady: { rate: 1/s, for: 1s } ]
                    """));
    assertThat(failure.problems())
        .extracting(Problem::toString)
        .containsExactly(
            "line 4, column 11: if compares one variable, as in if: { tier: gold }",
            "line 6, column 15: repeat must be a whole number from 0 to 1000000, got 'often'",
            "line 8, column 15: the shares of a choice must add up to more than 0",
            "line 8, column 17: an option of choose needs 'share'",
            "line 10, column 7: then needs if or repeat beside it",
            "line 12, column 7: name does not go with continue",
            "line 13, column 7: repeat needs 'steps'");
  }

  @Test
  void rowsThatMustBeUniqueHaveToSuffice() {
    var feeder =
        Feeder.of("u", List.of("id"), List.of(List.of("1"), List.of("2")), Feeder.Order.UNIQUE);
    var builder = PlanBuilder.to("http://h").feeder(feeder).journey("a", 1, j -> j.get("/${u.id}"));
    builder.open(new Steady(2, 1)).build();
    assertThatThrownBy(() -> builder.open(new Steady(3, 1)).build())
        .hasMessage("${u.id} must be unique, but there are 2 rows for 3 users");
  }

  @Test
  void everyUserKeepsToOneRow() {
    var rows = new java.util.ArrayList<List<String>>();
    for (int i = 0; i < 100; i++) {
      rows.add(List.of("a" + i, "b" + i));
    }
    var feeder = Feeder.of("f", List.of("a", "b"), rows, Feeder.Order.RANDOM);
    var random = new java.util.SplittableRandom(1);
    var seen = new java.util.HashSet<String>();
    for (int user = 0; user < 1_000; user++) {
      String a = requireNonNull(feeder.variables().get("f.a")).draw(random, user);
      String b = requireNonNull(feeder.variables().get("f.b")).draw(random, user);
      assertThat(b).isEqualTo(a.replace('a', 'b'));
      seen.add(a);
    }
    assertThat(seen).hasSize(100);
  }

  @Test
  void faultsAreReadWithTheirTimes() {
    Plan plan =
        PlanParser.parse(
            minimal(
                """
                profile: [ steady: { rate: 1/s, for: 1m } ]
                proxies: { db: { listen: 6432, to: "127.0.0.1:5432" } }
                faults:
                  - { at: 10s, for: 5s, on: db, latency: 200ms..300ms }
                  - { at: 20s, for: 5s, on: db, black-hole: true }
                  - { at: 30s, for: 1m, on: db, flapping: { down: 1s, up: 2s } }
                  - { at: 40s, run: [service, restart], undo: [service, stop], for: 5s, timeout: 10s }
                """));
    assertThat(plan.proxies())
        .containsExactly(new FaultPlan.Proxy("db", 6_432, "127.0.0.1", 5_432));
    assertThat(plan.faults())
        .extracting(fault -> fault.action().describe())
        .containsExactly(
            "latency of 200..300 ms on db",
            "black hole on db",
            "down 1000 ms, up 2000 ms by turns on db",
            "service restart");
    assertThat(plan.faults().get(0).endSeconds()).isEqualTo(15);
    assertThatThrownBy(() ->
            PlanParser.parse(
                minimal(
                    """
                    profile: [ steady: { rate: 1/s, for: 1m } ]
                    proxies: { db: { listen: x, to: "h:5432" } }
                    faults:
                      - { at: 10s, on: db, latncy: 1s }
                      - { at: 10s, on: db, reset: true }
                    """)))
        .hasMessageContaining("an address must look like 127.0.0.1:5432, got 'x'")
        .hasMessageContaining("did you mean 'latency'?")
        .hasMessageContaining("a fault on a proxy needs 'for'");
  }

  @Test
  void aMultipartBodyHasItsPartsBetweenBoundaries() {
    Plan plan =
        PlanParser.parse(
            """
            target: http://h
            journeys:
              a:
                - post: /upload
                  multipart:
                    note: "of ${user}"
                    file: { filename: a.txt, type: text/plain, content: "hello" }
            profile: [ steady: { rate: 1/s, for: 1s } ]
            """);
    Step.Body body =
        ((Step.Request) plan.journeys().getFirst().steps().getFirst()).body().orElseThrow();
    String boundary = body.contentType().replace("multipart/form-data; boundary=", "--");
    assertThat(body.content().source())
        .isEqualTo(
            String.join(
                "\r\n",
                boundary,
                "content-disposition: form-data; name=\"note\"",
                "",
                "of ${user}",
                boundary,
                "content-disposition: form-data; name=\"file\"; filename=\"a.txt\"",
                "content-type: text/plain",
                "",
                "hello",
                boundary + "--",
                ""));
  }

  @Test
  void jsonPathsGoThroughNamesAndIndexes() {
    assertThat(JsonPath.parse("$.a['b c'][2].d").elements())
        .containsExactly(
            new JsonPath.Name("a"),
            new JsonPath.Name("b c"),
            new JsonPath.Index(2),
            new JsonPath.Name("d"));
    for (String bad : List.of("a.b", "$..", "$.a[?(@.x)]", "$.a[", "$.a*", "$x")) {
      assertThatThrownBy(() -> JsonPath.parse(bad))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(bad);
    }
  }

  private static String minimal(String rest) {
    return "target: http://h\njourneys: { a: [ get: / ] }\n" + rest + "\n";
  }
}
