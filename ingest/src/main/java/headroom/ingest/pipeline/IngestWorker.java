package headroom.ingest.pipeline;

import headroom.model.Event;
import headroom.rollup.Rollup;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The part of the pipeline that one thread owns: it decompresses, decodes, assembles traces and
 * fills its own tables. All methods are called by that one thread.
 */
public interface IngestWorker {
  /**
   * Takes the telemetry of one request into the worker's tables. Nothing of a request that is
   * refused as a whole should be in them afterwards.
   */
  Receipt receive(TelemetryRequest request) throws UnusableRequestException;

  /** Closes traces that have been silent for long enough at {@code now}, and empties the tables. */
  Batch drain(Instant now);

  /** Closes all traces and empties the tables: there will be no more telemetry. */
  Batch drainAll(Instant now);

  /** Running totals of what was dropped, by reason such as {@code span_too_old}; a bounded set. */
  Map<String, Long> dropped();

  /** What a flush writes: rollups at ten seconds, and events that the telemetry itself told of. */
  record Batch(List<Rollup> rollups, List<Event> events) {
    public Batch {
      rollups = List.copyOf(rollups);
      events = List.copyOf(events);
    }

    boolean isEmpty() {
      return rollups.isEmpty() && events.isEmpty();
    }
  }
}
