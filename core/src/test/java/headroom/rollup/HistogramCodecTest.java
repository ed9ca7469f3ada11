package headroom.rollup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import headroom.testkit.ForAll;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HistogramCodecTest {
  @Test
  void decodingInvertsEncoding() {
    ForAll.cases(1_000)
        .check(
            Histograms::any,
            histogram -> {
              byte[] bytes = HistogramCodec.encode(histogram);
              var decoded = HistogramCodec.decode(bytes);
              assertThat(decoded).isEqualTo(histogram);
              assertThat(decoded.count()).isEqualTo(histogram.count());
              assertThat(HistogramCodec.encode(decoded)).isEqualTo(bytes);
            });
  }

  @Test
  void whatWasDecodedCanBeFilledFurther() {
    ForAll.cases(200)
        .check(
            Histograms::any,
            histogram -> {
              var decoded = HistogramCodec.decode(HistogramCodec.encode(histogram));
              decoded.record(1e-9);
              decoded.record(1e9);
              histogram.record(1e9);
              histogram.record(1e-9);
              assertThat(decoded).isEqualTo(histogram);
            });
  }

  @Test
  void extremesSurvive() {
    var histogram = new ExponentialHistogram();
    histogram.record(Double.MAX_VALUE, Long.MAX_VALUE);
    histogram.record(Double.MIN_NORMAL);
    histogram.addZeros(Long.MAX_VALUE);
    assertThat(HistogramCodec.decode(HistogramCodec.encode(histogram))).isEqualTo(histogram);
  }

  @Test
  void isAboutAsManyBytesAsBuckets() {
    var histogram = new ExponentialHistogram();
    for (int i = 0; i < 1_000; i++) {
      histogram.record(0.010 + 0.000_02 * i);
    }
    assertThat(HistogramCodec.encode(histogram)).hasSizeLessThan(histogram.bucketCount() + 8);
    assertThat(HistogramCodec.encode(new ExponentialHistogram())).hasSize(3);
  }

  @ParameterizedTest
  @CsvSource({
    "'', it ends too early",
    "020c00, 'format must be 1, got 2'",
    "010e00, 'scale must be within -10..6, got 7'",
    "011500, 'scale must be within -10..6, got -11'",
    "010a00, a scale needs buckets",
    "010c80, it ends too early",
    "010c8000, zero count is padded",
    "010cffffffffffffffffff01, zero count is too long",
    "010c00ffffffff0f01, 'first bucket must be within'",
    "010c000000, number of buckets must be > 0",
    "010c0000811001, 'number of buckets must be <= 2048, got 2049'",
    "010c0000020100, it ends too early",
    "010c000002010000, first and last bucket must not be empty",
    "010c000002000001, first and last bucket must not be empty",
    "010c000002000500, 'run of empty buckets must be <= 2, got 5'",
    "010c00000301000201, first and last bucket must not be empty",
    "010c00000101ff, nothing may follow the last bucket"
  })
  void corruptBytesAreRefusedWithAReason(String hex, String reason) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HistogramCodec.decode(HexFormat.of().parseHex(hex)))
        .withMessageStartingWith("histogram of %d bytes is corrupt".formatted(hex.length() / 2))
        .withMessageContaining(reason);
  }

  @Test
  void damagedBytesNeverDoMoreThanThrowThat() {
    ForAll.cases(3_000)
        .check(
            random -> {
              byte[] bytes = HistogramCodec.encode(Histograms.any(random));
              for (int i = random.nextInt(1, 4); i > 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
              }
              return Arrays.copyOf(bytes, random.nextInt(bytes.length + 2));
            },
            bytes -> {
              try {
                var decoded = HistogramCodec.decode(bytes);
                assertThat(HistogramCodec.encode(decoded)).isEqualTo(bytes);
              } catch (IllegalArgumentException corrupt) {
                assertThat(corrupt).hasMessageContaining("is corrupt");
              }
            });
  }
}
