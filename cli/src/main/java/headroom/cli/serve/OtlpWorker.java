package headroom.cli.serve;

import headroom.ingest.otlp.Compression;
import headroom.ingest.otlp.Decoded;
import headroom.ingest.otlp.DropReason;
import headroom.ingest.otlp.Encoding;
import headroom.ingest.otlp.IngestLimits;
import headroom.ingest.otlp.Interner;
import headroom.ingest.otlp.MalformedTelemetryException;
import headroom.ingest.otlp.OtlpDecoder;
import headroom.ingest.otlp.OversizedTelemetryException;
import headroom.ingest.otlp.Signal;
import headroom.ingest.otlp.Unpacker;
import headroom.server.otlp.IngestWorker;
import headroom.server.otlp.OtlpRequest;
import headroom.server.otlp.Receipt;
import headroom.server.otlp.UnusableRequestException;
import headroom.server.otlp.UnusableRequestException.Reason;
import headroom.telemetry.Telemetry;
import headroom.telemetry.TelemetryLimits;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * One worker of a running server: decompresses and decodes a request, and fills its own tables.
 *
 * <p>A request that turns out malformed half way is answered as refused; what stood before the
 * fault was well-formed telemetry and stays.
 */
public final class OtlpWorker implements IngestWorker {
  private static final int MAX_BODY_BYTES = 64 << 20;

  private final InstantSource clock;
  private final OtlpDecoder decoder;
  private final Unpacker unpacker = new Unpacker(MAX_BODY_BYTES);
  private final Telemetry telemetry = new Telemetry(TelemetryLimits.LIVE);
  private final Map<DropReason, Long> dropped = new EnumMap<>(DropReason.class);

  public OtlpWorker(InstantSource clock) {
    this.clock = clock;
    this.decoder = new OtlpDecoder(IngestLimits.live(), clock, new Interner());
  }

  @Override
  public Receipt receive(OtlpRequest request) throws UnusableRequestException {
    telemetry.expire(nanos(clock.instant()));
    try {
      ByteBuffer body =
          unpacker.unpack(request.body(), 0, request.body().length, compression(request));
      Decoded decoded =
          decoder.decode(
              signal(request),
              body.array(),
              body.arrayOffset() + body.position(),
              body.remaining(),
              encoding(request),
              telemetry);
      decoded.dropped().forEach((reason, count) -> dropped.merge(reason, count, Long::sum));
      return new Receipt(decoded.accepted(), decoded.rejected(), decoded.explanation());
    } catch (OversizedTelemetryException e) {
      throw new UnusableRequestException(Reason.TOO_LARGE, String.valueOf(e.getMessage()));
    } catch (MalformedTelemetryException e) {
      throw new UnusableRequestException(Reason.MALFORMED, String.valueOf(e.getMessage()));
    }
  }

  private static Signal signal(OtlpRequest request) {
    return switch (request.signal()) {
      case TRACES -> Signal.TRACES;
      case METRICS -> Signal.METRICS;
      case LOGS -> Signal.LOGS;
    };
  }

  private static Encoding encoding(OtlpRequest request) {
    return switch (request.encoding()) {
      case PROTOBUF -> Encoding.PROTOBUF;
      case JSON -> Encoding.JSON;
    };
  }

  private static Compression compression(OtlpRequest request) {
    return switch (request.compression()) {
      case NONE -> Compression.NONE;
      case GZIP -> Compression.GZIP;
    };
  }

  @Override
  public Batch drain(Instant now) {
    telemetry.expire(nanos(now));
    return new Batch(telemetry.drain(), telemetry.drainEvents());
  }

  @Override
  public Batch drainAll(Instant now) {
    telemetry.expire(nanos(now));
    telemetry.completeAll();
    return new Batch(telemetry.drain(), telemetry.drainEvents());
  }

  @Override
  public Map<String, Long> dropped() {
    Map<String, Long> totals = new TreeMap<>();
    dropped.forEach((reason, count) -> totals.put(wireName(reason), count));
    telemetry
        .counters()
        .irregularities()
        .forEach((kind, count) -> totals.merge(wireName(kind), count, Long::sum));
    return totals;
  }

  private static String wireName(Enum<?> reason) {
    return reason.name().toLowerCase(Locale.ROOT);
  }

  private static long nanos(Instant instant) {
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano());
  }
}
