package headroom.plan.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import headroom.plan.Fault;
import headroom.plan.FaultPlan;
import headroom.plan.Idempotence;
import headroom.plan.JsonPath;
import headroom.plan.Objective;
import headroom.plan.Plan;
import headroom.plan.Profile;
import headroom.plan.RateSegment.Steady;
import headroom.plan.Step;
import headroom.plan.Study;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class StudyParserTest {
  @Test
  void aCapacitySearchStandsInThePlaceOfAProfile() {
    Plan plan =
        parse(
            """
            profile:
              capacity: { from: 20/s, to: 500/s, plateau: 8s..30s, precision: 2%, at-least: 100/s }
            objectives: { p99: 500ms }
            """);
    assertThat(plan.study())
        .isEqualTo(new Study.Capacity(20, 500, 8, 30, 0.02, OptionalDouble.of(100)));
    assertThat(((Profile.Open) plan.profile()).segments()).isEmpty();
    Plan short_ =
        parse(
            """
            profile: [ capacity: { from: 20/s, to: 500/s, objectives: { errors: 1% } } ]
            """);
    assertThat(short_.study()).isEqualTo(Study.Capacity.between(20, 500));
    assertThat(short_.objectives()).containsExactly(new Objective.Errors(0.01));
  }

  @Test
  void mistakesInACapacitySearchAreToldWithTheirPlace() {
    assertThatThrownBy(() -> parse("profile:\n  capacity: { form: 20/s, to: 500/s }\n"))
        .hasMessageContaining(
            "line 4, column 15: unknown key 'form' in capacity: did you mean 'from'?")
        .hasMessageContaining("capacity needs 'from'");
    assertThatThrownBy(() -> parse("profile:\n  capacity: { from: 20/s, to: 5/s }\n"))
        .hasMessageContaining("rates must be 0 < from <= to, got 20.0 and 5.0");
    assertThatThrownBy(() -> parse("profile:\n  capacity: { from: 20/s, to: 50/s }\n"))
        .hasMessageContaining("a capacity search needs objectives to be kept");
    assertThatThrownBy(() ->
            parse("profile: [ capacity: { from: 1/s, to: 5/s }, steady: { rate: 1/s, for: 1s } ]"))
        .hasMessageContaining("capacity must stand alone");
    assertThatThrownBy(() ->
            parse("capacity: { from: 1/s, to: 5/s }\nprofile: [ steady: { rate: 1/s, for: 1s } ]"))
        .hasMessageContaining("capacity stands in the place of a profile");
    assertThatThrownBy(() -> parse("profile: [ capasity: { from: 1/s, to: 5/s } ]"))
        .hasMessageContaining("did you mean 'capacity'?");
  }

  @Test
  void interferenceIsAskedBesideAProfile() {
    String profile = "profile: [ steady: { rate: 30/s, for: 10s } ]\n";
    assertThat(parse(profile + "interference: true").study()).isEqualTo(Study.Interference.DEFAULT);
    assertThat(parse(profile + "interference: { for: 8s, blocks: 4 }").study())
        .isEqualTo(new Study.Interference(8, 4));
    assertThat(parse(profile + "interference: false").study()).isEqualTo(new Study.Run());
    assertThatThrownBy(() -> parse(profile + "interference: { for: 8s, block: 4 }"))
        .hasMessageContaining("did you mean 'blocks'?");
    assertThatThrownBy(() -> parse(profile + "mix: { a: 1 }\ninterference: true"))
        .hasMessageContaining("interference needs 2 to 8 journeys with a share, got 1");
    assertThatThrownBy(
            () -> parse("profile: { capacity: { from: 1/s, to: 5/s } }\ninterference: true"))
        .hasMessageContaining("interference and capacity are questions for two plans");
  }

  @Test
  void aMetastabilityProbeIsSteadyLoadATriggerAndSteadyLoadAgain() {
    Plan plan =
        parse(
            """
            profile:
              metastability: { rate: 40/s, before: 20s, trigger: { spike: 120/s, for: 10s }, after: 90s }
            """);
    assertThat(plan.study()).isEqualTo(new Study.Metastability("spike to 120/s", 20, 30));
    assertThat(((Profile.Open) plan.profile()).segments())
        .containsExactly(new Steady(40, 20), new Steady(120, 10), new Steady(40, 90));
    assertThat(plan.faults()).isEmpty();
  }

  @Test
  void aFaultOrACommandMayBeTheTrigger() {
    Plan slow =
        parse(
            """
            proxies: { db: { listen: 6432, to: 5432 } }
            profile:
              metastability: { rate: 40/s, trigger: { latency: 1s, on: db, for: 5s } }
            """);
    assertThat(slow.faults())
        .containsExactly(
            new FaultPlan(
                30,
                OptionalDouble.of(5),
                new FaultPlan.OnProxy(
                    "db", new Fault.Latency(Duration.ofSeconds(1), Duration.ZERO))));
    assertThat(slow.study())
        .isEqualTo(new Study.Metastability("latency of 1000..1000 ms on db", 30, 35));
    Plan command =
        parse(
            """
            profile:
              metastability:
                rate: 40/s
                trigger: { run: [svc, stop], undo: [svc, start], for: 5s, timeout: 3s }
            """);
    assertThat(command.faults().getFirst().action())
        .isEqualTo(
            new FaultPlan.Command(
                List.of("svc", "stop"), List.of("svc", "start"), Duration.ofSeconds(3)));
    assertThatThrownBy(() ->
            parse("profile: { metastability: { rate: 40/s, trigger: { spik: 9/s, for: 5s } } }"))
        .hasMessageContaining("did you mean 'spike'?");
    assertThatThrownBy(() ->
            parse(
                "profile: { metastability: { rate: 40/s, trigger: { run: svc stop, for: 5s } } }"))
        .hasMessageContaining("run must be a list of a program and its arguments");
  }

  @Test
  void aSweepVisitsItsRatesAgainAndAgain() {
    Plan plan = parse("profile: [ sweep: { from: 10/s, to: 20/s, steps: 2, for: 5s, times: 3 } ]");
    assertThat(((Profile.Open) plan.profile()).segments())
        .containsExactly(
            new Steady(10, 5),
            new Steady(20, 5),
            new Steady(10, 5),
            new Steady(20, 5),
            new Steady(10, 5),
            new Steady(20, 5));
  }

  @Test
  void aWriteMaySayHowItsEffectIsSeen() {
    Plan plan =
        PlanParser.parse(
            """
            target: http://h
            journeys:
              pay:
                - post: /pay
                  headers: { authorization: "Bearer x", idempotency-key: "${uuid}" }
                  idempotent:
                    copies: 5
                    later: 2s
                    same: $.id
                    verify: { get: "/balance/${user}", number: $.EUR }
            profile: [ steady: { rate: 1/s, for: 1s } ]
            """);
    var write = (Step.Request) plan.journeys().getFirst().steps().getFirst();
    Idempotence how = write.idempotence().orElseThrow();
    assertThat(how.copies()).isEqualTo(5);
    assertThat(how.later()).isEqualTo(Duration.ofSeconds(2));
    assertThat(how.same()).contains(JsonPath.parse("$.id"));
    Idempotence.Verify verify = how.verify().orElseThrow();
    assertThat(verify.number()).isEqualTo(JsonPath.parse("$.EUR"));
    assertThat(verify.read().target().source()).isEqualTo("/balance/${user}");
    assertThat(verify.read().headers())
        .extracting(Step.Header::name)
        .containsExactly("authorization");
    assertThatThrownBy(() ->
            PlanParser.parse(
                """
                target: http://h
                journeys:
                  pay:
                    - post: /pay
                      idempotent: { verfy: { get: /balance, number: $.EUR }, copies: 1 }
                profile: [ steady: { rate: 1/s, for: 1s } ]
                """))
        .hasMessageContaining(
            "line 5, column 21: unknown key 'verfy' in idempotent: did you mean 'verify'?")
        .hasMessageContaining("copies must be a whole number from 2 to 100, got '1'");
  }

  private static Plan parse(String rest) {
    return PlanParser.parse(
        "target: http://h\njourneys: { a: [ get: /a ], b: [ get: /b ] }\n" + rest);
  }
}
