package headroom.ingest.otlp;

import java.time.Duration;
import java.util.Optional;

/**
 * What is accepted from senders.
 *
 * @param maxFuture how far ahead of the receiver's clock a time may lie
 * @param maxAge how old a time may be; empty for any age
 * @param maxValueBytes longest value of an attribute or name that is kept, in bytes of UTF-8;
 *     longer ones are cut
 * @param maxAttributes most attributes of one data point that are kept
 * @param maxBuckets most buckets a histogram may have
 */
public record IngestLimits(
    Duration maxFuture,
    Optional<Duration> maxAge,
    int maxValueBytes,
    int maxAttributes,
    int maxBuckets) {
  public IngestLimits {
    if (maxFuture.isNegative()) {
      throw new IllegalArgumentException("maxFuture must be >= 0, got " + maxFuture);
    }
    if (maxAge.isPresent() && maxAge.get().isNegative()) {
      throw new IllegalArgumentException("maxAge must be >= 0, got " + maxAge.get());
    }
    requirePositive("maxValueBytes", maxValueBytes);
    requirePositive("maxAttributes", maxAttributes);
    requirePositive("maxBuckets", maxBuckets);
  }

  /** For telemetry as it happens: at most a day old and an hour ahead. */
  public static IngestLimits live() {
    return new IngestLimits(
        Duration.ofHours(1), Optional.of(Duration.ofHours(24)), 4_096, 64, 4_096);
  }

  /** For recordings: as {@link #live}, of any age. */
  public static IngestLimits recorded() {
    IngestLimits live = live();
    return new IngestLimits(
        live.maxFuture, Optional.empty(), live.maxValueBytes, live.maxAttributes, live.maxBuckets);
  }

  private static void requirePositive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be >= 1, got " + value);
    }
  }
}
