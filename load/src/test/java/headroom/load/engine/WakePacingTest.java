package headroom.load.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WakePacingTest {
  @Test
  void startsAThousandTimesASecondAreExact() {
    assertThat(worstDelay(1_000_000)).isZero();
    assertThat(worstDelay(500_000)).isZero();
  }

  @Test
  void closerStartsLeaveTogetherWithinHalfAMillisecond() {
    assertThat(worstDelay(200_000)).isBetween(250_000L, WakePacing.LEAST_NANOS);
    assertThat(worstDelay(5_000)).isBetween(450_000L, WakePacing.LEAST_NANOS);
  }

  @Test
  void startsAreExactAgainWhenTheRateHasFallen() {
    var pacing = new WakePacing();
    long due = run(pacing, 0, 100_000, 1_000);
    due = run(pacing, due, 10_000_000, 200);
    assertThat(pacing.wakeFor(due)).isEqualTo(due);
  }

  private static long worstDelay(long gapNanos) {
    var pacing = new WakePacing();
    run(pacing, 0, gapNanos, 1_000);
    long worst = 0;
    long due = 1_000 * gapNanos;
    for (int i = 0; i < 1_000; i++, due += gapNanos) {
      long now = pacing.wakeFor(due);
      worst = Math.max(worst, now - due);
      for (; due + gapNanos <= now; due += gapNanos) {
        pacing.started(due, now);
      }
      pacing.started(due, now);
    }
    return worst;
  }

  private static long run(WakePacing pacing, long from, long gapNanos, int times) {
    long due = from;
    for (int i = 0; i < times; i++, due += gapNanos) {
      pacing.started(due, due);
    }
    return due;
  }
}
