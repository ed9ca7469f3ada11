package headroom.ingest.prometheus;

import headroom.ingest.otlp.Interner;
import headroom.ingest.otlp.MalformedTelemetryException;
import headroom.ingest.otlp.WireReader;
import headroom.ingest.prometheus.SeriesTable.Metadata;
import headroom.model.TelemetrySink;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * Reads {@code io.prometheus.write.v2.Request}, the message of remote write 2.0: texts stand in one
 * list and are referred to by their place in it.
 */
final class SymbolRequestReader {
  private static final int SYMBOL = 4 << 3 | WireReader.LENGTH;
  private static final int SERIES = 5 << 3 | WireReader.LENGTH;
  private static final int HISTOGRAM_FIELD = 3;

  private final WireReader wire;
  private final Interner interner;
  private final TimeSeriesReader series;
  private final LabelBuffer labels = new LabelBuffer();
  private final List<String> symbols = new ArrayList<>();
  private OptionalInt half = OptionalInt.empty();
  private long type;
  private long unit;

  SymbolRequestReader(WireReader wire, Interner interner, Samples samples) {
    this.wire = wire;
    this.interner = interner;
    this.series = new TimeSeriesReader(wire, samples);
  }

  void read(TelemetrySink sink) throws MalformedTelemetryException {
    int from = wire.position();
    symbols.clear();
    while (wire.hasMore()) {
      int tag = wire.readTag();
      if (tag == SYMBOL) {
        symbols.add(text());
      } else {
        wire.skip(tag, "a write request");
      }
    }
    wire.goTo(from);
    while (wire.hasMore()) {
      int tag = wire.readTag();
      if (tag == SERIES) {
        int outer = wire.enter("a series");
        series(sink);
        wire.leave(outer);
      } else {
        wire.skip(tag, "a write request");
      }
    }
  }

  private void series(TelemetrySink sink) throws MalformedTelemetryException {
    int from = wire.position();
    labels.clear();
    half = OptionalInt.empty();
    type = 0;
    unit = 0;
    long start = 0;
    while (wire.hasMore()) {
      int tag = wire.readTag();
      switch (tag) {
        case 1 << 3 | WireReader.VARINT -> reference(wire.readVarint("a label"));
        case 1 << 3 | WireReader.LENGTH -> {
          int outer = wire.enter("labels");
          while (wire.hasMore()) {
            reference(wire.readVarint("a label"));
          }
          wire.leave(outer);
        }
        case 5 << 3 | WireReader.LENGTH -> {
          int outer = wire.enter("metadata");
          metadata();
          wire.leave(outer);
        }
        case 6 << 3 | WireReader.VARINT -> start = wire.readVarint("a start");
        default -> wire.skip(tag, "a series");
      }
    }
    if (half.isPresent()) {
      labels.spoil();
    }
    wire.goTo(from);
    var said = new Metadata(MetricType.numbered(type), isSymbol(unit) ? symbol(unit) : "");
    series.read(labels, said, start, HISTOGRAM_FIELD, sink);
  }

  private void metadata() throws MalformedTelemetryException {
    while (wire.hasMore()) {
      int tag = wire.readTag();
      switch (tag) {
        case 1 << 3 | WireReader.VARINT -> type = wire.readVarint("a type");
        case 4 << 3 | WireReader.VARINT -> unit = wire.readVarint("a unit");
        default -> wire.skip(tag, "metadata");
      }
    }
  }

  private void reference(long index) {
    if (!isSymbol(index)) {
      labels.spoil();
    } else if (half.isEmpty()) {
      half = OptionalInt.of((int) index);
    } else {
      labels.add(symbols.get(half.getAsInt()), symbol(index));
      half = OptionalInt.empty();
    }
  }

  private boolean isSymbol(long index) {
    return index >= 0 && index < symbols.size();
  }

  private String symbol(long index) {
    return symbols.get((int) index);
  }

  private String text() throws MalformedTelemetryException {
    int length = wire.readLength("text");
    int from = wire.position();
    wire.goTo(from + length);
    return interner.intern(wire.bytes(), from, length);
  }
}
