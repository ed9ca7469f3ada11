package headroom.telemetry;

import headroom.model.Concept;
import headroom.model.Irregularities;
import headroom.model.Irregularity;
import headroom.model.Measure;
import headroom.model.MetricNames;
import headroom.model.MetricPoint;
import headroom.model.Resource;
import headroom.model.SeriesKey;
import headroom.rollup.Cell;
import headroom.rollup.ExponentialHistogram;
import headroom.rollup.Resolution;
import headroom.rollup.SeriesCells;
import headroom.telemetry.PointSeries.Instrument;
import headroom.telemetry.PointSeries.Source;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Turns metric points into cells.
 *
 * <p>Levels are samples at their time. What is counted (monotonic sums, histograms, summaries)
 * belongs to the time between two points and is spread evenly over the windows in between, so that
 * exports every minute give rows every ten seconds; they are as smooth as the exports are rare.
 *
 * <pre>
 *   points   12:00:04 n=100            12:00:24 n=140
 *   windows  |12:00:00  6/20 of 40 = 12 |12:00:10  20 |12:00:20  8 |
 * </pre>
 *
 * <p>The first point of a cumulative series counts from the previous export of the same metric if
 * there was one, since the series is new then; else it is only the base for the next: what a
 * process did while it started is no work of the requests that it serves since. Requests themselves
 * count from the start if that was the first export of their process, as the time to the second one
 * shows. A series that shrinks or has a later start began anew.
 */
final class MetricRollup {
  private static final long MAX_FIRST_NANOS = Duration.ofMinutes(2).toNanos();

  /** A first export comes at most so many intervals after the start; instruments begin late. */
  private static final double EXPORTS_BEFORE = 1.5;

  private static final long MAX_INTERVAL_NANOS = Duration.ofHours(1).toNanos();
  private static final long SILENCE_NANOS = Duration.ofMinutes(5).toNanos();
  private static final long IDLE_NANOS = Duration.ofHours(2).toNanos();
  private static final long WINDOW_NANOS = Resolution.TEN_SECONDS.seconds() * 1_000_000_000L;
  private static final int MAX_NAMES = 10_000;

  private final int maxSeries;
  private final SeriesCells cells;
  private final Irregularities irregularities;
  private final Map<String, Optional<Concept>> concepts = new HashMap<>();
  private final Map<PointId, PointSeries> series = new HashMap<>();
  private final Map<SeriesKey, Source> sources = new HashMap<>();
  private final Map<InstrumentId, Instrument> instruments = new HashMap<>();
  private long latestNanos;
  private long sweptNanos;

  private record InstrumentId(String name, Resource resource) {}

  MetricRollup(int maxSeries, SeriesCells cells, Irregularities irregularities) {
    this.maxSeries = maxSeries;
    this.cells = cells;
    this.irregularities = irregularities;
  }

  int series() {
    return series.size();
  }

  /** Forgets series that nothing came for in two hours of the events' time. */
  void expire() {
    if (latestNanos - sweptNanos < IDLE_NANOS / 8) {
      return;
    }
    sweptNanos = latestNanos;
    long oldest = latestNanos - IDLE_NANOS;
    series.values().removeIf(one -> one.touchedNanos < oldest);
    sources.values().removeIf(one -> one.seenNanos < oldest);
    instruments.values().removeIf(one -> one.before(Long.MAX_VALUE) < oldest);
  }

  void add(MetricPoint point, Resource resource) {
    Concept concept = concept(point.name);
    if (concept == null) {
      irregularities.count(Irregularity.POINT_UNKNOWN);
      return;
    }
    PointSeries to = series(point, resource, concept);
    if (to == null) {
      return;
    }
    if (!to.source.accepts(concept.rank(), point.timeNanos, SILENCE_NANOS)) {
      irregularities.count(Irregularity.POINT_OTHER_SOURCE);
      return;
    }
    latestNanos = Math.max(latestNanos, point.timeNanos);
    to.touchedNanos = Math.max(to.touchedNanos, point.timeNanos);
    to.instrument.see(point.timeNanos);
    double scale = to.scale(point.unit.isEmpty() ? MetricNames.unitIn(point.name) : point.unit);
    switch (point.type) {
      case GAUGE, SUM -> addNumber(point, to, scale);
      case HISTOGRAM, EXPONENTIAL_HISTOGRAM, SUMMARY -> addDistribution(point, to, scale);
    }
  }

  private @Nullable Concept concept(String name) {
    Optional<Concept> known = concepts.get(name);
    if (known == null) {
      known = Optional.ofNullable(MetricNames.of(name));
      if (concepts.size() < MAX_NAMES) {
        concepts.put(name, known);
      }
    }
    return known.orElse(null);
  }

  private @Nullable PointSeries series(MetricPoint point, Resource resource, Concept concept) {
    PointId id = PointId.of(point, resource);
    PointSeries known = series.get(id);
    if (known != null) {
      return known;
    }
    Measure measure = concept.measure(point);
    if (measure == null) {
      irregularities.count(Irregularity.POINT_UNKNOWN);
      return null;
    }
    if (series.size() >= maxSeries) {
      irregularities.count(Irregularity.POINT_OVER_LIMIT);
      return null;
    }
    String subject = concept.subject(point);
    var key =
        new SeriesKey(
            measure, resource.service(), resource.instance(), subject, concept.detail(point));
    var sourceKey = new SeriesKey(measure, resource.service(), resource.instance(), subject, "");
    Source source = sources.computeIfAbsent(sourceKey, unused -> new Source());
    Instrument instrument =
        instruments.computeIfAbsent(
            new InstrumentId(point.name, resource), unused -> new Instrument());
    PointSeries added = new PointSeries(concept, key, concept.isError(point), source, instrument);
    series.put(id, added);
    return added;
  }

  private void addNumber(MetricPoint point, PointSeries to, double scale) {
    if (!Double.isFinite(point.value)) {
      irregularities.count(Irregularity.POINT_VALUE);
      return;
    }
    switch (to.key.measure().kind()) {
      case GAUGE -> addLevel(point, to, scale);
      case COUNTER -> addCount(point, to, scale);
      case DISTRIBUTION -> irregularities.count(Irregularity.POINT_VALUE);
    }
  }

  private void addLevel(MetricPoint point, PointSeries to, double scale) {
    if (isDuplicate(point, to)) {
      return;
    }
    if (point.value < 0 && point.type != MetricPoint.Type.SUM) {
      irregularities.count(Irregularity.POINT_VALUE); // "unlimited", "not known yet"
      return;
    }
    if (point.value == 0 && to.concept.zeroIsNone()) {
      return;
    }
    boolean changes = point.type == MetricPoint.Type.SUM && !point.cumulative;
    double level = changes ? to.value + point.value : point.value;
    cells.cell(to.key, point.timeNanos).sample(level * scale, point.timeNanos);
    if (!to.hasLast || changes || point.timeNanos > to.timeNanos) {
      to.keep(point);
      to.value = level;
    }
  }

  private void addCount(MetricPoint point, PointSeries to, double scale) {
    if (isDuplicate(point, to)) {
      return;
    }
    boolean delta = point.type == MetricPoint.Type.SUM && !point.cumulative;
    boolean anew = to.hasLast && (point.value < to.value || isLaterStart(point, to));
    Interval interval = delta ? deltaInterval(point) : cumulativeInterval(point, to, anew);
    if (interval != null) {
      double by = delta || anew || !to.hasLast ? point.value : point.value - to.value;
      if (by < 0) {
        irregularities.count(Irregularity.POINT_VALUE);
      } else {
        Cell increase = new Cell();
        increase.increase(by * scale);
        spread(to.key, interval, increase);
      }
    }
    keepLatest(point, to, delta);
  }

  private void addDistribution(MetricPoint point, PointSeries to, double scale) {
    if (to.key.measure().kind() != Measure.Kind.DISTRIBUTION || !isConsistent(point)) {
      irregularities.count(Irregularity.POINT_VALUE);
      return;
    }
    if (isDuplicate(point, to)) {
      return;
    }
    boolean delta = point.type != MetricPoint.Type.SUMMARY && !point.cumulative;
    PointBuckets.Increase buckets = PointBuckets.all(point);
    long count = point.count;
    double sum = point.sum;
    boolean anew = false;
    if (!delta && to.hasLast) {
      PointBuckets.Increase since = PointBuckets.since(to, point);
      anew = since == null || count < to.count || isLaterStart(point, to);
      if (!anew) {
        buckets = Objects.requireNonNull(since);
        count -= to.count;
        sum -= to.sum;
      }
    }
    Interval interval = delta ? deltaInterval(point) : cumulativeInterval(point, to, anew);
    if (!delta) {
      firstCounted(point, to, anew);
    }
    if (interval != null && count > 0) {
      spread(to.key, interval, cell(point, to, scale, buckets, count, Math.max(0, sum), delta));
    } else if (interval == null && isYoung(point, to)) {
      to.firstCount =
          new PointSeries.FirstCount(
              point.startNanos,
              point.timeNanos,
              cell(point, to, scale, buckets, count, Math.max(0, sum), false));
    }
    keepLatest(point, to, delta);
  }

  /** Whether requests are counted whose process began just before this, their first point. */
  private static boolean isYoung(MetricPoint point, PointSeries to) {
    return !to.hasLast
        && to.key.measure() == Measure.SERVER_DURATION
        && point.startNanos > 0
        && point.startNanos <= point.timeNanos
        && point.timeNanos - point.startNanos <= MAX_FIRST_NANOS;
  }

  /**
   * Counts what the first point held if it was the first export of its process, as the time to the
   * next one shows: else telemetry of earlier exports did not come here, and neither did the traces
   * and pool uses of these requests.
   */
  private void firstCounted(MetricPoint point, PointSeries to, boolean anew) {
    PointSeries.FirstCount first = to.firstCount;
    if (first == null || point.timeNanos <= to.timeNanos) {
      return;
    }
    to.firstCount = null;
    double exports = EXPORTS_BEFORE * (point.timeNanos - first.toNanos());
    if (!anew && first.cell().count() > 0 && first.toNanos() - first.fromNanos() <= exports) {
      spread(to.key, new Interval(first.fromNanos(), first.toNanos()), first.cell());
    }
  }

  /**
   * Count and sum as sent, a histogram of the buckets, extremes where they are of this interval.
   */
  private static Cell cell(
      MetricPoint point,
      PointSeries to,
      double scale,
      PointBuckets.Increase buckets,
      long count,
      double sum,
      boolean delta) {
    ExponentialHistogram histogram =
        buckets.isEmpty() ? null : buckets.histogram(point, scale, sum);
    boolean summed = point.hasSum || point.type == MetricPoint.Type.SUMMARY;
    Cell cell = new Cell();
    cell.recordAll(
        count,
        summed || histogram == null ? sum * scale : PointBuckets.estimatedSum(histogram),
        delta && point.hasMin ? OptionalDouble.of(point.min * scale) : OptionalDouble.empty(),
        delta && point.hasMax ? OptionalDouble.of(point.max * scale) : OptionalDouble.empty(),
        histogram,
        to.error ? count : 0);
    return cell;
  }

  private static boolean isConsistent(MetricPoint point) {
    return point.count >= 0
        && Double.isFinite(point.sum)
        && point.sum >= 0
        && !(point.hasMin && Double.isNaN(point.min))
        && !(point.hasMax && Double.isNaN(point.max))
        && PointBuckets.areConsistent(point);
  }

  private boolean isDuplicate(MetricPoint point, PointSeries to) {
    boolean duplicate = to.hasLast && point.timeNanos == to.timeNanos;
    if (duplicate) {
      irregularities.count(Irregularity.POINT_DUPLICATE);
    }
    return duplicate;
  }

  /** Sent by a process, or counter, that was started after the last point was taken. */
  private static boolean isLaterStart(MetricPoint point, PointSeries to) {
    return point.startNanos > to.timeNanos;
  }

  private static void keepLatest(MetricPoint point, PointSeries to, boolean delta) {
    if (!to.hasLast || point.timeNanos > to.timeNanos || !delta) {
      if (point.timeNanos >= to.timeNanos) {
        to.keep(point);
      }
    }
  }

  private @Nullable Interval deltaInterval(MetricPoint point) {
    long from = point.startNanos;
    if (from <= 0 || from > point.timeNanos) {
      from = point.timeNanos;
    }
    if (point.timeNanos - from > MAX_INTERVAL_NANOS) {
      irregularities.count(Irregularity.POINT_TIME);
      return null;
    }
    return new Interval(from, point.timeNanos);
  }

  /** What a cumulative point's increase was counted in; null when it has none to give. */
  private @Nullable Interval cumulativeInterval(MetricPoint point, PointSeries to, boolean anew) {
    if (to.hasLast && point.timeNanos < to.timeNanos) {
      irregularities.count(Irregularity.POINT_OUT_OF_ORDER);
      return null;
    }
    long start = point.startNanos;
    boolean startKnown = start > 0 && start <= point.timeNanos;
    long from;
    if (!to.hasLast) {
      long exported = to.instrument.before(point.timeNanos);
      from = exported > 0 && startKnown && start <= exported ? exported : Long.MIN_VALUE;
    } else if (anew) {
      irregularities.count(Irregularity.POINT_RESET);
      from = startKnown ? Math.max(start, to.timeNanos) : to.timeNanos;
    } else {
      from = to.timeNanos;
    }
    if (from == Long.MIN_VALUE || point.timeNanos - from > MAX_INTERVAL_NANOS) {
      irregularities.count(Irregularity.POINT_BASE);
      return null;
    }
    return new Interval(from, point.timeNanos);
  }

  private record Interval(long fromNanos, long toNanos) {}

  /** Divides the cell among the windows of the interval by the time that each has of it. */
  private void spread(SeriesKey key, Interval interval, Cell whole) {
    long at = interval.fromNanos;
    long end = interval.toNanos;
    Cell rest = whole;
    while (true) {
      long windowEnd = (Math.floorDiv(at, WINDOW_NANOS) + 1) * WINDOW_NANOS;
      if (windowEnd >= end) {
        cells.cell(key, at).merge(rest);
        return;
      }
      Cell.Parts parts = rest.split((double) (windowEnd - at) / (end - at));
      cells.cell(key, at).merge(parts.earlier());
      rest = parts.later();
      at = windowEnd;
    }
  }
}
