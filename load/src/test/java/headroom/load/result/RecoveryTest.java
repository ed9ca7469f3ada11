package headroom.load.result;

import static org.assertj.core.api.Assertions.assertThat;

import headroom.plan.Objective;
import java.util.List;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;

class RecoveryTest {
  private static final List<Objective> P99 = List.of(Objective.Latency.percentile(99, 0.5));

  @Test
  void aTargetThatComesBackIsSeenToDoSo() {
    Recovery recovery = recovery(second -> second >= 20 && second < 33);
    assertThat(recovery.hasRecovered()).isTrue();
    assertThat(recovery.afterSeconds()).hasValue(3);
    assertThat(recovery.goodputBefore()).hasValue(1);
    assertThat(recovery.goodputDuring()).hasValue(0);
    assertThat(recovery.goodputAtEnd()).hasValue(1);
  }

  @Test
  void aTargetThatStaysDownAfterTheTriggerIsGoneIsMetastable() {
    Recovery recovery = recovery(second -> second >= 20);
    assertThat(recovery.hasRecovered()).isFalse();
    assertThat(recovery.goodputAtEnd()).hasValue(0);
  }

  @Test
  void aRelapseCountsAsNotBackBefore() {
    assertThat(recovery(second -> (second >= 20 && second < 31) || second == 50).afterSeconds())
        .hasValue(21);
  }

  @Test
  void aTargetThatNeverNoticedIsBackAtOnce() {
    assertThat(recovery(second -> false).afterSeconds()).hasValue(0);
  }

  /** A minute at ten requests a second, of which those of some seconds are too slow. */
  private static Recovery recovery(IntPredicate slow) {
    var timeline = new Timeline(1);
    for (int second = 0; second < 60; second++) {
      for (int i = 0; i < 10; i++) {
        timeline.at(second).record(0, slow.test(second) ? 2 : 0.01, false);
      }
    }
    return Recovery.of(timeline, P99, "x", 20, 30, 60);
  }
}
