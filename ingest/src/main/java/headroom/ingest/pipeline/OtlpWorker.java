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
import headroom.ingest.prometheus.Horizon;
import headroom.ingest.prometheus.LabelRules;
import headroom.ingest.prometheus.PrometheusReader;
import headroom.ingest.prometheus.SampleDrop;
import headroom.ingest.prometheus.Written;
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
  private final PrometheusReader prometheus;
  private final Map<DropReason, Long> dropped = new EnumMap<>(DropReason.class);
  private final Map<SampleDrop, Long> droppedSamples = new EnumMap<>(SampleDrop.class);

  /** For requests that unpack to 64 MiB at most. */
  public OtlpWorker(InstantSource clock) {
    this(clock, LabelRules.NONE);
  }

  /**
   * For requests that unpack to 64 MiB at most.
   *
   * @param rules who sent a series of Prometheus, by its labels
   */
  public OtlpWorker(InstantSource clock, LabelRules rules) {
    this(clock, rules, MOST_UNPACKED_BYTES);
  }

  /**
   * @param mostUnpackedBytes what the body of one request may unpack to
   */
  public OtlpWorker(InstantSource clock, int mostUnpackedBytes) {
    this(clock, LabelRules.NONE, mostUnpackedBytes);
  }

  private OtlpWorker(InstantSource clock, LabelRules rules, int mostUnpackedBytes) {
    this.clock = clock;
    this.unpacker = new Unpacker(mostUnpackedBytes);
    var interner = new Interner();
    this.decoder = new OtlpDecoder(IngestLimits.live(), clock, interner);
    this.prometheus = new PrometheusReader(rules, Horizon.LIVE, clock, interner, mostUnpackedBytes);
  }

  @Override
  public Receipt receive(TelemetryRequest request) throws UnusableRequestException {
    telemetry.expire(nanos(clock.instant()));
    try {
      return switch (request) {
        case OtlpRequest otlp -> decode(otlp);
        case RemoteWriteRequest write ->
            receipt(prometheus.read(write.message(), write.body(), telemetry));
        case ScrapedPage page ->
            receipt(
                prometheus.readPage(
                    page.service(),
                    page.instance(),
                    page.at(),
                    page.format(),
                    page.body(),
                    telemetry));
      };
    } catch (OversizedTelemetryException e) {
      throw new UnusableRequestException(Reason.TOO_LARGE, String.valueOf(e.getMessage()));
    } catch (MalformedTelemetryException e) {
      throw new UnusableRequestException(Reason.MALFORMED, String.valueOf(e.getMessage()));
    }
  }

  private Receipt decode(OtlpRequest request) throws MalformedTelemetryException {
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
  }

  private Receipt receipt(Written written) {
    written.dropped().forEach((reason, count) -> droppedSamples.merge(reason, count, Long::sum));
    return new Receipt(
        written.samples() + written.histograms(),
        written.histograms(),
        written.rejected(),
        written.explanation());
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
    droppedSamples.forEach((reason, count) -> totals.put("sample_" + wireName(reason), count));
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
