package headroom.score;

import static org.assertj.core.api.Assertions.assertThat;

import headroom.score.WallScenario.Series;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * A few scenarios of each series, on tuning seeds; {@code -Dheadroom.cases=N} runs more and prints
 * each. The scoreboard proper is {@code headroom score}.
 */
class WallScoreTest {
  private static final int CASES = Integer.getInteger("headroom.cases", 6);

  private static WallScore score(Series series) {
    List<WallResult> results =
        IntStream.range(0, CASES)
            .mapToObj(i -> WallExam.take(WallScenarios.draw(series, Seeds.TUNING, i)))
            .toList();
    results.forEach(System.out::println);
    WallScore score = WallScore.of(results);
    System.out.println(score);
    return score;
  }

  @Test
  void ofNoCaseThereIsNothingToSay() {
    WallScore score = WallScore.of(List.of());
    assertThat(score.within10()).isNaN();
    assertThat(score.tiesSaid()).isNaN();
    assertThat(score.missesHinted()).isNaN();
  }

  @Test
  void asAssumed() {
    WallScore score = score(Series.TIER_1);
    assertThat(score.medianError()).isLessThan(0.08);
    assertThat(score.coverage90()).isGreaterThanOrEqualTo(0.6);
  }

  @Test
  void minutesOnly() {
    WallScore score = score(Series.SHORT);
    assertThat(score.medianError()).isLessThan(0.12);
    assertThat(score.coverage90()).isGreaterThanOrEqualTo(0.6);
  }
}
