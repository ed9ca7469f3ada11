package headroom.ingest.pipeline;

import headroom.ingest.otlp.Signal;
import headroom.ingest.prometheus.WriteMessage;

/**
 * One request of Prometheus' remote write.
 *
 * @param message which of its messages is in the body
 * @param body packed with Snappy; not copied, so nobody may change it
 */
@SuppressWarnings("ArrayRecordComponent") // megabytes a second: never copied, never compared
public record RemoteWriteRequest(WriteMessage message, byte[] body) implements TelemetryRequest {
  @Override
  public Signal signal() {
    return Signal.METRICS;
  }
}
