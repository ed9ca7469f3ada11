package headroom.ingest.pipeline;

import headroom.ingest.otlp.Signal;
import headroom.ingest.prometheus.PageFormat;
import java.time.Instant;

/**
 * One page of metrics as a service shows it.
 *
 * @param service whose page it is
 * @param instance which process of it
 * @param at when it was asked for
 * @param body not copied, so nobody may change it
 */
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
public record ScrapedPage(
    String service, String instance, Instant at, PageFormat format, byte[] body)
    implements TelemetryRequest {
  @Override
  public Signal signal() {
    return Signal.METRICS;
  }
}
