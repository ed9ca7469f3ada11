package headroom.ingest.pipeline;

import headroom.ingest.otlp.Signal;

/** Telemetry as it arrived in one piece, not yet looked into, in one of the forms spoken here. */
public sealed interface TelemetryRequest permits OtlpRequest, RemoteWriteRequest, ScrapedPage {
  /** Which kind of telemetry is in it. */
  Signal signal();

  /** What came, without any framing; not copied, so nobody may change it. */
  byte[] body();
}
