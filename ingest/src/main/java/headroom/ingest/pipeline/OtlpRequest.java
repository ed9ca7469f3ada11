package headroom.ingest.pipeline;

import headroom.ingest.otlp.Compression;
import headroom.ingest.otlp.Encoding;
import headroom.ingest.otlp.Signal;

/**
 * One export request as it arrived: still compressed, not yet looked into.
 *
 * @param body the message without any framing; not copied, so nobody may change it
 */
@SuppressWarnings("ArrayRecordComponent") // megabytes a second: never copied, never compared
public record OtlpRequest(Signal signal, Encoding encoding, Compression compression, byte[] body)
    implements TelemetryRequest {}
