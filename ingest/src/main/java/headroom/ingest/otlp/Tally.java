package headroom.ingest.otlp;

import java.util.Arrays;
import java.util.EnumMap;

/** Counts what becomes of one message. */
@SuppressWarnings("EnumOrdinal") // as an index that nobody stores
final class Tally {
  private static final DropReason[] REASONS = DropReason.values();

  private final long[] dropped = new long[REASONS.length];
  private long accepted;
  private long shortened;

  void clear() {
    accepted = 0;
    shortened = 0;
    Arrays.fill(dropped, 0);
  }

  void accept() {
    accepted++;
  }

  void accept(long count) {
    accepted += count;
  }

  void drop(DropReason reason) {
    dropped[reason.ordinal()]++;
  }

  void shorten() {
    shortened++;
  }

  Decoded toDecoded() {
    var byReason = new EnumMap<DropReason, Long>(DropReason.class);
    for (DropReason reason : REASONS) {
      if (dropped[reason.ordinal()] > 0) {
        byReason.put(reason, dropped[reason.ordinal()]);
      }
    }
    return new Decoded(accepted, byReason, shortened);
  }
}
