package headroom.ingest.prometheus;

import java.util.Arrays;
import java.util.EnumMap;

/** Counts what becomes of samples. */
@SuppressWarnings("EnumOrdinal") // as an index that nobody stores
final class SampleTally {
  private static final SampleDrop[] REASONS = SampleDrop.values();

  private final long[] dropped = new long[REASONS.length];
  private long samples;
  private long histograms;

  void clear() {
    samples = 0;
    histograms = 0;
    Arrays.fill(dropped, 0);
  }

  /** Was read and not rejected. */
  void sample() {
    samples++;
  }

  void histogram() {
    histograms++;
  }

  void drop(SampleDrop reason) {
    drop(reason, 1);
  }

  void drop(SampleDrop reason, long count) {
    dropped[reason.ordinal()] += count;
  }

  Written toWritten() {
    var byReason = new EnumMap<SampleDrop, Long>(SampleDrop.class);
    for (SampleDrop reason : REASONS) {
      if (dropped[reason.ordinal()] > 0) {
        byReason.put(reason, dropped[reason.ordinal()]);
      }
    }
    return new Written(samples, histograms, byReason);
  }
}
