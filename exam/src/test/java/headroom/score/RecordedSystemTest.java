package headroom.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import headroom.detect.Finding;
import headroom.detect.Finding.Kind;
import headroom.detect.Finding.Severity;
import headroom.model.Station;
import headroom.model.StationKind;
import headroom.sim.Truth;
import headroom.wall.Estimate;
import headroom.wall.PlainWalls;
import headroom.wall.Wall;
import headroom.wall.Walls;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

final class RecordedSystemTest {
  private static final Instant NOON = Instant.parse("2026-11-03T12:00:00Z");
  private static final OptionalDouble NOTHING = OptionalDouble.empty();

  /** Predicts 3 times (2.5 to 3.5) a peak of 40/s. */
  private static RecordedSystem seen(
      double perSecond, OptionalDouble multiple, OptionalDouble peak, String... stations) {
    var wall =
        new Wall(
            new Station("shop", StationKind.POOL, "main"),
            Wall.Today.UNKNOWN,
            new Wall.Claim(new Estimate(2.5, 3, 3.5, 0.9), null, Wall.Confidence.EXTRAPOLATED, 0.9),
            new Wall.Story("", List.of(), List.of()),
            Wall.When.NOT_ASKED);
    var walls = new Walls(NOON, new Walls.Load(40, NOON, NOON), List.of(wall));
    var truths =
        List.of(stations).stream().map(name -> new Truth.StationWall(name, perSecond)).toList();
    var plain =
        new PlainWalls(
            Optional.of(new PlainWalls.At(new Station("shop", StationKind.CPU, ""), 4.4)),
            Optional.empty());
    return RecordedSystem.of("shop", walls, plain, new Truth(perSecond, truths), multiple, peak);
  }

  @Test
  void aRateIsMeasuredInThePeakThatWasSeen() {
    RecordedSystem one = seen(132, NOTHING, NOTHING, "shop/pool/main");

    assertThat(one.trueMultiple()).isCloseTo(3.3, within(1e-9));
    assertThat(one.isCovered()).isTrue();
    assertThat(one.error()).isCloseTo(-0.0909, within(1e-3));
    assertThat(one.isClear() && one.isFirstRight()).isTrue();
  }

  @Test
  void whatArithmeticAloneSaysStandsBesideIt() {
    RecordedSystem one = seen(132, NOTHING, NOTHING, "shop/pool/main");

    assertThat(one.byUse().error()).isCloseTo(1.0 / 3, within(1e-9));
    assertThat(one.byUse().isFirstRight()).isFalse();
    assertThat(one.byQueue().predicted()).isEmpty();
    String text = RecordedSystems.each(List.of(one)).toString();
    assertThat(text).contains("4.40x (+33.3 %)").contains("nothing");
  }

  @Test
  void aPeakThatWasNotedAndNearlySeenChangesNothing() {
    assertThat(seen(132, OptionalDouble.of(3), OptionalDouble.of(44)).trueMultiple())
        .isCloseTo(3.3, within(1e-9));
  }

  @Test
  void whereOnlyAPartOfTheTrafficWasSeenTheMultipleCounts() {
    assertThat(seen(1_320, OptionalDouble.of(3), OptionalDouble.of(440)).trueMultiple())
        .isEqualTo(3);
    assertThat(seen(1_320, NOTHING, OptionalDouble.of(440)).trueMultiple())
        .isCloseTo(3, within(1e-9));
    assertThat(seen(Double.NaN, OptionalDouble.of(2.9), NOTHING).trueMultiple()).isEqualTo(2.9);
  }

  @Test
  void withoutAKnownStationNobodyIsRightOrWrongAboutIt() {
    RecordedSystem one = seen(132, NOTHING, NOTHING);

    assertThat(one.isClear()).isFalse();
    assertThat(one.isTie()).isFalse();
    Marks marks = RecordedSystems.summary(List.of(one), List.of());
    assertThat(marks.rows().getFirst()).endsWith("-");
  }

  @Test
  void aSystemWithoutAWallIsShownAndNotCounted() {
    RecordedSystem none = seen(Double.POSITIVE_INFINITY, NOTHING, OptionalDouble.of(40));

    assertThat(RecordedSystems.each(List.of(none)).rows().getFirst()).contains("none in reach");
    Marks marks = RecordedSystems.summary(List.of(none), List.of());
    assertThat(marks.rows()).isEmpty();
    assertThat(marks.notes()).singleElement().asString().contains("not counted");
  }

  @Test
  void theNearestDriftIsLaidBesideAChange() {
    List<Finding> findings = List.of(drift(30), drift(-2), drift(500));

    var found = RecordedChange.of("shop", NOON, "POST /exchange", findings);
    assertThat(found.errorHours()).isEqualTo(-2);
    assertThat(found.covered()).isTrue();
    assertThat(RecordedChange.of("shop", NOON, "GET /balance", findings).isFound()).isFalse();
    assertThat(RecordedChange.of("shop", NOON, "", List.of(drift(100))).isFound()).isFalse();
  }

  private static Finding drift(int hours) {
    Instant at = NOON.plusSeconds(hours * 3_600L);
    return new Finding(
        "1",
        Kind.DRIFT,
        "shop POST /exchange",
        Severity.WARNING,
        new Finding.Onset(at.minusSeconds(7_200), at, at.plusSeconds(7_200)),
        null,
        "",
        List.of(),
        List.of(),
        "");
  }
}
