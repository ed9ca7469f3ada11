package headroom.ingest.prometheus;

import headroom.ingest.prometheus.HistogramParts.Part;
import headroom.ingest.prometheus.KnownSeries.Native;
import headroom.ingest.prometheus.KnownSeries.PartOf;
import headroom.ingest.prometheus.KnownSeries.Single;
import headroom.ingest.prometheus.KnownSeries.Unused;
import headroom.ingest.prometheus.SeriesTable.Metadata;
import headroom.model.MetricPoint;
import headroom.model.TelemetrySink;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The way from samples of series to points of metrics, the same for all forms in which Prometheus
 * hands them over. Remembers series and half histograms between messages; not safe for use by
 * several threads.
 */
final class Samples {
  private static final int MOST_SERIES = 100_000;

  private final SeriesTable table;
  private final Horizon horizon;
  private final Replicas replicas = new Replicas();
  private final SampleTally tally = new SampleTally();
  private final MetricPoint point = new MetricPoint();
  private final NativeHistogram histogram = new NativeHistogram();
  private final Set<HistogramParts> gathered = new LinkedHashSet<>();
  private boolean gathering;
  private long earliestMillis;
  private long latestMillis;
  private long seenMillis = Long.MIN_VALUE;

  Samples(LabelRules rules, Horizon horizon) {
    this.table = new SeriesTable(rules, MOST_SERIES);
    this.horizon = horizon;
  }

  /** Begins a message that came at this time. */
  void begin(Instant now) {
    tally.clear();
    gathering = false;
    gathered.clear();
    earliestMillis = horizon.earliestMillis(now);
    latestMillis = horizon.latestMillis(now);
  }

  /** What became of the message that was begun. */
  Written end() {
    if (seenMillis != Long.MIN_VALUE) {
      table.expire(seenMillis);
    }
    return tally.toWritten();
  }

  SampleTally tally() {
    return tally;
  }

  /** Remembers what was said of a metric. */
  void describe(String metric, Metadata said) {
    if (NameRole.of(metric, said.type()) != null) {
      table.describe(metric, said);
    }
  }

  boolean isUseless(String name) {
    return table.isUseless(name);
  }

  KnownSeries find(Labels labels, Metadata said, long timeMillis) {
    return table.find(labels, said, timeMillis);
  }

  /** A number of a series; {@code startMillis} is when it began to count, 0 when not told. */
  void sample(
      KnownSeries series, long timeMillis, double value, long startMillis, TelemetrySink sink) {
    if (isRejected(timeMillis, series)) {
      return;
    }
    tally.sample();
    switch (series) {
      case Unused unused -> tally.drop(unused.why());
      case Native unused ->
          tally.drop(Numbers.isStale(value) ? SampleDrop.STALE : SampleDrop.UNUSABLE_HISTOGRAM);
      case Single number -> {
        if (isFinite(value) && isBelieved(number.replica(), timeMillis)) {
          number(number, timeMillis, value, startMillis, sink);
        }
      }
      case PartOf part -> part(part, timeMillis, value, startMillis, sink);
    }
  }

  private void number(
      Single series, long timeMillis, double value, long startMillis, TelemetrySink sink) {
    series.template().fill(point);
    point.type = series.type();
    point.cumulative = point.type == MetricPoint.Type.SUM;
    point.monotonic = point.cumulative;
    point.startNanos = startMillis > 0 && startMillis <= timeMillis ? startMillis * 1_000_000 : 0;
    point.timeNanos = timeMillis * 1_000_000;
    point.value = value;
    sink.metric(point);
  }

  private void part(
      PartOf series, long timeMillis, double value, long startMillis, TelemetrySink sink) {
    HistogramParts whole = series.whole();
    if (Numbers.isStale(value)) {
      tally.drop(SampleDrop.STALE);
      whole.end(series.part());
    } else if (!isFinite(value) || !isBelieved(series.replica(), timeMillis)) {
      return;
    } else if (!whole.add(series.part(), timeMillis, value, startMillis)) {
      tally.drop(SampleDrop.OUT_OF_ORDER);
    }
    if (gathering) {
      gathered.add(whole);
    } else {
      whole.deliver(point, tally, sink);
    }
  }

  /** A histogram in one piece; {@code read} has been filled from the message. */
  void histogram(KnownSeries series, NativeHistogram read, TelemetrySink sink) {
    if (isRejected(read.timeMillis(), series)) {
      return;
    }
    tally.histogram();
    switch (series) {
      case Unused unused -> tally.drop(unused.why());
      case Single unused -> tally.drop(SampleDrop.UNUSABLE_HISTOGRAM);
      case PartOf unused -> tally.drop(SampleDrop.UNUSABLE_HISTOGRAM);
      case Native whole -> whole(whole, read, sink);
    }
  }

  private void whole(Native series, NativeHistogram read, TelemetrySink sink) {
    if (read.isStale()) {
      tally.drop(SampleDrop.STALE);
    } else if (!read.isUsable()) {
      tally.drop(SampleDrop.UNUSABLE_HISTOGRAM);
    } else if (isBelieved(series.replica(), read.timeMillis())) {
      if (read.hasBounds()) {
        bounded(series.bounded(), read, sink);
      } else {
        series.template().fill(point);
        read.fill(point);
        sink.metric(point);
      }
    }
  }

  /** With bounds of its own it is a classic histogram that nobody took apart. */
  private void bounded(HistogramParts whole, NativeHistogram read, TelemetrySink sink) {
    long time = read.timeMillis();
    boolean inOrder = whole.add(whole.count(), time, read.count(), read.startMillis());
    if (!inOrder) {
      tally.drop(SampleDrop.OUT_OF_ORDER);
      return;
    }
    var unused = whole.add(whole.sum(), time, read.sum(), read.startMillis());
    read.forEachBound((bound, cumulative) -> {
      Part part = whole.bucket(bound);
      if (part != null) {
        var ignored = whole.add(part, time, cumulative, read.startMillis());
      }
    });
    whole.complete(point, tally, sink);
  }

  /** The view that a reader fills before it gives a histogram. */
  NativeHistogram histogram() {
    return histogram;
  }

  /** From here on histograms wait until {@link #complete}: all of them come in one piece. */
  void gather() {
    gathering = true;
  }

  /** Hands on the histograms that were gathered: nothing more will come for these times. */
  void complete(TelemetrySink sink) {
    gathering = false;
    for (HistogramParts whole : gathered) {
      whole.complete(point, tally, sink);
    }
    gathered.clear();
  }

  private boolean isRejected(long timeMillis, KnownSeries series) {
    Optional<SampleDrop> reason =
        series instanceof Unused unused
            ? Optional.of(unused.why()).filter(SampleDrop::isRejection)
            : judge(timeMillis);
    reason.ifPresent(tally::drop);
    if (reason.isEmpty()) {
      seenMillis = Math.max(seenMillis, timeMillis);
    }
    return reason.isPresent();
  }

  private Optional<SampleDrop> judge(long timeMillis) {
    if (timeMillis > latestMillis) {
      return Optional.of(SampleDrop.IN_FUTURE);
    }
    return timeMillis < earliestMillis || timeMillis <= 0
        ? Optional.of(SampleDrop.TOO_OLD)
        : Optional.empty();
  }

  private boolean isFinite(double value) {
    if (Double.isFinite(value)) {
      return true;
    }
    tally.drop(Numbers.isStale(value) ? SampleDrop.STALE : SampleDrop.NOT_A_NUMBER);
    return false;
  }

  private boolean isBelieved(Replicas.Replica replica, long timeMillis) {
    if (replicas.believes(replica, timeMillis)) {
      return true;
    }
    tally.drop(SampleDrop.OTHER_REPLICA);
    return false;
  }

  int series() {
    return table.size();
  }
}
