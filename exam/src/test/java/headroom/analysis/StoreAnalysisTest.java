package headroom.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import headroom.detect.Finding;
import headroom.detect.Finding.Kind;
import headroom.rollup.Rollup;
import headroom.sim.weeks.Plant;
import headroom.sim.weeks.PlantedCause;
import headroom.sim.weeks.Weeks;
import headroom.sim.weeks.WeeksSystem;
import headroom.store.InMemoryStore;
import headroom.store.RollupStore;
import headroom.wall.Objective;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StoreAnalysisTest {
  private static RollupStore store(int weeks, double startHour) {
    WeeksSystem usual = WeeksSystem.usual(weeks, 0.01, 0.4);
    var system =
        new WeeksSystem(
                usual.resolution(),
                weeks,
                3,
                2,
                1,
                usual.traffic(),
                usual.wobble(),
                usual.mishaps(),
                List.of())
            .with(Plant.step(PlantedCause.DEPLOY, 1, startHour, Math.log(1.2)));
    Weeks history = Weeks.of(system, 3);
    var store = new InMemoryStore();
    history.series(series ->
        store.merge(
            series.windows().stream()
                .map(window -> new Rollup(series.key(), window.start(), window.cell()))
                .toList()));
    history.events().forEach(store::record);
    return store;
  }

  private static List<Finding> drifts(StoreAnalysis analysis) {
    return analysis.findings().stream().filter(finding -> finding.kind() == Kind.DRIFT).toList();
  }

  @Test
  void weeksTellWhatBecameSlower() {
    var analysis = new StoreAnalysis(store(4, 600), Objective.DEFAULT);

    List<Finding> drifts = drifts(analysis);

    assertThat(drifts).isNotEmpty();
    assertThat(drifts.getFirst().summary()).contains("% higher at equal load since ");
    assertThat(drifts.getFirst().causes().getFirst().kind()).isEqualTo("deploy");
    assertThat(drifts(analysis)).isEqualTo(drifts);
  }

  @Test
  void aWeekTellsWhatIsLargeAndWhichDeployItBeganWith() {
    Finding drift = drifts(new StoreAnalysis(store(1, 100), Objective.DEFAULT)).getFirst();
    assertThat(drift.summary()).contains("longer at equal load since ", "was deployed");
    assertThat(drift.causes().getFirst().kind()).isEqualTo("deploy");
  }
}
