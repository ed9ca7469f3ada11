package headroom.rollup;

import java.util.Arrays;

/**
 * Histograms as bytes, for a store or a wire: a format number, then varints (seven bits a byte,
 * least significant first).
 *
 * <pre>
 *   1, zigzag(scale), zero count [, zigzag(first bucket), number of buckets, counts…]
 * </pre>
 *
 * A run of empty buckets is a 0 and how many follow it. Equal histograms give equal bytes; a
 * typical latency histogram takes about as many bytes as it has buckets.
 */
public final class HistogramCodec {
  private static final byte FORMAT = 1;

  private HistogramCodec() {}

  public static byte[] encode(ExponentialHistogram histogram) {
    var writer = new Writer();
    writer.put(FORMAT);
    writer.signed(histogram.scale());
    writer.unsigned(histogram.zeroCount());
    if (histogram.bucketCount() > 0) {
      writer.signed(histogram.firstBucket());
      writer.unsigned(histogram.bucketCount());
      writer.counts(histogram);
    }
    return writer.bytes();
  }

  /**
   * The histogram that was encoded.
   *
   * @throws IllegalArgumentException when the bytes are not exactly one encoded histogram
   */
  public static ExponentialHistogram decode(byte[] bytes) {
    var reader = new Reader(bytes);
    int format = reader.next();
    reader.require(format == FORMAT, "format must be 1, got " + format);
    int scale =
        reader.signed(ExponentialHistogram.MIN_SCALE, ExponentialHistogram.MAX_SCALE, "scale");
    var histogram = new ExponentialHistogram();
    histogram.addZeros(reader.unsigned(Long.MAX_VALUE, "zero count"));
    if (reader.atEnd()) {
      reader.require(scale == ExponentialHistogram.MAX_SCALE, "a scale needs buckets");
      return histogram;
    }
    int lowest = BucketIndex.lowestBucket(scale);
    int highest = BucketIndex.highestBucket(scale);
    int first = reader.signed(lowest, highest, "first bucket");
    long limit = Math.min(ExponentialHistogram.MAX_BUCKETS, highest - first + 1L);
    int buckets = (int) reader.unsigned(limit, "number of buckets");
    histogram.restore(scale, first, reader.counts(buckets));
    reader.require(reader.atEnd(), "nothing may follow the last bucket");
    return histogram;
  }

  private static final class Writer {
    private byte[] buffer = new byte[128];
    private int size;

    void put(int value) {
      if (size == buffer.length) {
        buffer = Arrays.copyOf(buffer, size * 2);
      }
      buffer[size++] = (byte) value;
    }

    void unsigned(long value) {
      long rest = value;
      while ((rest & ~0x7FL) != 0) {
        put((int) ((rest & 0x7F) | 0x80));
        rest >>>= 7;
      }
      put((int) rest);
    }

    void signed(int value) {
      unsigned(((value << 1) ^ (value >> 31)) & 0xFFFF_FFFFL);
    }

    void counts(ExponentialHistogram histogram) {
      int first = histogram.firstBucket();
      int end = first + histogram.bucketCount();
      int bucket = first;
      while (bucket < end) {
        long count = histogram.countOf(bucket++);
        unsigned(count);
        if (count == 0) {
          int run = bucket;
          while (histogram.countOf(bucket) == 0) { // the last bucket is never empty
            bucket++;
          }
          unsigned(bucket - run);
        }
      }
    }

    byte[] bytes() {
      return Arrays.copyOf(buffer, size);
    }
  }

  private static final class Reader {
    private final byte[] bytes;
    private int at;

    Reader(byte[] bytes) {
      this.bytes = bytes;
    }

    boolean atEnd() {
      return at == bytes.length;
    }

    void require(boolean condition, String rule) {
      if (!condition) {
        throw new IllegalArgumentException(
            "histogram of %d bytes is corrupt before byte %d: %s"
                .formatted(bytes.length, at, rule));
      }
    }

    int next() {
      require(!atEnd(), "it ends too early");
      return bytes[at++];
    }

    long unsigned(long limit, String name) {
      long value = 0;
      for (int shift = 0; ; shift += 7) {
        int part = next();
        require(shift < 63, name + " is too long");
        value |= (part & 0x7FL) << shift;
        if (part >= 0) {
          require(part != 0 || shift == 0, name + " is padded");
          require(value <= limit, "%s must be <= %d, got %d".formatted(name, limit, value));
          return value;
        }
      }
    }

    int signed(int low, int high, String name) {
      long zigzag = unsigned(0xFFFF_FFFFL, name);
      int value = (int) (zigzag >>> 1) ^ -(int) (zigzag & 1);
      require(
          value >= low && value <= high,
          "%s must be within %d..%d, got %d".formatted(name, low, high, value));
      return value;
    }

    long[] counts(int buckets) {
      require(buckets > 0, "number of buckets must be > 0");
      long[] counts = new long[buckets];
      int bucket = 0;
      while (bucket < buckets) {
        counts[bucket] = unsigned(Long.MAX_VALUE, "bucket count");
        bucket += counts[bucket] != 0 ? 1 : 1 + (int) unsigned(buckets, "run of empty buckets");
      }
      require(
          counts[0] != 0 && counts[buckets - 1] != 0 && bucket == buckets,
          "first and last bucket must not be empty");
      return counts;
    }
  }
}
