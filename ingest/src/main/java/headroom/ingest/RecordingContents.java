package headroom.ingest;

import headroom.ingest.otlp.Decoded;
import headroom.ingest.otlp.Signal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What was found in recorded files.
 *
 * @param records messages that were read to their end
 * @param badRecords messages that were not, and were skipped
 * @param problems what was wrong with those, each kind once for a file, naming file and record
 * @param decoded what became of the contents, by signal; only signals that occurred
 */
public record RecordingContents(
    long records, long badRecords, List<String> problems, Map<Signal, Decoded> decoded) {
  /** So many kinds of problems are told; those of others are only counted. */
  public static final int MAX_PROBLEMS = 20;

  public static final RecordingContents NOTHING = new RecordingContents(0, 0, List.of(), Map.of());

  public RecordingContents {
    problems = List.copyOf(problems);
    decoded = Map.copyOf(decoded);
  }

  /** What became of the spans, data points or log records. */
  public Decoded of(Signal signal) {
    return decoded.getOrDefault(signal, Decoded.NOTHING);
  }

  /** Both files together. */
  public RecordingContents plus(RecordingContents other) {
    var told = new ArrayList<>(problems);
    told.addAll(other.problems);
    var sum = new EnumMap<Signal, Decoded>(Signal.class);
    sum.putAll(decoded);
    other.decoded.forEach((signal, more) -> sum.merge(signal, more, Decoded::plus));
    return new RecordingContents(
        records + other.records,
        badRecords + other.badRecords,
        told.subList(0, Math.min(MAX_PROBLEMS, told.size())),
        sum);
  }
}
