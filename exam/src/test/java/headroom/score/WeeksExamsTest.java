package headroom.score;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A few cases of each sort, on tuning seeds; the scoreboard proper is {@code headroom score}. */
class WeeksExamsTest {
  /** On all processors, as the scoreboard does: each case has its own seed. */
  private static final Exam.Cases TOGETHER =
      new Exam.Cases() {
        @Override
        public <T> List<T> each(String what, int count, IntFunction<T> run) {
          return IntStream.range(0, count).parallel().mapToObj(run).toList();
        }
      };

  private static Map<?, ?> figures(Exam exam, int seeds) {
    Marks marks = exam.take(Seeds.TUNING, seeds, TOGETHER);
    return (Map<?, ?>) Objects.requireNonNull(marks.figures().get(exam.name()));
  }

  private static double number(Map<?, ?> figures, String name) {
    return ((Number) Objects.requireNonNull(figures.get(name))).doubleValue();
  }

  @Test
  void smallStepsAreFoundWithinADayAndLoadIsNoDrift() {
    Map<?, ?> figures = figures(new DriftExams(), 1);
    assertThat(number(figures, "foundIn24h")).isEqualTo(1);
    assertThat(number(figures, "onsetErrorHoursMedian")).isLessThan(6);
    assertThat(number(figures, "pagedByLoadAlone")).isZero();
    assertThat(number(figures, "pagedByTransients")).isZero();
  }

  @Test
  void mostCausesAreNamed() {
    Map<?, ?> figures = figures(new CauseExams(), 1);
    assertThat(number(figures, "top3")).isGreaterThanOrEqualTo(0.75);
  }
}
