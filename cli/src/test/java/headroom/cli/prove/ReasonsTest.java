package headroom.cli.prove;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import headroom.analysis.StationUses;
import headroom.analysis.StationUses.Use;
import headroom.model.Station;
import headroom.model.StationKind;
import headroom.plan.Plan;
import headroom.plan.RateSegment;
import headroom.plan.build.PlanBuilder;
import headroom.wall.Estimate;
import headroom.wall.Objective;
import headroom.wall.Wall;
import headroom.wall.Walls;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** What a proof says in words and for machines, for outcomes that are planted. */
final class ReasonsTest {
  private static final Station POOL = new Station("shop", StationKind.POOL, "main");
  private static final Station CPU = new Station("shop", StationKind.CPU, "");
  private static final Instant AT = Instant.parse("2026-11-21T10:00:00Z");

  @Test
  void nothingIsWrongWhereAllIsRight() {
    ProofResult right = reached(100, Optional.of(POOL));

    assertThat(Reasons.of(right)).isEmpty();
    assertThat(ProofText.of(right))
        .contains("error      +0.0 %, inside the interval; station right")
        .anyMatch(line -> line.startsWith("shop/pool/main") && line.endsWith("full"));
    JsonNode document = ProofJson.of(right);
    assertThat(document.path("measured").path("multiple").asDouble()).isEqualTo(4);
    assertThat(document.path("measured").path("breaksAtPerSecond").asDouble()).isEqualTo(100);
    assertThat(document.path("relativeError").asDouble()).isZero();
    assertThat(document.path("insideInterval").asBoolean()).isTrue();
  }

  @Test
  void theWrongStationIsSaidWithWhatWasSaidOfTheRightOne() {
    assertThat(Reasons.of(reached(100, Optional.of(CPU))))
        .singleElement()
        .asString()
        .contains("the wrong station: shop/cpu was full, predicted later at 6.00x (5.00 to 7.00)")
        .contains("shop/pool/main was at 80 %");
  }

  @Test
  void whereNothingWasFullALimitIsHidden() {
    assertThat(Reasons.of(reached(50, Optional.empty())))
        .hasSize(2)
        .anySatisfy(reason -> assertThat(reason).contains("nothing that reports itself was full"))
        .anySatisfy(reason -> assertThat(reason).contains("before the interval"));
  }

  @Test
  void theRightStationMayBeFullTooEarlyOrTooLate() {
    assertThat(Reasons.of(reached(50, Optional.of(POOL))))
        .singleElement()
        .asString()
        .contains("full earlier than its interval allows");
    assertThat(Reasons.of(reached(200, Optional.of(POOL))))
        .singleElement()
        .asString()
        .contains("lasted longer than its interval allows");
  }

  @Test
  void aWallThatWasNotReachedIsBounded() {
    ProofResult result =
        result(
            new Outcome.NotReached("enough", OptionalDouble.of(80), OptionalDouble.empty()),
            Optional.empty());

    assertThat(result.isReached()).isFalse();
    assertThat(ProofText.of(result))
        .contains(
            "measured   no wall: enough",
            "           the objective held at up to 80.0 requests/s, 3.20x");
    JsonNode truth = ProofJson.truth(result, "a note");
    assertThat(truth.path("wall").path("perSecond").isNull()).isTrue();
    assertThat(truth.path("wall").path("low").asDouble()).isEqualTo(80);
    assertThat(ProofJson.of(result).has("relativeError")).isFalse();
  }

  /** A tenth of the traces: what telemetry counts is a tenth of what was sent. */
  @Test
  void multiplesAreOfWhatTelemetryCounts() {
    ProofResult sampled =
        result(
            new Outcome.Reached(new MeasuredWall(1_000, 950, 1_050)), Optional.of(POOL), 0.1);

    assertThat(sampled.measuredMultiple()).hasValue(4);
    JsonNode truth = ProofJson.truth(sampled, "");
    assertThat(truth.path("wall").path("perSecond").asDouble()).isEqualTo(100);
    assertThat(truth.path("countedPerRequest").asDouble()).isEqualTo(0.1);
  }

  private static ProofResult reached(double perSecond, Optional<Station> full) {
    return result(
        new Outcome.Reached(new MeasuredWall(perSecond, 0.95 * perSecond, 1.05 * perSecond)), full);
  }

  private static ProofResult result(Outcome outcome, Optional<Station> full) {
    return result(outcome, full, 1);
  }

  private static ProofResult result(Outcome outcome, Optional<Station> full, double counted) {
    Plan plan =
        PlanBuilder.to("http://127.0.0.1:80").journey("look", 1, j -> j.get("/")).poisson().build();
    var settings =
        new Proof.Settings(
            "shop",
            plan,
            List.of(new RateSegment.Steady(25, 120)),
            Duration.ZERO,
            Objective.DEFAULT,
            Bounds.DEFAULT,
            Optional.empty(),
            1);
    var walls =
        new Walls(
            AT,
            new Walls.Load(25, AT, AT.plusSeconds(60)),
            List.of(wall(POOL, 3, 4, 5), wall(CPU, 5, 6, 7)));
    var watched = new Watched(AT, AT.plusSeconds(120), walls, 1, counted, HostLoad.UNKNOWN);
    var use =
        new StationUses(
            Map.of(
                POOL, new Use(0.8, OptionalDouble.of(0.3)),
                CPU, new Use(0.5, OptionalDouble.empty())));
    return new ProofResult(settings, watched, outcome, full, use, List.of());
  }

  private static Wall wall(Station station, double low, double median, double high) {
    return new Wall(
        station,
        Wall.Today.UNKNOWN,
        new Wall.Claim(
            new Estimate(low, median, high, 0.9), null, Wall.Confidence.EXTRAPOLATED, 0.5),
        new Wall.Story("it", List.of(), List.of(), null),
        Wall.When.NOT_ASKED);
  }
}
