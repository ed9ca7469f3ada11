package headroom.ingest.otlp;

import headroom.model.MetricPoint;
import headroom.model.TelemetrySink;
import org.jspecify.annotations.Nullable;

/** Judges a data point that was read, and hands it on or counts it. */
final class PointDelivery {
  private final Acceptance acceptance;
  private final Tally tally;

  PointDelivery(Acceptance acceptance, Tally tally) {
    this.acceptance = acceptance;
    this.tally = tally;
  }

  /**
   * @param found why the reader found the point unusable, null when it did not
   */
  void deliver(MetricPoint point, @Nullable DropReason found, TelemetrySink sink) {
    DropReason reason = found != null ? found : acceptance.judge(point);
    if (reason != null) {
      tally.drop(reason);
      return;
    }
    tally.accept();
    sink.metric(point);
  }
}
