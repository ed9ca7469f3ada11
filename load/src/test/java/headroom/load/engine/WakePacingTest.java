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
    assertThat(pacing.wakeFor(due, due - 1)).isEqualTo(due);
  }

  @Test
  void aKernelThatWakesLateIsAskedToWakeEarlier() {
    long late = 60_000;
    var pacing = new WakePacing();
    long due = 0;
    for (int i = 0; i < 200; i++, due += 1_000_000) {
      sleepFor(pacing, due, late);
    }
    long woken = sleepFor(pacing, due, late);
    assertThat(woken - due).isBetween(-2_000L, 2_000L);
    // Early by a hair: it is to be asked again at once, not to sleep.
    assertThat(pacing.wakeFor(due, due - 30_000)).isLessThanOrEqualTo(due - 30_000);
  }

  @Test
  void aKernelThatWakesFarTooLateKeepsNobodyAwakeForLong() {
    var pacing = new WakePacing();
    long due = 0;
    for (int i = 0; i < 1_000; i++, due += 10_000_000) {
      sleepFor(pacing, due, 5_000_000);
    }
    assertThat(due - pacing.wakeFor(due, due - 10_000_000)).isEqualTo(WakePacing.MOST_AWAKE_NANOS);
  }

  /** Sleeps as told, by a kernel that wakes so much later; when it woke. */
  private static long sleepFor(WakePacing pacing, long due, long lateNanos) {
    long woken = pacing.wakeFor(due, due - 900_000) + lateNanos;
    pacing.awake(woken);
    pacing.started(due, Math.max(due, woken));
    return woken;
  }

  private static long worstDelay(long gapNanos) {
    var pacing = new WakePacing();
    run(pacing, 0, gapNanos, 1_000);
    long worst = 0;
    long due = 1_000 * gapNanos;
    for (int i = 0; i < 1_000; i++, due += gapNanos) {
      long now = pacing.wakeFor(due, due - gapNanos);
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
