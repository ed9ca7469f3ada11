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
            IntStream.range(0, 200)
                .mapToObj(number -> DateExam.take(Seeds.TUNING, number))
                .toList());
    // About forty dates: three standard errors are 19 points.
    assertThat(score.coverage80()).isBetween(0.6, 0.99);
    assertThat(score.falseNever()).isLessThan(0.08);
    assertThat(score.dated()).isGreaterThan(0.1);
  }
}
