package headroom.ingest.otlp;

import headroom.model.MetricPoint;
import org.jspecify.annotations.Nullable;

/**
 * Fills a data point from OTLP's {@code NumberDataPoint}, {@code HistogramDataPoint}, {@code
 * ExponentialHistogramDataPoint} or {@code SummaryDataPoint}, whichever belongs to the point's
 * type.
 */
final class ProtobufPoint {
  // Field numbers that all four share.
  private static final int START_TIME = 2 << 3 | WireReader.FIXED64;
  private static final int TIME = 3 << 3 | WireReader.FIXED64;

  private static final long NO_RECORDED_VALUE = 1;

  private final WireReader wire;
  private final ProtobufKeyValue keyValue;
  private final MetricPoint point;
  private final int maxAttributes;
  private final int maxBuckets;
  private final Tally tally;
  private long flags;
  private boolean hasValue;
  private boolean usable;

  ProtobufPoint(
      WireReader wire,
      ProtobufKeyValue keyValue,
      MetricPoint point,
      IngestLimits limits,
      Tally tally) {
    this.wire = wire;
    this.keyValue = keyValue;
    this.point = point;
    this.maxAttributes = limits.maxAttributes();
    this.maxBuckets = limits.maxBuckets();
    this.tally = tally;
  }

  /** Reads the message that was entered; says why it cannot be used, or null when it can. */
  @Nullable DropReason read() throws MalformedTelemetryException {
    point.clearPoint();
    flags = 0;
    usable = true;
    point.hasSum = point.type == MetricPoint.Type.SUMMARY;
    // Only numbers say by a field that they are there; an empty histogram may have none.
    hasValue = point.type != MetricPoint.Type.GAUGE && point.type != MetricPoint.Type.SUM;
    while (wire.hasMore()) {
      int tag = wire.readTag();
      if (tag == TIME) {
        point.timeNanos = wire.readFixed64("a time");
      } else if (tag == START_TIME) {
        point.startNanos = wire.readFixed64("a start time");
      } else {
        switch (point.type) {
          case GAUGE, SUM -> number(tag);
          case HISTOGRAM -> histogram(tag);
          case EXPONENTIAL_HISTOGRAM -> exponentialHistogram(tag);
          case SUMMARY -> summary(tag);
        }
      }
    }
    if ((flags & NO_RECORDED_VALUE) != 0) {
      return DropReason.NO_RECORDED_VALUE;
    }
    return usable && hasValue ? null : DropReason.UNUSABLE_VALUE;
  }

  private void number(int tag) throws MalformedTelemetryException {
    switch (tag) {
      case 4 << 3 | WireReader.FIXED64 -> {
        point.value = wire.readDouble("a value");
        hasValue = true;
      }
      case 6 << 3 | WireReader.FIXED64 -> {
        point.value = (double) wire.readFixed64("a value");
        hasValue = true;
      }
      case 7 << 3 | WireReader.LENGTH -> attribute();
      case 8 << 3 | WireReader.VARINT -> flags = wire.readVarint("flags");
      default -> unknown(tag, 1L << 4 | 1L << 6 | 1L << 7 | 1L << 8);
    }
  }

  private void histogram(int tag) throws MalformedTelemetryException {
    switch (tag) {
      case 4 << 3 | WireReader.FIXED64 -> count();
      case 5 << 3 | WireReader.FIXED64 -> sum();
      case 6 << 3 | WireReader.FIXED64 -> addBucket(wire.readFixed64("a bucket"));
      case 6 << 3 | WireReader.LENGTH -> packedBuckets();
      case 7 << 3 | WireReader.FIXED64 -> addBound(wire.readDouble("a bound"));
      case 7 << 3 | WireReader.LENGTH -> packedBounds();
      case 9 << 3 | WireReader.LENGTH -> attribute();
      case 10 << 3 | WireReader.VARINT -> flags = wire.readVarint("flags");
      case 11 << 3 | WireReader.FIXED64 -> min();
      case 12 << 3 | WireReader.FIXED64 -> max();
      default ->
          unknown(
              tag,
              1L << 4 | 1L << 5 | 1L << 6 | 1L << 7 | 1L << 9 | 1L << 10 | 1L << 11 | 1L << 12);
    }
  }

  private void exponentialHistogram(int tag) throws MalformedTelemetryException {
    switch (tag) {
      case 1 << 3 | WireReader.LENGTH -> attribute();
      case 4 << 3 | WireReader.FIXED64 -> count();
      case 5 << 3 | WireReader.FIXED64 -> sum();
      case 6 << 3 | WireReader.VARINT -> point.scale = wire.readSigned32("a scale");
      case 7 << 3 | WireReader.FIXED64 -> point.zeroCount = wire.readFixed64("a count");
      case 8 << 3 | WireReader.LENGTH -> positiveBuckets();
      case 9 << 3 | WireReader.LENGTH -> negativeBuckets();
      case 10 << 3 | WireReader.VARINT -> flags = wire.readVarint("flags");
      case 12 << 3 | WireReader.FIXED64 -> min();
      case 13 << 3 | WireReader.FIXED64 -> max();
      default ->
          unknown(
              tag,
              1L << 1 | 1L << 4 | 1L << 5 | 1L << 6 | 1L << 7 | 1L << 8 | 1L << 9 | 1L << 10
                  | 1L << 12 | 1L << 13);
    }
  }

  private void summary(int tag) throws MalformedTelemetryException {
    switch (tag) {
      case 4 << 3 | WireReader.FIXED64 -> count();
      case 5 << 3 | WireReader.FIXED64 -> sum();
      case 7 << 3 | WireReader.LENGTH -> attribute();
      case 8 << 3 | WireReader.VARINT -> flags = wire.readVarint("flags");
      default -> unknown(tag, 1L << 4 | 1L << 5 | 1L << 7 | 1L << 8);
    }
  }

  private void attribute() throws MalformedTelemetryException {
    if (point.attributeCount() >= maxAttributes) {
      tally.shorten();
      wire.skip(WireReader.LENGTH, "an attribute");
      return;
    }
    keyValue.read();
    String value = keyValue.value();
    if (value != null) {
      point.addAttribute(keyValue.key(), value);
    }
  }

  private void count() throws MalformedTelemetryException {
    point.count = wire.readFixed64("a count");
  }

  private void sum() throws MalformedTelemetryException {
    point.sum = wire.readDouble("a sum");
    point.hasSum = true;
  }

  private void min() throws MalformedTelemetryException {
    point.min = wire.readDouble("a minimum");
    point.hasMin = true;
  }

  private void max() throws MalformedTelemetryException {
    point.max = wire.readDouble("a maximum");
    point.hasMax = true;
  }

  private void packedBuckets() throws MalformedTelemetryException {
    int outer = wire.enter("bucket counts");
    while (wire.hasMore()) {
      addBucket(wire.readFixed64("a bucket"));
    }
    wire.leave(outer);
  }

  private void packedBounds() throws MalformedTelemetryException {
    int outer = wire.enter("bounds");
    while (wire.hasMore()) {
      addBound(wire.readDouble("a bound"));
    }
    wire.leave(outer);
  }

  private void positiveBuckets() throws MalformedTelemetryException {
    int outer = wire.enter("buckets");
    while (wire.hasMore()) {
      int tag = wire.readTag();
      switch (tag) {
        case 1 << 3 | WireReader.VARINT -> point.positiveOffset = wire.readSigned32("an offset");
        case 2 << 3 | WireReader.VARINT -> addBucket(wire.readVarint("a bucket"));
        case 2 << 3 | WireReader.LENGTH -> {
          int buckets = wire.enter("bucket counts");
          while (wire.hasMore()) {
            addBucket(wire.readVarint("a bucket"));
          }
          wire.leave(buckets);
        }
        default -> wire.skipUnknown(tag, 1L << 1 | 1L << 2, "buckets");
      }
    }
    wire.leave(outer);
  }

  /** Nothing that is measured here is negative: such a point is not used. */
  private void negativeBuckets() throws MalformedTelemetryException {
    int outer = wire.enter("negative buckets");
    while (wire.hasMore()) {
      int tag = wire.readTag();
      if (tag == (2 << 3 | WireReader.VARINT)) {
        usable &= wire.readVarint("a bucket") == 0;
      } else if (tag == (2 << 3 | WireReader.LENGTH)) {
        int buckets = wire.enter("bucket counts");
        while (wire.hasMore()) {
          usable &= wire.readVarint("a bucket") == 0;
        }
        wire.leave(buckets);
      } else {
        wire.skipUnknown(tag, 1L << 2, "negative buckets");
      }
    }
    wire.leave(outer);
  }

  private void addBucket(long bucket) {
    if (point.bucketCount < maxBuckets) {
      point.addBucketCount(bucket);
    } else {
      usable = false;
    }
  }

  private void addBound(double bound) {
    if (point.boundCount < maxBuckets) {
      point.addBound(bound);
    } else {
      usable = false;
    }
  }

  private void unknown(int tag, long known) throws MalformedTelemetryException {
    wire.skipUnknown(tag, known | 1L << 2 | 1L << 3, "a data point");
  }
}
