package headroom.server.api;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import headroom.analysis.Analysis;
import headroom.detect.Finding;
import headroom.ingest.otlp.Signal;
import headroom.ingest.pipeline.IngestCounters;
import headroom.ingest.pipeline.Intake;
import headroom.wall.Estimate;
import headroom.wall.Wall;
import headroom.wall.Walls;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code /metrics}: walls and findings as gauges, and Headroom's own health. */
final class MetricsService implements HttpService {
  private static final Logger LOG = LoggerFactory.getLogger(MetricsService.class);
  private static final MediaType PROMETHEUS =
      MediaType.parse("text/plain; version=0.0.4; charset=utf-8");
  private static final MediaType OPEN_METRICS =
      MediaType.parse("application/openmetrics-text; version=1.0.0; charset=utf-8");
  private static final int MOST_STATIONS = 200;

  private final Analysis analysis;
  private final Intake intake;

  MetricsService(Analysis analysis, Intake intake) {
    this.analysis = analysis;
    this.intake = intake;
  }

  @Override
  public HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
    String accept = request.headers().get(HttpHeaderNames.ACCEPT, "");
    boolean openMetrics = accept.contains("application/openmetrics-text");
    return HttpResponse.of(
        CompletableFuture.supplyAsync(() -> page(openMetrics), context.blockingTaskExecutor())
            .handle((page, failure) ->
                failure == null
                    ? HttpResponse.of(HttpStatus.OK, openMetrics ? OPEN_METRICS : PROMETHEUS, page)
                    : JsonService.failed(context, failure)));
  }

  /** Own health comes out even when the analysis does not. */
  private String page(boolean openMetrics) {
    var text = new PrometheusText(openMetrics);
    writeIngest(text);
    writeProcess(text);
    boolean analysed = true;
    try {
      writeWalls(text);
      writeFindings(text);
    } catch (RuntimeException failure) {
      LOG.warn("walls and findings are missing from /metrics", failure);
      analysed = false;
    }
    text.gauge("headroom_analysis_up", "Whether walls and findings could be computed.")
        .sample(analysed ? 1 : 0);
    return text.toString();
  }

  private void writeWalls(PrometheusText text) {
    Walls all = analysis.walls();
    List<Wall> walls = all.walls().stream().limit(MOST_STATIONS).toList();
    writeEstimates(
        text,
        "headroom_wall_multiple",
        "Multiple of today's peak at which the objective fails.",
        walls,
        Wall::multiple);
    writeEstimates(
        text,
        "headroom_wall_saturation",
        "Multiple of today's peak at which the station is full.",
        walls,
        Wall::saturation);
    text.gauge("headroom_wall_utilization_ratio", "Utilization of the station at today's peak.");
    for (Wall wall : walls) {
      wall.utilizationAtPeak()
          .ifPresent(value -> text.sample(value, "station", wall.station().text()));
    }
    writeDates(text, all.with(walls));
  }

  /** Midnight at the start of the day, seen from the last of the data. */
  private static void writeDates(PrometheusText text, Walls walls) {
    text.gauge(
        "headroom_wall_seconds_until",
        "Time from the latest telemetry until traffic is forecast to reach the wall.");
    for (Wall wall : walls.walls()) {
      Wall.DateEstimate date = wall.date();
      if (date != null) {
        sampleDate(text, walls, wall, date.low(), "low");
        sampleDate(text, walls, wall, date.median(), "median");
        if (!date.openEnded()) {
          sampleDate(text, walls, wall, date.high(), "high");
        }
      }
    }
  }

  private static void sampleDate(
      PrometheusText text, Walls walls, Wall wall, LocalDate date, String bound) {
    Duration until = Duration.between(walls.asOf(), date.atStartOfDay(ZoneOffset.UTC).toInstant());
    text.sample(Math.max(0, until.toSeconds()), "station", wall.station().text(), "bound", bound);
  }

  private static void writeEstimates(
      PrometheusText text,
      String name,
      String help,
      List<Wall> walls,
      Function<Wall, @Nullable Estimate> which) {
    text.gauge(name, help);
    for (Wall wall : walls) {
      Estimate estimate = which.apply(wall);
      if (estimate != null) {
        text.sample(estimate.low(), "station", wall.station().text(), "bound", "low");
        text.sample(estimate.median(), "station", wall.station().text(), "bound", "median");
        text.sample(estimate.high(), "station", wall.station().text(), "bound", "high");
      }
    }
  }

  private void writeFindings(PrometheusText text) {
    Map<Finding.Kind, Map<Finding.Severity, Integer>> counts = new EnumMap<>(Finding.Kind.class);
    for (Finding finding : analysis.findings()) {
      counts
          .computeIfAbsent(finding.kind(), unused -> new EnumMap<>(Finding.Severity.class))
          .merge(finding.severity(), 1, Integer::sum);
    }
    text.gauge("headroom_findings", "Findings that hold now.");
    counts.forEach((kind, bySeverity) ->
        bySeverity.forEach((severity, count) ->
            text.sample(
                count,
                "kind",
                kind.wireName(),
                "severity",
                severity.name().toLowerCase(Locale.ROOT))));
  }

  private void writeIngest(PrometheusText text) {
    IngestCounters counters = intake.counters();
    text.counter("headroom_ingest_items", "Spans, data points and log records taken.");
    for (Signal signal : Signal.values()) {
      text.sample(counters.accepted(signal), "signal", name(signal));
    }
    text.counter("headroom_ingest_rejected_items", "Items named in partial successes.");
    for (Signal signal : Signal.values()) {
      text.sample(counters.rejected(signal), "signal", name(signal));
    }
    text.counter("headroom_ingest_requests", "Export requests acknowledged.");
    for (Signal signal : Signal.values()) {
      text.sample(counters.requests(signal), "signal", name(signal));
    }
    text.counter("headroom_ingest_refused_requests", "Export requests refused as a whole.");
    for (IngestCounters.Refusal reason : IngestCounters.Refusal.values()) {
      text.sample(counters.refusedFor(reason), "reason", reason.name().toLowerCase(Locale.ROOT));
    }
    text.counter("headroom_ingest_dropped", "What the pipeline dropped, by reason.");
    new TreeMap<>(intake.dropped())
        .forEach((reason, count) -> text.sample(count, "reason", reason));
    text.counter("headroom_ingest_bytes", "Bytes of acknowledged requests as sent.")
        .sample(counters.bytes());
    text.gauge("headroom_ingest_waiting_requests", "Requests being received or waiting.")
        .sample(intake.waitingRequests());
    text.gauge("headroom_ingest_waiting_bytes", "Bytes of bodies being received or waiting.")
        .sample(intake.waitingBytes());
    text.counter("headroom_flushes", "Batches of rollups written to the store.")
        .sample(counters.flushes());
    text.counter("headroom_failed_flushes", "Batches that the store refused; they are tried again.")
        .sample(counters.failedFlushes());
    text.counter("headroom_flushed_rollups", "Rollups written to the store.")
        .sample(counters.flushedRollups());
  }

  private static String name(Signal signal) {
    return signal.name().toLowerCase(Locale.ROOT);
  }

  private static void writeProcess(PrometheusText text) {
    Runtime runtime = Runtime.getRuntime();
    text.gauge("headroom_heap_used_bytes", "Heap in use, garbage included.")
        .sample(runtime.totalMemory() - runtime.freeMemory());
    text.gauge("headroom_heap_limit_bytes", "Largest heap that the process may have.")
        .sample(runtime.maxMemory());
  }
}
