package headroom.score;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MemoryExamTest {
  private static MemoryExam.Result take(MemoryHistory.Kind kind, int number) {
    return MemoryExam.result(MemoryHistory.draw(kind, Seeds.TUNING.seed("memory-test", number)));
  }

  @Test
  void leaksAreAnnouncedDaysAhead() {
    for (int i = 0; i < 5; i++) {
      MemoryExam.Result leak = take(MemoryHistory.Kind.LEAK, i);
      assertThat(leak.alarmOn(5)).as("%s", leak).isTrue();
      assertThat(leak.leadDays().orElse(0)).as("%s", leak).isGreaterThan(2);
    }
  }

  @Test
  void whatIsBoundedRaisesNoAlarm() {
    MemoryHistory.Kind[] sound =
        Arrays.stream(MemoryHistory.Kind.values())
            .filter(kind -> !kind.isLeak())
            .toArray(MemoryHistory.Kind[]::new);
    long alarmed =
        IntStream.range(0, 30).filter(i -> take(sound[i % sound.length], i).alarmOn(3)).count();
    assertThat(alarmed).isLessThanOrEqualTo(1);
  }
}
