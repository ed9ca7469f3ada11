package headroom.ingest.prometheus;

import headroom.ingest.otlp.MalformedTelemetryException;
import headroom.ingest.otlp.WireReader;
import headroom.model.MetricPoint;
import java.util.Arrays;

/**
 * One native histogram of a message, in a view that is filled anew for each: buckets that grow by a
 * power of two, or bounds of its own. Bucket i reaches up to 2^(i·2^-schema), that value included;
 * OpenTelemetry counts the same buckets from one less.
 */
final class NativeHistogram {
  private static final int OWN_BOUNDS = -53;
  private static final int MOST_BUCKETS = 4_096;
  private static final int GAUGE_HINT = 3;
  private static final int SPAN = 11 << 3 | WireReader.LENGTH;

  private double count;
  private double sum;
  private int schema;
  private double zeros;
  private long timeMillis;
  private long startMillis;
  private boolean usable;
  private final DoubleList bounds = new DoubleList();
  private final DoubleList counts = new DoubleList();
  private int spans;
  private int[] spanOffsets = new int[8];
  private int[] spanLengths = new int[8];

  /** Numbers one after the other. */
  private static final class DoubleList {
    double[] values = new double[16];
    int size;

    void add(double value) {
      if (size == values.length) {
        values = Arrays.copyOf(values, 2 * size);
      }
      values[size++] = value;
    }
  }

  /** Is given each bound with how many values lie below it. */
  interface Bounded {
    void at(double bound, double cumulative);
  }

  /** Reads the message that was entered. */
  void read(WireReader wire) throws MalformedTelemetryException {
    count = 0;
    sum = 0;
    schema = 0;
    zeros = 0;
    timeMillis = 0;
    startMillis = 0;
    usable = true;
    bounds.size = 0;
    counts.size = 0;
    spans = 0;
    double[] delta = {0};
    while (wire.hasMore()) {
      int tag = wire.readTag();
      switch (tag) {
        case 1 << 3 | WireReader.VARINT -> count = wire.readVarint("a count");
        case 2 << 3 | WireReader.FIXED64 -> count = wire.readDouble("a count");
        case 3 << 3 | WireReader.FIXED64 -> sum = wire.readDouble("a sum");
        case 4 << 3 | WireReader.VARINT -> schema = wire.readSigned32("a schema");
        case 6 << 3 | WireReader.VARINT -> zeros = wire.readVarint("a count");
        case 7 << 3 | WireReader.FIXED64 -> zeros = wire.readDouble("a count");
        case SPAN -> span(wire);
        case 12 << 3 | WireReader.VARINT -> addDelta(delta, wire.readVarint("a bucket"));
        case 12 << 3 | WireReader.LENGTH -> {
          int outer = wire.enter("buckets");
          while (wire.hasMore()) {
            addDelta(delta, wire.readVarint("a bucket"));
          }
          wire.leave(outer);
        }
        case 13 << 3 | WireReader.FIXED64 -> addCount(wire.readDouble("a bucket"));
        case 13 << 3 | WireReader.LENGTH -> {
          int outer = wire.enter("buckets");
          while (wire.hasMore()) {
            addCount(wire.readDouble("a bucket"));
          }
          wire.leave(outer);
        }
        case 14 << 3 | WireReader.VARINT -> usable &= wire.readVarint("a hint") != GAUGE_HINT;
        case 15 << 3 | WireReader.VARINT -> timeMillis = wire.readVarint("a time");
        case 16 << 3 | WireReader.FIXED64 -> addBound(wire.readDouble("a bound"));
        case 16 << 3 | WireReader.LENGTH -> {
          int outer = wire.enter("bounds");
          while (wire.hasMore()) {
            addBound(wire.readDouble("a bound"));
          }
          wire.leave(outer);
        }
        case 17 << 3 | WireReader.VARINT -> startMillis = wire.readVarint("a start");
        case 8 << 3 | WireReader.LENGTH -> {
          // Nothing that is measured here is negative.
          usable = false;
          wire.skip(tag, "negative buckets");
        }
        default -> wire.skip(tag, "a histogram");
      }
    }
    usable &= count >= 0 && zeros >= 0 && (schema == OWN_BOUNDS || (schema >= -10 && schema <= 20));
  }

  private void span(WireReader wire) throws MalformedTelemetryException {
    int offset = 0;
    long length = 0;
    int outer = wire.enter("a span of buckets");
    while (wire.hasMore()) {
      int tag = wire.readTag();
      switch (tag) {
        case 1 << 3 | WireReader.VARINT -> offset = wire.readSigned32("an offset");
        case 2 << 3 | WireReader.VARINT -> length = wire.readVarint("a length");
        default -> wire.skip(tag, "a span of buckets");
      }
    }
    wire.leave(outer);
    if (length < 0 || length > MOST_BUCKETS || spans >= MOST_BUCKETS) {
      usable = false;
      return;
    }
    if (spans == spanOffsets.length) {
      spanOffsets = Arrays.copyOf(spanOffsets, 2 * spans);
      spanLengths = Arrays.copyOf(spanLengths, 2 * spans);
    }
    spanOffsets[spans] = offset;
    spanLengths[spans++] = (int) length;
  }

  private void addDelta(double[] last, long zigzag) {
    last[0] += zigzag >>> 1 ^ -(zigzag & 1);
    addCount(last[0]);
  }

  private void addCount(double bucket) {
    if (counts.size >= MOST_BUCKETS || !(bucket >= 0)) {
      usable &= counts.size < MOST_BUCKETS && Double.isNaN(bucket);
      return;
    }
    counts.add(bucket);
  }

  private void addBound(double bound) {
    if (bounds.size >= MOST_BUCKETS) {
      usable = false;
      return;
    }
    bounds.add(bound);
  }

  /** Prometheus marks the end of a series in the sum. */
  boolean isStale() {
    return Numbers.isStale(sum);
  }

  boolean isUsable() {
    return usable && Double.isFinite(count) && total() <= MOST_BUCKETS;
  }

  /** So many buckets there are from the first to the last, empty ones in between included. */
  private long total() {
    long total = 0;
    long used = 0;
    for (int i = 0; i < spans; i++) {
      if (i > 0 && spanOffsets[i] < 0) {
        return Long.MAX_VALUE;
      }
      total += (i == 0 ? 0 : spanOffsets[i]) + (long) spanLengths[i];
      used += spanLengths[i];
    }
    return used == counts.size ? total : Long.MAX_VALUE;
  }

  boolean hasBounds() {
    return schema == OWN_BOUNDS;
  }

  long timeMillis() {
    return timeMillis;
  }

  /** When it began to count, 0 when not told. */
  long startMillis() {
    return startMillis;
  }

  void startsAt(long millis) {
    startMillis = startMillis == 0 ? millis : startMillis;
  }

  double count() {
    return count;
  }

  double sum() {
    return sum;
  }

  /** Fills the parts of a point that are of one time. */
  void fill(MetricPoint point) {
    point.type = MetricPoint.Type.EXPONENTIAL_HISTOGRAM;
    point.cumulative = true;
    point.monotonic = true;
    point.timeNanos = timeMillis * 1_000_000;
    point.startNanos = startMillis > 0 ? startMillis * 1_000_000 : 0;
    point.count = Math.round(count);
    point.hasSum = Double.isFinite(sum) && sum >= 0;
    point.sum = point.hasSum ? sum : 0;
    point.scale = schema;
    point.zeroCount = Math.round(zeros);
    point.positiveOffset = spans == 0 ? 0 : spanOffsets[0] - 1;
    int at = 0;
    for (int i = 0; i < spans; i++) {
      for (int gap = 0; i > 0 && gap < spanOffsets[i]; gap++) {
        point.addBucketCount(0);
      }
      for (int k = 0; k < spanLengths[i]; k++) {
        point.addBucketCount(Math.round(counts.values[at++]));
      }
    }
  }

  /** The bounds of a histogram that has its own, lowest first. */
  void forEachBound(Bounded receiver) {
    double below = 0;
    int span = -1;
    int left = 0;
    int next = 0;
    int used = 0;
    for (int i = 0; i < bounds.size; i++) {
      while (left == 0 && span + 1 < spans && i >= next + spanOffsets[span + 1]) {
        span++;
        left = spanLengths[span];
        next += spanOffsets[span] + spanLengths[span];
      }
      if (left > 0) {
        below += counts.values[used++];
        left--;
      }
      receiver.at(bounds.values[i], below);
    }
  }
}
