package headroom.sim.weeks;

import static org.assertj.core.api.Assertions.assertThat;

import headroom.model.Measure;
import headroom.sim.weeks.WeeksSystem.Mishaps;
import headroom.store.History;
import headroom.store.Series;
import org.junit.jupiter.api.Test;

class WeeksTest {
  private static final WeeksSystem SYSTEM = WeeksSystem.usual(3, 0.01, 0.4);

  private static Series operation(History history, String service, String name) {
    return history.of(Measure.OPERATION).stream()
        .filter(one -> one.key().service().equals(service) && one.key().subject().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static double logMedian(Series series, int from, int to) {
    return series.windows().stream()
        .filter(window -> {
          long hour = (window.start() - Weeks.EPOCH) / 3_600;
          return hour >= from && hour < to;
        })
        .mapToDouble(window -> Math.log(window.cell().quantile(0.5).orElseThrow()))
        .average()
        .orElseThrow();
  }

  @Test
  void theSameSeedGivesTheSameRows() {
    Plant plant = Plant.step(PlantedCause.DEPLOY, 1, 300, 0.1);
    History one = Weeks.of(SYSTEM.with(plant), 5).history();
    History other = Weeks.of(SYSTEM.with(plant), 5).history();
    assertThat(one).isEqualTo(other);
    Weeks again = Weeks.of(SYSTEM.with(plant), 5);
    assertThat(again.history()).isEqualTo(again.history());
    assertThat(Weeks.of(SYSTEM.with(plant), 6).history()).isNotEqualTo(one);
  }

  @Test
  void aStepIsAsLargeAsPlantedAndItsTruthBesideIt() {
    Plant plant = Plant.step(PlantedCause.DEPLOY, 1, 252, Math.log(1.2)).atOperation(2);
    Weeks weeks = Weeks.of(SYSTEM.with(plant), 5);
    History history = weeks.history();
    Series slower = operation(history, "wallet", "GET /wallet/2");
    Series same = operation(history, "wallet", "GET /wallet/1");
    assertThat(logMedian(slower, 252, 420) - logMedian(slower, 84, 252)).isBetween(0.17, 0.20);
    assertThat(logMedian(same, 252, 420) - logMedian(same, 84, 252)).isBetween(-0.02, 0.02);
    WeeksTruth truth = weeks.truths().getFirst();
    assertThat(truth.affected()).hasSize(2).startsWith("wallet GET /wallet/2");
    assertThat(truth.what()).isEqualTo("wallet wallet-666");
    assertThat(weeks.events()).anyMatch(event -> event.at().equals(truth.onset()));
  }

  @Test
  void moreTrafficMakesSlower() {
    var doubled = SYSTEM.with(new WeeksSystem.Traffic(20_000, 0.45, 1, 252, 2));
    Series series = operation(Weeks.of(doubled, 5).history(), "edge", "GET /edge/0");
    assertThat(logMedian(series, 252, 420) - logMedian(series, 84, 252)).isGreaterThan(0.05);
  }

  @Test
  void everyCauseLeavesATrace() {
    for (PlantedCause cause : PlantedCause.values()) {
      Plant plant = Plant.step(cause, 2, 252, 0.3).atOperation(0);
      Weeks weeks = Weeks.of(SYSTEM.with(plant), 5);
      assertThat(weeks.truths().getFirst().what().isEmpty()).isEqualTo(cause == PlantedCause.NONE);
      History history = weeks.history();
      if (cause != PlantedCause.TRAFFIC_MIX) {
        Series slower = operation(history, "ledger", "GET /ledger/0");
        assertThat(logMedian(slower, 252, 420) - logMedian(slower, 84, 252))
            .as("%s", cause)
            .isBetween(0.25, 0.36);
      }
    }
  }

  @Test
  void gapsAreGaps() {
    var torn =
        new WeeksSystem(
            SYSTEM.resolution(),
            3,
            2,
            1,
            1,
            SYSTEM.traffic(),
            SYSTEM.wobble(),
            new Mishaps(0.2, 1, 1),
            SYSTEM.plants());
    int rows = operation(Weeks.of(torn, 5).history(), "edge", "GET /edge/0").windows().size();
    assertThat(rows).isBetween(360, 440);
  }
}
