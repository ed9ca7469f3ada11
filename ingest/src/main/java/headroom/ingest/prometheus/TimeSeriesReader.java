package headroom.ingest.prometheus;

import headroom.ingest.otlp.MalformedTelemetryException;
import headroom.ingest.otlp.WireReader;
import headroom.ingest.prometheus.KnownSeries.Unused;
import headroom.ingest.prometheus.SeriesTable.Metadata;
import headroom.model.TelemetrySink;

/**
 * Reads the samples and histograms of one series, which both versions of remote write number alike:
 * samples 2, histograms 3 of the second, 4 of the first.
 */
final class TimeSeriesReader {
  private static final int SAMPLE = 2 << 3 | WireReader.LENGTH;
  private static final Unused BAD_LABELS = new Unused(SampleDrop.BAD_LABELS);
  private static final Unused UNKNOWN_NAME = new Unused(SampleDrop.UNKNOWN_NAME);

  private final WireReader wire;
  private final Samples samples;

  TimeSeriesReader(WireReader wire, Samples samples) {
    this.wire = wire;
    this.samples = samples;
  }

  /**
   * Reads the message that was entered, from its beginning.
   *
   * @param said of the metric by the series itself
   * @param startMillis when the series began to count, 0 when not told
   * @param histogramField the number of the field that holds native histograms
   */
  void read(
      LabelBuffer labels, Metadata said, long startMillis, int histogramField, TelemetrySink sink)
      throws MalformedTelemetryException {
    KnownSeries series = null;
    while (wire.hasMore()) {
      int tag = wire.readTag();
      if (tag == SAMPLE) {
        int outer = wire.enter("a sample");
        double value = 0;
        long time = 0;
        long start = 0;
        while (wire.hasMore()) {
          int field = wire.readTag();
          switch (field) {
            case 1 << 3 | WireReader.FIXED64 -> value = wire.readDouble("a value");
            case 2 << 3 | WireReader.VARINT -> time = wire.readVarint("a time");
            case 3 << 3 | WireReader.VARINT -> start = wire.readVarint("a start");
            default -> wire.skip(field, "a sample");
          }
        }
        wire.leave(outer);
        series = series == null ? find(labels, said, time) : series;
        samples.sample(series, time, value, start == 0 ? startMillis : start, sink);
      } else if (tag == (histogramField << 3 | WireReader.LENGTH)) {
        int outer = wire.enter("a histogram");
        NativeHistogram histogram = samples.histogram();
        histogram.read(wire);
        wire.leave(outer);
        histogram.startsAt(startMillis);
        series = series == null ? find(labels, said, histogram.timeMillis()) : series;
        samples.histogram(series, histogram, sink);
      } else {
        wire.skip(tag, "a series");
      }
    }
  }

  private KnownSeries find(LabelBuffer labels, Metadata said, long timeMillis) {
    if (!labels.isUsable()) {
      return BAD_LABELS;
    }
    String name = labels.name();
    return !name.isEmpty() && samples.isUseless(name)
        ? UNKNOWN_NAME
        : samples.find(labels.toLabels(), said, timeMillis);
  }
}
