package headroom.ingest.prometheus;

import java.util.Map;
import java.util.stream.Collectors;

/**
 * What became of the samples of one message, page or answer.
 *
 * @param samples numbers that were read, those of no use here included
 * @param histograms native histograms likewise
 * @param dropped which of both are in no table, by reason; only reasons that occurred
 */
public record Written(long samples, long histograms, Map<SampleDrop, Long> dropped) {
  public Written {
    dropped = Map.copyOf(dropped);
  }

  /** Samples that the sender must be told of. */
  public long rejected() {
    return dropped.entrySet().stream()
        .filter(entry -> entry.getKey().isRejection())
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  /** What to tell the sender, such as "2 samples are too old"; empty when nothing was rejected. */
  public String explanation() {
    return dropped.entrySet().stream()
        .filter(entry -> entry.getKey().isRejection())
        .sorted(Map.Entry.comparingByKey())
        .map(entry -> entry.getValue() + " samples " + entry.getKey().words())
        .collect(Collectors.joining(", "));
  }
}
