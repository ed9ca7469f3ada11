package headroom.ingest.pipeline;

import headroom.ingest.RecordingContents;
import headroom.ingest.otlp.Signal;
import headroom.model.Irregularity;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What became of recorded files.
 *
 * @param recorded what was found in them
 * @param irregularities what was odd about it once it was put together; only kinds that occurred
 */
public record Imported(RecordingContents recorded, Map<Irregularity, Long> irregularities) {
  public Imported {
    var occurred = new EnumMap<Irregularity, Long>(Irregularity.class);
    irregularities.forEach((kind, count) -> {
      if (count > 0) {
        occurred.put(kind, count);
      }
    });
    irregularities = Map.copyOf(occurred);
  }

  /** Values that are in no table, by reason as in "3 have no time"; the most frequent first. */
  public Map<String, Long> dropped() {
    var counts = new LinkedHashMap<String, Long>();
    for (Signal signal : Signal.values()) {
      recorded
          .of(signal)
          .dropped()
          .forEach((reason, count) -> counts.merge(reason.words(), count, Long::sum));
    }
    irregularities.forEach(
        (kind, count) -> words(kind).ifPresent(words -> counts.merge(words, count, Long::sum)));
    var sorted = new LinkedHashMap<String, Long>();
    counts.entrySet().stream()
        .sorted(
            Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
    return sorted;
  }

  /** Why values are missing, as the end of a sentence; empty when none is. */
  private static Optional<String> words(Irregularity kind) {
    return Optional.ofNullable(
        switch (kind) {
          case SPAN_INVALID -> "spans have no valid id or start";
          case SPAN_TIME -> "spans lie too far in the past or future";
          case SPAN_DUPLICATE -> "spans are there twice";
          case POINT_UNKNOWN -> "points are of metrics that are not read";
          case POINT_TIME -> "points have no usable time";
          case POINT_VALUE -> "points have no usable value";
          case POINT_DUPLICATE -> "points are there twice";
          case POINT_OUT_OF_ORDER -> "points came after later ones";
          case POINT_OTHER_SOURCE -> "points repeat what another metric says";
          case POINT_OVER_LIMIT -> "points are of too many series";
          case CELL_OVER_LIMIT -> "are of too many series at once";
          case SPAN_NEGATIVE,
              SPAN_LATE,
              SPAN_OVER_LIMIT,
              SPAN_CYCLE,
              TRACE_EVICTED,
              NAME_OVER_LIMIT,
              POINT_BASE,
              POINT_RESET ->
              null;
        });
  }
}
