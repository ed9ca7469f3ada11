package headroom.telemetry;

import headroom.model.Event;
import headroom.model.Irregularities;
import headroom.model.Irregularity;
import headroom.model.Measure;
import headroom.model.MetricPoint;
import headroom.model.Resource;
import headroom.model.Span;
import headroom.model.SpanAttribute;
import headroom.model.SpanKind;
import headroom.model.TelemetrySink;
import headroom.rollup.Rollup;
import headroom.rollup.RollupTable;
import headroom.rollup.SeriesCells;
import headroom.trace.TraceAssembler;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * One worker's way from telemetry to rollups.
 *
 * <pre>
 *   span()   ─► operations, traces ─► facts ─┐
 *   metric() ─► deltas, samples ─────────────┼─► cells by series and window ─► drain()
 *   versions ─► deploys ─► drainEvents()     ┘
 * </pre>
 *
 * <p>All spans of a trace and all points of a metric's series must come to the same worker. Values
 * go to windows of event time, so a recording gives the same rollups as the same telemetry live, in
 * whatever order and batches, except for spans that arrive after their trace was complete. Not safe
 * for use by several threads.
 */
public final class Telemetry implements TelemetrySink {
  private static final Resource UNKNOWN = new Resource("unknown_service", "", "");
  private static final long FORGET_NANOS = Duration.ofDays(1).toNanos();

  private final EventTime eventTime;
  private final Irregularities irregularities = new Irregularities();
  private final RollupTable table;
  private final SeriesCells cells;
  private final TraceAssembler traces;
  private final MetricRollup metrics;
  private final DeployWatch deploys = new DeployWatch();
  private long nowNanos = Long.MIN_VALUE;
  private long latestNanos = Long.MIN_VALUE;
  private long namesSinceNanos = Long.MIN_VALUE;
  private long spans;
  private long points;

  public Telemetry(TelemetryLimits limits) {
    eventTime = limits.eventTime();
    table = new RollupTable(limits.maxCells());
    cells = new SeriesCells(table, irregularities);
    traces = new TraceAssembler(limits.traces(), cells, irregularities);
    metrics = new MetricRollup(limits.maxMetricSeries(), cells, irregularities);
  }

  @Override
  public void span(Span span) {
    spans++;
    boolean complete =
        (span.traceIdHigh | span.traceIdLow) != 0 && span.spanId != 0 && span.startNanos > 0;
    if (!complete) {
      irregularities.count(Irregularity.SPAN_INVALID);
      return;
    }
    if (span.endNanos < span.startNanos) {
      irregularities.count(Irregularity.SPAN_NEGATIVE);
      span.endNanos = span.startNanos;
    }
    if (!eventTime.accepts(span.startNanos, nowNanos)
        || !eventTime.accepts(span.endNanos, nowNanos)) {
      irregularities.count(Irregularity.SPAN_TIME);
      return;
    }
    Resource resource = span.resource == null ? UNKNOWN : span.resource;
    latestNanos = Math.max(latestNanos, span.endNanos);
    deploys.see(resource, span.startNanos);
    traces.add(span, resource);
    if (span.kind == SpanKind.CONSUMER) {
      queueTime(span, resource);
    }
  }

  private void queueTime(Span span, Resource resource) {
    String millis = span.get(SpanAttribute.QUEUE_TIME_MILLIS);
    if (millis == null) {
      return;
    }
    try {
      double seconds = Double.parseDouble(millis) / 1e3;
      if (seconds >= 0 && seconds < 1e9) {
        String topic = span.get(SpanAttribute.MESSAGING_DESTINATION);
        String partition = span.get(SpanAttribute.MESSAGING_PARTITION);
        cells
            .cell(
                Measure.QUEUE_AGE,
                resource.service(),
                resource.instance(),
                topic == null ? "" : topic,
                partition == null ? "" : partition,
                span.startNanos)
            .record(seconds, false);
      }
    } catch (NumberFormatException notANumber) {
      irregularities.count(Irregularity.POINT_VALUE);
    }
  }

  @Override
  public void metric(MetricPoint point) {
    points++;
    Resource resource = point.resource == null ? UNKNOWN : point.resource;
    if (!eventTime.accepts(point.timeNanos, nowNanos)) {
      irregularities.count(Irregularity.POINT_TIME);
      return;
    }
    latestNanos = Math.max(latestNanos, point.timeNanos);
    deploys.see(resource, point.timeNanos);
    metrics.add(point, resource);
  }

  /**
   * Says what time it is, and completes the traces that are due. Live, this is the clock, every
   * second or so; for a recording, {@link #latestNanos()} after every batch.
   */
  public void expire(long now) {
    nowNanos = Math.max(nowNanos, now);
    traces.expire(nowNanos);
    metrics.expire();
    if (namesSinceNanos == Long.MIN_VALUE) {
      namesSinceNanos = nowNanos;
    } else if (nowNanos - namesSinceNanos >= FORGET_NANOS) {
      namesSinceNanos = nowNanos;
      traces.forgetNames();
    }
  }

  /** Completes all open traces, as at the end of a recording or when the process stops. */
  public void completeAll() {
    traces.completeAll();
  }

  /** Takes out all rollups since the last call. */
  public List<Rollup> drain() {
    return cells.drain();
  }

  /** Takes out the deploys seen since the last call. */
  public List<Event> drainEvents() {
    return deploys.drain();
  }

  /** The latest event time seen, {@link Long#MIN_VALUE} before the first. */
  public long latestNanos() {
    return latestNanos;
  }

  /** What was received, what is held, and what was odd. */
  public Counters counters() {
    return new Counters(
        spans,
        points,
        traces.completedTraces(),
        traces.openTraces(),
        traces.openBytes(),
        metrics.series(),
        table.size(),
        irregularities.snapshot());
  }

  /**
   * Counts since the start, and levels now.
   *
   * @param spans received
   * @param points received
   * @param traces completed
   * @param openTraces now
   * @param openTraceBytes now, names not counted
   * @param metricSeries now, of which state is held
   * @param cells now, not drained yet
   * @param irregularities by kind, those that occurred
   */
  public record Counters(
      long spans,
      long points,
      long traces,
      int openTraces,
      long openTraceBytes,
      int metricSeries,
      int cells,
      Map<Irregularity, Long> irregularities) {
    public Counters {
      irregularities = Map.copyOf(irregularities);
    }
  }
}
