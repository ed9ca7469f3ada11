package headroom.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import headroom.model.Span;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class SamplingTest {
  private static int times(double adjustedCount, long high, long low) {
    var span = new Span();
    span.traceIdHigh = high;
    span.traceIdLow = low;
    span.adjustedCount = adjustedCount;
    return Sampling.times(span);
  }

  @Test
  void wholeCountsAreTakenAsTheyAre() {
    assertThat(times(1, 1, 2)).isEqualTo(1);
    assertThat(times(4, 1, 2)).isEqualTo(4);
    assertThat(new Span().adjustedCount).isEqualTo(1);
  }

  @Test
  void othersAreRightOnAverageOverThoseThatWereKept() {
    var random = new SplittableRandom(3);
    for (double count : new double[] {1.25, 10.0 / 3, 1_000.5}) {
      long threshold = (long) ((1 - 1 / count) * 0x1p56);
      double sum = 0;
      int kept = 0;
      while (kept < 20_000) {
        long high = random.nextLong();
        // What is kept has its randomness, the low 56 bits, above the threshold.
        long low = random.nextLong(threshold, 1L << 56);
        sum += times(count, high, low);
        kept++;
      }
      assertThat(sum / kept).isCloseTo(count, within(0.02));
    }
  }

  @Test
  void theSpansOfATraceAgree() {
    assertThat(times(2.5, 77, 5)).isEqualTo(times(2.5, 77, 5)).isBetween(2, 3);
  }

  @Test
  void noneCountsWithoutLimit() {
    assertThat(times(0x1p56, 1, 2)).isEqualTo(Sampling.MOST);
    assertThat(times(Sampling.MOST + 0.5, 1, 2)).isEqualTo(Sampling.MOST);
  }
}
