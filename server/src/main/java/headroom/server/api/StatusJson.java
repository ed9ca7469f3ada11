package headroom.server.api;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import headroom.ingest.otlp.Signal;
import headroom.ingest.pipeline.IngestCounters;
import headroom.ingest.pipeline.IngestCounters.Refusal;
import headroom.ingest.pipeline.Intake;
import headroom.ingest.pipeline.SeenServices;
import headroom.rollup.Resolution;
import headroom.store.RollupStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;

/** The document of {@code GET /api/v1/status}: what is coming in, what is dropped, what is kept. */
final class StatusJson {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration RECEIVING = Duration.ofSeconds(75);

  private StatusJson() {}

  static ObjectNode write(Intake intake, RollupStore store, Endpoints endpoints, Instant now) {
    IngestCounters counters = intake.counters();
    ObjectNode document = JSON.createObjectNode();
    document.put("now", now.toString());
    Instant last = counters.lastAccepted();
    // A metrics exporter's default interval is a minute: silence shorter than that means nothing.
    boolean receiving = last != null && Duration.between(last, now).compareTo(RECEIVING) <= 0;
    document.put("receiving", receiving);
    if (last != null) {
      document.put("lastReceived", last.toString());
    }
    ObjectNode accepted = document.putObject("accepted");
    ObjectNode rejected = document.putObject("rejected");
    for (Signal signal : Signal.values()) {
      accepted.put(name(signal), counters.accepted(signal));
      rejected.put(name(signal), counters.rejected(signal));
    }
    ObjectNode refused = document.putObject("refusedRequests");
    for (Refusal reason : Refusal.values()) {
      refused.put(reason.name().toLowerCase(Locale.ROOT), counters.refusedFor(reason));
    }
    ObjectNode dropped = document.putObject("dropped");
    new TreeMap<>(intake.dropped()).forEach(dropped::put);
    document
        .putObject("waiting")
        .put("requests", intake.waitingRequests())
        .put("bytes", intake.waitingBytes());
    writeFlushes(document.putObject("flushes"), intake);
    writeServices(document, intake.services());
    Optional<RollupStore.Extent> extent = writeStore(document, store);
    document
        .putObject("endpoints")
        .put("web", endpoints.web())
        .put("otlpGrpc", endpoints.otlpGrpc())
        .put("otlpHttp", endpoints.otlpHttp());
    if (extent.isEmpty() && last == null) {
      document.put(
          "next",
          "No telemetry yet. Set OTEL_EXPORTER_OTLP_ENDPOINT=%s for a service with the OpenTelemetry agent or SDK, and use it: it appears here within a minute."
              .formatted(endpoints.otlpHttp()));
    }
    return document;
  }

  private static String name(Signal signal) {
    return switch (signal) {
      case TRACES -> "spans";
      case METRICS -> "dataPoints";
      case LOGS -> "logRecords";
    };
  }

  private static void writeFlushes(ObjectNode node, Intake intake) {
    IngestCounters counters = intake.counters();
    node.put("done", counters.flushes()).put("failed", counters.failedFlushes());
    node.put("rollups", counters.flushedRollups());
    if (intake.flushFailure() != null) {
      node.put("failure", intake.flushFailure());
    }
  }

  private static void writeServices(ObjectNode document, SeenServices services) {
    ArrayNode array = document.putArray("services");
    for (SeenServices.Seen seen : services.all()) {
      array
          .addObject()
          .put("service", seen.service())
          .put("last", seen.last().toString())
          .put("traces", seen.traces())
          .put("metrics", seen.metrics());
    }
  }

  /** The coarsest tier reaches back farthest, the finest says best where the data end. */
  private static Optional<RollupStore.Extent> writeStore(ObjectNode document, RollupStore store) {
    Optional<RollupStore.Extent> finest = Optional.empty();
    Optional<RollupStore.Extent> coarsest = Optional.empty();
    for (Resolution resolution : Resolution.values()) {
      Optional<RollupStore.Extent> extent = store.extent(resolution);
      if (extent.isPresent()) {
        coarsest = extent;
        finest = finest.isPresent() ? finest : extent;
      }
    }
    if (finest.isPresent() && coarsest.isPresent()) {
      Instant from = finest.get().from();
      // Coarse windows begin before the data that they hold; only older ones add something.
      Instant coarse = coarsest.get().from();
      boolean older = coarse.isBefore(from.minusSeconds(Resolution.DAY.seconds()));
      document
          .putObject("store")
          .put("from", (older ? coarse : from).toString())
          .put("to", finest.get().to().toString());
    }
    return finest;
  }
}
