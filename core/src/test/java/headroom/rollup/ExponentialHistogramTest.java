package headroom.rollup;

import static headroom.rollup.ExponentialHistogram.MAX_BUCKETS;
import static headroom.rollup.ExponentialHistogram.MAX_SCALE;
import static headroom.rollup.ExponentialHistogram.MIN_SCALE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import headroom.testkit.ForAll;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExponentialHistogramTest {
  private static final double LOG_UNIFORM_LOW = 1e-6;
  private static final double LOG_UNIFORM_OCTAVES = 31;

  @Test
  void aPowerOfTwoIsTheUpperBoundOfItsBucket() {
    for (int exponent = -1_022; exponent <= 1_023; exponent++) {
      double power = Math.scalb(1.0, exponent);
      assertThat(BucketIndex.indexAtMaxScale(power)).isEqualTo(64 * exponent - 1);
      assertThat(BucketIndex.indexAtMaxScale(Math.nextUp(power))).isEqualTo(64 * exponent);
    }
  }

  @Test
  void everySubdivisionBeginsAboveItsBound() {
    for (int i = 0; i < 64; i++) {
      double bound = StrictMath.pow(2, i / 64.0);
      assertThat(BucketIndex.indexAtMaxScale(bound)).isEqualTo(i - 1);
      assertThat(BucketIndex.indexAtMaxScale(Math.nextUp(bound))).isEqualTo(i);
    }
  }

  /** {@code 2^(i/64) < x} holds exactly when {@code 2^i < x^64}, which decimals can tell. */
  @Test
  void theIndexIsTheOneOfTheDefinition() {
    ForAll.cases(500)
        .check(
            random -> Math.scalb(1 + random.nextDouble(), random.nextInt(-40, 40)),
            value -> {
              int index = BucketIndex.indexAtMaxScale(value);
              BigDecimal power = new BigDecimal(value).pow(64, new MathContext(40));
              assertThat(power).isGreaterThan(powerOfTwo(index));
              assertThat(power).isLessThanOrEqualTo(powerOfTwo(index + 1));
            });
  }

  private static BigDecimal powerOfTwo(int exponent) {
    BigDecimal power = BigDecimal.TWO.pow(Math.abs(exponent), new MathContext(40));
    return exponent >= 0 ? power : BigDecimal.ONE.divide(power, new MathContext(40));
  }

  @Test
  void quantilesAreWithinOnePercentOfTheNearestRank() {
    ForAll.cases(300)
        .check(
            random ->
                random
                    .doubles(random.nextInt(1, 400))
                    .map(u -> LOG_UNIFORM_LOW * Math.pow(2, u * LOG_UNIFORM_OCTAVES))
                    .toArray(),
            values -> {
              var histogram = histogramOf(values);
              double[] sorted = values.clone();
              Arrays.sort(sorted);
              assertThat(histogram.scale()).isEqualTo(MAX_SCALE);
              for (int percent = 0; percent <= 100; percent++) {
                int rank = Math.max(1, (percent * sorted.length + 99) / 100);
                double exact = sorted[rank - 1];
                assertThat(histogram.quantile(percent / 100.0))
                    .isCloseTo(exact, within(exact * 0.0055));
              }
            });
  }

  @Test
  void theRankIsNotPushedUpByRounding() {
    var histogram = new ExponentialHistogram();
    histogram.record(1, 7);
    histogram.record(100, 93);
    assertThat(0.07 * 100).isGreaterThan(7);
    assertThat(histogram.quantile(0.07)).isCloseTo(1, within(0.01));
  }

  @Test
  void mergingIsCommutativeAndAssociativeAndEmptyIsNeutral() {
    ForAll.cases(400)
        .check(
            random ->
                List.of(Histograms.any(random), Histograms.any(random), Histograms.any(random)),
            abc -> {
              var a = abc.get(0);
              var b = abc.get(1);
              var c = abc.get(2);
              assertThat(merged(a, b)).isEqualTo(merged(b, a)).hasSameHashCodeAs(merged(b, a));
              assertThat(merged(merged(a, b), c)).isEqualTo(merged(a, merged(b, c)));
              assertThat(merged(a, new ExponentialHistogram())).isEqualTo(a);
              assertThat(merged(new ExponentialHistogram(), a)).isEqualTo(a);
              assertThat(merged(a, b).count()).isEqualTo(a.count() + b.count());
            });
  }

  @Test
  void theOrderOfRecordingDoesNotMatterEvenWhenTheScaleFalls() {
    ForAll.cases(200)
        .check(
            random -> random.doubles(60).map(u -> Math.pow(2, (u - 0.5) * 120)).toArray(),
            values -> {
              var forward = histogramOf(values);
              double[] sorted = values.clone();
              Arrays.sort(sorted);
              assertThat(histogramOf(sorted)).isEqualTo(forward);
              var parts = new ExponentialHistogram();
              parts.merge(histogramOf(Arrays.copyOfRange(sorted, 30, 60)));
              parts.merge(histogramOf(Arrays.copyOfRange(sorted, 0, 30)));
              assertThat(parts).isEqualTo(forward);
              assertThat(forward.scale()).isLessThan(MAX_SCALE);
            });
  }

  @Test
  void mergesBucketsOfEveryScaleExactly() {
    for (int scale = MIN_SCALE; scale <= 20; scale++) {
      double value = 0.3;
      int index = (int) Math.ceil(Math.log(value) / Math.log(2) * Math.pow(2, scale)) - 1;
      var histogram = new ExponentialHistogram();
      histogram.addToBucket(index, scale, 5);
      var expected = new ExponentialHistogram();
      if (scale < MAX_SCALE) {
        expected.addToBucket(index, scale, 5);
        assertThat(histogram.scale()).isEqualTo(scale);
      } else {
        expected.record(value, 5);
      }
      assertThat(histogram).as("scale %d", scale).isEqualTo(expected);
      assertThat(histogram.upperBound(histogram.firstBucket())).isGreaterThanOrEqualTo(value);
    }
  }

  @Test
  void coarserBucketsHoldWhatTheFinerOnesHeld() {
    ForAll.cases(200)
        .check(
            random ->
                new double[] {
                  Math.pow(2, random.nextDouble(-20, 20)), random.nextInt(MIN_SCALE, 6)
                },
            valueAndScale -> {
              double value = valueAndScale[0];
              int scale = (int) valueAndScale[1];
              int coarse = BucketIndex.indexAtMaxScale(value) >> (MAX_SCALE - scale);
              var histogram = new ExponentialHistogram();
              histogram.record(value);
              histogram.addToBucket(coarse, scale, 1);
              assertThat(histogram.scale()).isEqualTo(scale);
              assertThat(histogram.bucketCount()).isOne();
              assertThat(histogram.countOf(coarse)).isEqualTo(2);
            });
  }

  @Test
  void theWindowIsBoundedWhateverComes() {
    ForAll.cases(300)
        .check(
            random -> {
              var histogram = new ExponentialHistogram();
              for (int i = 0; i < 20; i++) {
                histogram.addToBucket(random.nextInt(), random.nextInt(-40, 60), 1);
                histogram.record(
                    Math.abs(Double.longBitsToDouble(random.nextLong() & ~(1L << 62))));
              }
              return histogram;
            },
            histogram -> {
              assertThat(histogram.count()).isEqualTo(40);
              assertThat(histogram.bucketCount()).isLessThanOrEqualTo(MAX_BUCKETS);
              assertThat(histogram.quantile(1)).isFinite();
            });
  }

  @Test
  void extremesKeepTheirPlace() {
    var histogram = new ExponentialHistogram();
    histogram.record(0);
    histogram.record(Double.MIN_VALUE);
    histogram.record(Double.MIN_NORMAL / 2);
    assertThat(histogram.zeroCount()).isEqualTo(3);
    histogram.record(Double.MIN_NORMAL);
    histogram.record(Double.MAX_VALUE, 2);
    assertThat(histogram.scale()).isZero();
    assertThat(histogram.quantile(0)).isZero();
    assertThat(histogram.quantile(4 / 6.0)).isBetween(Double.MIN_NORMAL / 2, Double.MIN_NORMAL);
    assertThat(histogram.quantile(1)).isBetween(Double.MAX_VALUE / 2, Double.MAX_VALUE);
  }

  @Test
  void bucketsOutsideADoubleCountAsItsEnds() {
    for (int scale : new int[] {-40, MIN_SCALE, -3, 0, 6, 7, 20, 60}) {
      var histogram = new ExponentialHistogram();
      histogram.addToBucket(Integer.MAX_VALUE, scale, 1);
      assertThat(histogram.quantile(1)).isFinite().isGreaterThan(1);
      histogram.addToBucket(Integer.MIN_VALUE, scale, 1);
      assertThat(histogram.quantile(0)).isFinite().isLessThan(1);
      assertThat(histogram.count()).isEqualTo(2);
    }
  }

  @Test
  void countsStayAtTheGreatestNumberInsteadOfTurningNegative() {
    var histogram = new ExponentialHistogram();
    histogram.record(1, Long.MAX_VALUE - 1);
    histogram.record(1, 5);
    histogram.record(2, 5);
    histogram.addZeros(5);
    histogram.merge(histogram);
    assertThat(histogram.count()).isEqualTo(Long.MAX_VALUE);
    assertThat(histogram.quantile(0.5)).isCloseTo(1, within(0.01));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1e-9, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void refusesWhatIsNotAValue(double value) {
    var histogram = new ExponentialHistogram();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> histogram.record(value))
        .withMessageContaining("got " + value);
    assertThat(histogram.isEmpty()).isTrue();
  }

  @Test
  void anEmptyHistogramHasNoQuantiles() {
    assertThatIllegalStateException().isThrownBy(() -> new ExponentialHistogram().quantile(0.5));
    assertThat(new ExponentialHistogram().shareAbove(1)).isZero();
  }

  @Test
  void copiesAreIndependent() {
    var original = histogramOf(1, 2, 3);
    var copy = original.copy();
    copy.record(100);
    original.record(2);
    assertThat(original).isEqualTo(histogramOf(2, 1, 2, 3));
    assertThat(copy).isEqualTo(histogramOf(1, 2, 3, 100));
  }

  @Test
  void shareAboveFallsEvenlyAndAgreesWithTheQuantiles() {
    ForAll.cases(100)
        .check(
            Histograms::any,
            histogram -> {
              assertThat(histogram.shareAbove(-1)).isEqualTo(histogram.isEmpty() ? 0 : 1);
              assertThat(histogram.shareAbove(Double.MAX_VALUE)).isCloseTo(0, within(1e-9));
              double last = 1;
              for (double value = 1e-7; value < 1e6; value *= 1.3) {
                double share = histogram.shareAbove(value);
                assertThat(share).isBetween(0.0, last + 1e-12);
                last = share;
              }
            });
    var uniform = new ExponentialHistogram();
    uniform.addUniform(1, 16, 100_000);
    assertThat(uniform.shareAbove(2)).isCloseTo(0.75, within(1e-4));
    assertThat(uniform.shareAbove(1.005)).isCloseTo(1 - 0.0018, within(1e-4));
  }

  @Test
  void spreadsEvenlyInLogSpaceWithAnExactTotal() {
    ForAll.cases(300)
        .check(
            random -> {
              double lower = Math.pow(2, random.nextDouble(-20, 10));
              double upper = lower * Math.pow(2, random.nextDouble(0.01, 40));
              return new double[] {lower, upper, random.nextInt(1, 5_000)};
            },
            drawn -> {
              long times = (long) drawn[2];
              var histogram = new ExponentialHistogram();
              histogram.addUniform(drawn[0], drawn[1], times);
              assertThat(histogram.count()).isEqualTo(times);
              double width = Math.pow(2, Math.pow(2, -histogram.scale()));
              assertThat(histogram.quantile(0)).isBetween(drawn[0] / width, drawn[1] * width);
              assertThat(histogram.quantile(1)).isBetween(drawn[0] / width, drawn[1] * width);
              double middle = Math.sqrt(drawn[0] * drawn[1]);
              double half = histogram.shareAbove(middle);
              assertThat(half).isCloseTo(0.5, within(1.0 / times + 1e-9));
            });
  }

  @Test
  void spreadingDoesNotDependOnTheScaleItMeets() {
    ForAll.cases(100)
        .check(
            Histograms::any,
            histogram -> {
              var before = histogram.copy();
              before.addUniform(0.004, 0.25, 77);
              var after = new ExponentialHistogram();
              after.addUniform(0.004, 0.25, 77);
              after.merge(histogram);
              assertThat(before).isEqualTo(after);
            });
  }

  @Test
  void spreadsFromZeroEvenlyInTheValue() {
    var histogram = new ExponentialHistogram();
    histogram.addUniform(0, 8, 6_400);
    assertThat(histogram.count()).isEqualTo(6_400);
    assertThat(histogram.zeroCount()).isZero();
    assertThat(histogram.quantile(0.5)).isCloseTo(4, within(0.04));
    assertThat(histogram.quantile(0.25)).isCloseTo(2, within(0.02));
    assertThat(histogram.quantile(0)).isCloseTo(0.125, within(0.002));
    assertThat(histogram.quantile(1)).isCloseTo(8, within(0.08));
  }

  @Test
  void whatLiesAboveAnInfiniteBucketIsCountedAtItsFoot() {
    var histogram = new ExponentialHistogram();
    histogram.addUniform(10, Double.POSITIVE_INFINITY, 3);
    assertThat(histogram.quantile(0.5)).isCloseTo(10, within(0.06));
    assertThat(histogram.shareAbove(9.8)).isOne();
  }

  @Test
  void refusesBoundsThatSayNothing() {
    var histogram = new ExponentialHistogram();
    double[][] refused = {
      {0, Double.POSITIVE_INFINITY},
      {2, 1},
      {-1, 1},
      {Double.NaN, 1},
      {1, Double.NaN},
      {Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY}
    };
    for (double[] bounds : refused) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> histogram.addUniform(bounds[0], bounds[1], 1));
    }
    histogram.addUniform(3, 3, 1);
    histogram.addUniform(0, 0, 1);
    assertThat(histogram.count()).isEqualTo(2);
    assertThat(histogram.zeroCount()).isOne();
  }

  @Test
  void partsMergeBackToTheWhole() {
    ForAll.cases(300)
        .check(
            random -> new Divided(Histograms.any(random), random.nextDouble()),
            divided -> {
              var parts = divided.whole.split(divided.share);
              assertThat(merged(parts.earlier(), parts.later())).isEqualTo(divided.whole);
              assertThat(parts.earlier().count())
                  .isEqualTo(Math.round(divided.whole.count() * divided.share));
            });
    var whole = histogramOf(1, 2, 0);
    assertThat(whole.split(0).earlier().isEmpty()).isTrue();
    assertThat(whole.split(1).earlier()).isEqualTo(whole);
  }

  private record Divided(ExponentialHistogram whole, double share) {}

  private static ExponentialHistogram histogramOf(double... values) {
    var histogram = new ExponentialHistogram();
    for (double value : values) {
      histogram.record(value);
    }
    return histogram;
  }

  private static ExponentialHistogram merged(ExponentialHistogram a, ExponentialHistogram b) {
    var merged = a.copy();
    merged.merge(b);
    return merged;
  }
}
