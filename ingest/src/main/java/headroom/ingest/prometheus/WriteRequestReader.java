package headroom.ingest.prometheus;

import headroom.ingest.otlp.Interner;
import headroom.ingest.otlp.MalformedTelemetryException;
import headroom.ingest.otlp.WireReader;
import headroom.ingest.prometheus.SeriesTable.Metadata;
import headroom.model.TelemetrySink;

/** Reads {@code prometheus.WriteRequest}, the message of remote write 1.0. */
final class WriteRequestReader {
  private static final int SERIES = 1 << 3 | WireReader.LENGTH;
  private static final int METADATA = 3 << 3 | WireReader.LENGTH;
  private static final int LABEL = 1 << 3 | WireReader.LENGTH;
  private static final int HISTOGRAM_FIELD = 4;

  private final WireReader wire;
  private final Interner interner;
  private final Samples samples;
  private final TimeSeriesReader series;
  private final LabelBuffer labels = new LabelBuffer();

  WriteRequestReader(WireReader wire, Interner interner, Samples samples) {
    this.wire = wire;
    this.interner = interner;
    this.samples = samples;
    this.series = new TimeSeriesReader(wire, samples);
  }

  void read(TelemetrySink sink) throws MalformedTelemetryException {
    while (wire.hasMore()) {
      int tag = wire.readTag();
      switch (tag) {
        case SERIES -> {
          int outer = wire.enter("a series");
          series(sink);
          wire.leave(outer);
        }
        case METADATA -> {
          int outer = wire.enter("metadata");
          metadata();
          wire.leave(outer);
        }
        default -> wire.skip(tag, "a write request");
      }
    }
  }

  /** Labels are looked for first: nothing says that they stand before the samples. */
  private void series(TelemetrySink sink) throws MalformedTelemetryException {
    int from = wire.position();
    labels.clear();
    while (wire.hasMore()) {
      int tag = wire.readTag();
      if (tag == LABEL) {
        int outer = wire.enter("a label");
        label();
        wire.leave(outer);
      } else {
        wire.skip(tag, "a series");
      }
    }
    wire.goTo(from);
    series.read(labels, Metadata.NONE, 0, HISTOGRAM_FIELD, sink);
  }

  private void label() throws MalformedTelemetryException {
    String name = "";
    String value = "";
    while (wire.hasMore()) {
      int tag = wire.readTag();
      switch (tag) {
        case 1 << 3 | WireReader.LENGTH -> name = text();
        case 2 << 3 | WireReader.LENGTH -> value = text();
        default -> wire.skip(tag, "a label");
      }
    }
    labels.add(name, value);
  }

  private void metadata() throws MalformedTelemetryException {
    long type = 0;
    String metric = "";
    String unit = "";
    while (wire.hasMore()) {
      int tag = wire.readTag();
      switch (tag) {
        case 1 << 3 | WireReader.VARINT -> type = wire.readVarint("a type");
        case 2 << 3 | WireReader.LENGTH -> metric = text();
        case 5 << 3 | WireReader.LENGTH -> unit = text();
        default -> wire.skip(tag, "metadata");
      }
    }
    samples.describe(metric, new Metadata(MetricType.numbered(type), unit));
  }

  private String text() throws MalformedTelemetryException {
    int length = wire.readLength("text");
    int from = wire.position();
    wire.goTo(from + length);
    return interner.intern(wire.bytes(), from, length);
  }
}
