package headroom.score;

import static org.assertj.core.api.Assertions.assertThat;

import headroom.score.WallScenario.Series;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WallScenariosTest {
  @Test
  void theSameNumberIsTheSameScenario() {
    for (Series series : Series.values()) {
      WallScenario one = WallScenarios.draw(series, Seeds.TUNING, 3);
      WallScenario again = WallScenarios.draw(series, Seeds.TUNING, 3);
      assertThat(again.system()).isEqualTo(one.system());
      assertThat(again.seconds()).isEqualTo(one.seconds());
    }
  }

  @Test
  void whatIsReportedIsNotWhatIsTunedOn() {
    Set<Long> seeds = new HashSet<>();
    for (Series series : Series.values()) {
      for (int i = 0; i < 200; i++) {
        seeds.add(Seeds.TUNING.seed(series.label(), i));
        seeds.add(Seeds.HELD_OUT.seed(series.label(), i));
      }
    }
    assertThat(seeds).hasSize(2 * Series.values().length * 200);
  }

  @Test
  void trafficStaysBelowAboutAThirdOfTheWall() {
    for (int i = 0; i < 100; i++) {
      for (Series series : Series.values()) {
        WallScenario scenario = WallScenarios.draw(series, Seeds.TUNING, i);
        assertThat(scenario.shareOfWall()).isBetween(0.2, 0.34);
        var load = scenario.watched().apply(1);
        for (double at = 0; at < scenario.seconds(); at += scenario.seconds() / 50) {
          assertThat(load.perSecond(at)).isBetween(0.0, 3.0);
        }
      }
    }
  }

  @Test
  void everyTroubleHasItsTurn() {
    Set<String> kinds = new HashSet<>();
    for (int i = 0; i < Tier3.Trouble.values().length; i++) {
      WallScenario scenario = WallScenarios.draw(Series.TIER_3, Seeds.TUNING, i);
      kinds.add(scenario.kind());
      assertThat(scenario.system().roughLimit()).as(scenario.kind()).isBetween(2.0, 500.0);
    }
    assertThat(kinds).hasSize(Tier3.Trouble.values().length);
  }

  @Test
  void everyDifferenceHasItsTurn() {
    Set<String> kinds = new HashSet<>();
    for (int i = 0; i < WallScenarios.Difference.values().length; i++) {
      kinds.add(WallScenarios.draw(Series.TIER_2, Seeds.TUNING, i).kind());
    }
    assertThat(kinds).hasSize(WallScenarios.Difference.values().length);
  }
}
