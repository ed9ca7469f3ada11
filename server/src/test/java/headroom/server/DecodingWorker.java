package headroom.server;

import headroom.ingest.otlp.Decoded;
import headroom.ingest.otlp.Encoding;
import headroom.ingest.otlp.IngestLimits;
import headroom.ingest.otlp.Interner;
import headroom.ingest.otlp.MalformedTelemetryException;
import headroom.ingest.otlp.OtlpDecoder;
import headroom.ingest.otlp.Signal;
import headroom.server.otlp.IngestWorker;
import headroom.server.otlp.OtlpRequest;
import headroom.server.otlp.Receipt;
import headroom.server.otlp.UnusableRequestException;
import headroom.server.otlp.UnusableRequestException.Reason;
import headroom.telemetry.Telemetry;
import headroom.telemetry.TelemetryLimits;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/** A worker of the real parts, with a small limit on what a body may unpack to. */
final class DecodingWorker implements IngestWorker {
  static final int MOST_UNPACKED = 1 << 20;

  private final OtlpDecoder decoder;
  private final Telemetry telemetry = new Telemetry(TelemetryLimits.LIVE);

  DecodingWorker(InstantSource clock) {
    decoder = new OtlpDecoder(IngestLimits.live(), clock, new Interner());
  }

  @Override
  public Receipt receive(OtlpRequest request) throws UnusableRequestException {
    byte[] body = unpack(request);
    try {
      Decoded decoded =
          decoder.decode(
              Signal.valueOf(request.signal().name()),
              body,
              0,
              body.length,
              Encoding.valueOf(request.encoding().name()),
              telemetry);
      return new Receipt(decoded.accepted(), decoded.rejected(), decoded.explanation());
    } catch (MalformedTelemetryException broken) {
      throw new UnusableRequestException(Reason.MALFORMED, String.valueOf(broken.getMessage()));
    }
  }

  private static byte[] unpack(OtlpRequest request) throws UnusableRequestException {
    if (request.compression() == OtlpRequest.Compression.NONE) {
      return request.body();
    }
    try (var stream = new GZIPInputStream(new ByteArrayInputStream(request.body()))) {
      byte[] body = stream.readNBytes(MOST_UNPACKED + 1);
      if (body.length > MOST_UNPACKED) {
        throw new UnusableRequestException(Reason.TOO_LARGE, "too large once unpacked");
      }
      return body;
    } catch (IOException broken) {
      throw new UnusableRequestException(Reason.MALFORMED, "not gzip: " + broken.getMessage());
    }
  }

  @Override
  public Batch drain(Instant now) {
    return new Batch(telemetry.drain(), telemetry.drainEvents());
  }

  @Override
  public Batch drainAll(Instant now) {
    telemetry.completeAll();
    return drain(now);
  }

  @Override
  public Map<String, Long> dropped() {
    return Map.of();
  }
}
