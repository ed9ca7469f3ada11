package headroom.score;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

class MetastableExamTest {
  private static final Exam.Cases ALL =
      new Exam.Cases() {
        @Override
        public <T> List<T> each(String what, int count, IntFunction<T> run) {
          List<T> results = new ArrayList<>();
          for (int i = 0; i < count; i++) {
            results.add(run.apply(i));
          }
          return results;
        }
      };

  @Test
  void findsThoseThatStayDown() {
    Marks marks = new MetastableExam().take(Seeds.TUNING, 4, ALL);
    assertThat(marks.each()).hasSize(16);
    assertThat(marks.figures()).containsKey("metastable");
    // Of the clear cases, all that stay down are claimed to.
    assertThat(marks.rows().getFirst().get(3)).isEqualTo("100.0 %");
  }
}
