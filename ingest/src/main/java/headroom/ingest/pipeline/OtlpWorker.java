package headroom.ingest.pipeline;

import headroom.ingest.otlp.Decoded;
import headroom.ingest.otlp.DropReason;
import headroom.ingest.otlp.IngestLimits;
import headroom.ingest.otlp.Interner;
import headroom.ingest.otlp.MalformedTelemetryException;
import headroom.ingest.otlp.OtlpDecoder;
import headroom.ingest.otlp.OversizedTelemetryException;
import headroom.ingest.otlp.Unpacker;
import headroom.ingest.pipeline.UnusableRequestException.Reason;
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
 * A worker of the real parts: decompresses and decodes a request, and fills its own tables.
 *
 * <p>A request that turns out malformed half way is answered as refused; what stood before the
 * fault was well-formed telemetry and stays.
 */
public final class OtlpWorker implements IngestWorker {
  private static final int MOST_UNPACKED_BYTES = 64 << 20;

  private final InstantSource clock;
  private final OtlpDecoder decoder;
  private final Unpacker unpacker;
  private final Telemetry telemetry = new Telemetry(TelemetryLimits.LIVE);
  private final Map<DropReason, Long> dropped = new EnumMap<>(DropReason.class);

  /** For requests that unpack to 64 MiB at most. */
  public OtlpWorker(InstantSource clock) {
    this(clock, MOST_UNPACKED_BYTES);
  }

  /**
   * @param mostUnpackedBytes what the body of one request may unpack to
   */
  public OtlpWorker(InstantSource clock, int mostUnpackedBytes) {
    this.clock = clock;
    this.unpacker = new Unpacker(mostUnpackedBytes);
    this.decoder = new OtlpDecoder(IngestLimits.live(), clock, new Interner());
  }

  @Override
  public Receipt receive(OtlpRequest request) throws UnusableRequestException {
    telemetry.expire(nanos(clock.instant()));
    try {
      ByteBuffer body =
          unpacker.unpack(request.body(), 0, request.body().length, request.compression());
      Decoded decoded =
          decoder.decode(
              request.signal(),
              body.array(),
              body.arrayOffset() + body.position(),
              body.remaining(),
              request.encoding(),
              telemetry);
      decoded.dropped().forEach((reason, count) -> dropped.merge(reason, count, Long::sum));
      return new Receipt(decoded.accepted(), decoded.rejected(), decoded.explanation());
    } catch (OversizedTelemetryException e) {
      throw new UnusableRequestException(Reason.TOO_LARGE, String.valueOf(e.getMessage()));
    } catch (MalformedTelemetryException e) {
      throw new UnusableRequestException(Reason.MALFORMED, String.valueOf(e.getMessage()));
    }
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
