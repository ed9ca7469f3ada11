package headroom.drift;

import static org.assertj.core.api.Assertions.assertThat;

import headroom.drift.Drift.Suspicion;
import headroom.sim.weeks.Plant;
import headroom.sim.weeks.Plant.Shape;
import headroom.sim.weeks.PlantedCause;
import headroom.sim.weeks.Weeks;
import headroom.sim.weeks.WeeksSystem;
import headroom.sim.weeks.WeeksSystem.Traffic;
import headroom.sim.weeks.WeeksSystem.Wobble;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class DriftAnalysisTest {
  private static final int START = 5 * 168 + 30;

  private static final WeeksSystem USUAL = WeeksSystem.usual(6, 0.01, 0.4);

  private static List<Drift> drifts(WeeksSystem system, double hour, long seed) {
    Weeks weeks = Weeks.of(system, seed);
    var history = new HourlyHistory();
    weeks.series(history);
    history.events(weeks.events());
    return DriftAnalysis.of(history.until(at(hour)));
  }

  private static Instant at(double hour) {
    return Instant.ofEpochSecond(Weeks.EPOCH).plus(Duration.ofMinutes((long) (60 * hour)));
  }

  private static Drift only(List<Drift> drifts) {
    List<Drift> paged = drifts.stream().filter(Drift::paged).toList();
    assertThat(paged).hasSize(1);
    return paged.getFirst();
  }

  @Test
  void aSlowerReleaseIsFoundDatedAndBlamed() {
    Plant plant = Plant.step(PlantedCause.DEPLOY, 2, START + 0.3, Math.log(1.08)).atOperation(1);
    Drift drift = only(drifts(USUAL.with(plant), START + 48, 1));
    assertThat(drift.service() + " " + drift.operation()).isEqualTo("ledger GET /ledger/1");
    assertThat(drift.shape()).isEqualTo(Drift.Shape.STEP);
    assertThat(drift.size().ratio()).isBetween(1.06, 1.10);
    assertThat(drift.onset().low()).isBefore(at(START + 0.3));
    assertThat(drift.onset().high()).isAfter(at(START + 0.3));
    assertThat(Duration.between(at(START), drift.onset().likeliest()).abs())
        .isLessThanOrEqualTo(Duration.ofHours(2));
    Suspicion first = drift.causes().getFirst();
    assertThat(first.kind()).isEqualTo("deploy");
    assertThat(first.what()).isEqualTo("ledger ledger-666");
    assertThat(first.terms()).anyMatch(term -> term.logOdds() > 1 && term.says().contains("hours"));
    assertThat(drift.causes()).anyMatch(cause -> cause.kind().equals("none"));
    assertThat(drift.causes().stream().mapToDouble(Suspicion::probability).sum())
        .isBetween(0.9, 1.0001);
    assertThat(drift.attribution().drift()).isBetween(0.06, 0.1);
    assertThat(drift.chart()).hasSizeBetween(100, 240);
  }

  @Test
  void twiceTheTrafficIsNoDrift() {
    for (long seed = 0; seed < 3; seed++) {
      var doubled = USUAL.with(new Traffic(20_000, 0.45, 1, START, 2));
      assertThat(drifts(doubled, START + 100, seed)).noneMatch(Drift::paged);
    }
  }

  /** The same increase of latency with traffic as it was is one. */
  @Test
  void whatTwiceTheTrafficDoesIsDriftAtEqualTraffic() {
    Plant plant = Plant.step(PlantedCause.NONE, 2, START, Math.log(1.3));
    Drift drift = only(drifts(USUAL.with(plant), START + 100, 1));
    assertThat(drift.size().ratio()).isBetween(1.25, 1.35);
    assertThat(drift.causes().getFirst().kind()).isEqualTo("none");
    assertThat(drift.alsoSlower()).isNotEmpty();
  }

  @Test
  void aTroubleThatWentAwayIsNotTold() {
    Plant plant = Plant.step(PlantedCause.NONE, 1, START, 0.3).shaped(Shape.TRANSIENT, 5);
    for (int after = 1; after < 60; after += 6) {
      assertThat(drifts(USUAL.with(plant), START + after, 1)).noneMatch(Drift::paged);
    }
  }

  @Test
  void aNightlyJobIsBlamedForItsHours() {
    var plant =
        new Plant(
            PlantedCause.BATCH, Shape.NIGHTLY, 3, OptionalInt.empty(), START, 3, Math.log(1.2));
    Drift drift = only(drifts(USUAL.with(plant), START + 160, 1));
    assertThat(drift.shape()).isEqualTo(Drift.Shape.NIGHTLY);
    assertThat(drift.hoursADay()).isBetween(2, 4);
    assertThat(drift.causes().getFirst().kind()).isEqualTo("batch");
    assertThat(drift.causes().getFirst().what()).contains("job export");
  }

  /** What all services share is their surroundings, and nobody's regression. */
  @Test
  void whatEverythingDoesIsOnlyWatched() {
    WeeksSystem everywhere =
        USUAL
            .with(new Wobble(0.01, 0.4, 0.2, 0))
            .with(
                Plant.step(PlantedCause.NONE, 1, START, 0.06),
                Plant.step(PlantedCause.NONE, 2, START, 0.06),
                Plant.step(PlantedCause.NONE, 3, START, 0.06));
    List<Drift> drifts = drifts(everywhere, START + 60, 1);
    assertThat(drifts).isNotEmpty().noneMatch(Drift::paged);
    assertThat(drifts)
        .anyMatch(drift ->
            drift.doubts().stream().anyMatch(doubt -> doubt.contains("nothing to do with it")));
  }

  @Test
  void fewDaysSayNothing() {
    Plant plant = Plant.step(PlantedCause.DEPLOY, 1, 200, 0.5);
    assertThat(drifts(USUAL.with(plant), 300, 1)).isEmpty();
    assertThat(DriftAnalysis.of(new HourlyHistory())).isEmpty();
  }
}
