package headroom.ingest.pipeline;

import headroom.model.Irregularity;
import headroom.model.MetricPoint;
import headroom.model.Span;
import headroom.model.TelemetrySink;
import headroom.store.RollupStore;
import headroom.telemetry.Telemetry;
import headroom.telemetry.TelemetryLimits;
import java.util.Map;

/**
 * Telemetry of the past on its way into a store: completes traces as event time goes on, and
 * empties full tables into the store, so that memory does not grow with the past.
 */
public final class TelemetryStore implements TelemetrySink {
  /** Tables are emptied into the store when they hold so many cells. */
  private static final int CELLS_PER_FLUSH = 200_000;

  private static final int CHECK_EVERY = 4_096;

  /** And time is told at least this often, or traces would age in leaps. */
  private static final long TELL_EVERY_NANOS = 1_000_000_000L;

  private final Telemetry telemetry = new Telemetry(TelemetryLimits.RECORDED);
  private final RollupStore store;
  private int sinceCheck;
  private long toldNanos;

  public TelemetryStore(RollupStore store) {
    this.store = store;
  }

  @Override
  public void span(Span span) {
    telemetry.span(span);
    check();
  }

  @Override
  public void metric(MetricPoint point) {
    telemetry.metric(point);
    check();
  }

  private void check() {
    long latest = telemetry.latestNanos();
    if (++sinceCheck >= CHECK_EVERY || latest - toldNanos >= TELL_EVERY_NANOS) {
      sinceCheck = 0;
      toldNanos = latest;
      telemetry.expire(latest);
      if (telemetry.counters().cells() >= CELLS_PER_FLUSH) {
        flush();
      }
    }
  }

  /** Writes what the tables hold into the store. */
  public void flush() {
    store.merge(telemetry.drain());
    telemetry.drainEvents().forEach(store::record);
  }

  /** Completes all traces and writes everything: there will be no more telemetry. */
  public void finish() {
    telemetry.completeAll();
    flush();
  }

  /** What was odd so far. */
  public Map<Irregularity, Long> irregularities() {
    return telemetry.counters().irregularities();
  }
}
