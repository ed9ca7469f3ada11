package headroom.ingest.otlp;

import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What became of the spans, data points or log records of one message.
 *
 * @param accepted handed to the sink
 * @param dropped well-formed but not used, by reason; only reasons that occurred
 * @param shortened values cut to the allowed length, and attributes left out beyond the allowed
 *     number
 */
public record Decoded(long accepted, Map<DropReason, Long> dropped, long shortened) {
  public static final Decoded NOTHING = new Decoded(0, Map.of(), 0);

  public Decoded {
    dropped = Map.copyOf(dropped);
  }

  /** How many the sender must be told of: the {@code rejected_*} of OTLP's partial success. */
  public long rejected() {
    long rejected = 0;
    for (Map.Entry<DropReason, Long> entry : dropped.entrySet()) {
      if (entry.getKey().isRejection()) {
        rejected += entry.getValue();
      }
    }
    return rejected;
  }

  /**
   * What to tell the sender, such as "2 end before they start, 1 lie too far in the future"; empty
   * when nothing was rejected.
   */
  public String explanation() {
    return dropped.entrySet().stream()
        .filter(entry -> entry.getKey().isRejection())
        .sorted(Map.Entry.comparingByKey())
        .map(entry -> entry.getValue() + " " + entry.getKey().words())
        .collect(Collectors.joining(", "));
  }

  /** Both together. */
  public Decoded plus(Decoded other) {
    var sum = new EnumMap<DropReason, Long>(DropReason.class);
    sum.putAll(dropped);
    other.dropped.forEach((reason, count) -> sum.merge(reason, count, Long::sum));
    return new Decoded(accepted + other.accepted, sum, shortened + other.shortened);
  }
}
