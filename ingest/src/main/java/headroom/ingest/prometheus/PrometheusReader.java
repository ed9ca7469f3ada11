package headroom.ingest.prometheus;

import headroom.ingest.otlp.Interner;
import headroom.ingest.otlp.MalformedTelemetryException;
import headroom.ingest.otlp.WireReader;
import headroom.model.TelemetrySink;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Reads what comes from Prometheus and hands it to a sink as data points, one reused view after the
 * other. Not safe for use by several threads: it remembers series, and histograms of which parts
 * are still to come.
 *
 * <p>What is not well-formed ends the reading with a {@link MalformedTelemetryException}; what
 * stood before it has been handed on.
 */
public final class PrometheusReader {
  private final InstantSource clock;
  private final SnappyBlock snappy;
  private final WireReader wire = new WireReader();
  private final Samples samples;
  private final WriteRequestReader first;
  private final SymbolRequestReader second;
  private final PageReader pages;

  /**
   * @param mostUnpackedBytes what the body of one request may unpack to
   */
  public PrometheusReader(
      LabelRules rules,
      Horizon horizon,
      InstantSource clock,
      Interner interner,
      int mostUnpackedBytes) {
    this.clock = clock;
    this.snappy = new SnappyBlock(mostUnpackedBytes);
    this.samples = new Samples(rules, horizon);
    this.first = new WriteRequestReader(wire, interner, samples);
    this.second = new SymbolRequestReader(wire, interner, samples);
    this.pages = new PageReader(samples);
  }

  /** Reads the body of a remote write request, packed with Snappy. */
  public Written read(WriteMessage message, byte[] body, TelemetrySink sink)
      throws MalformedTelemetryException {
    samples.begin(clock.instant());
    byte[] unpacked = snappy.unpack(body);
    wire.reset(unpacked, 0, unpacked.length);
    switch (message) {
      case V1 -> first.read(sink);
      case V2 -> second.read(sink);
    }
    return samples.end();
  }

  /**
   * Reads a page of metrics.
   *
   * @param service whose page it is
   * @param instance which process of it
   * @param at the time of the samples that tell none
   */
  public Written readPage(
      String service,
      String instance,
      Instant at,
      PageFormat format,
      byte[] body,
      TelemetrySink sink)
      throws MalformedTelemetryException {
    samples.begin(clock.instant());
    pages.read(service, instance, at.toEpochMilli(), format, body, sink);
    return samples.end();
  }

  /** Series that are remembered. */
  public int series() {
    return samples.series();
  }
}
