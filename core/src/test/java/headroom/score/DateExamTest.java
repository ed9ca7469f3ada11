package headroom.score;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class DateExamTest {
  @Test
  void theSameNumberIsTheSameCase() {
    assertThat(DateExam.take(Seeds.TUNING, 12).toString())
        .isEqualTo(DateExam.take(Seeds.TUNING, 12).toString());
  }

  @Test
  void someHundredCasesKeepTheIntervalsPromise() {
    DateScore score =
        DateScore.of(
            IntStream.range(0, 300)
                .mapToObj(number -> DateExam.take(Seeds.TUNING, number))
                .toList());
    // About sixty dates: three standard errors are 15 points.
    assertThat(score.coverage80()).isBetween(0.65, 0.95);
    assertThat(score.falseNever()).isLessThan(0.08);
    assertThat(score.dated()).isGreaterThan(0.1);
  }
}
