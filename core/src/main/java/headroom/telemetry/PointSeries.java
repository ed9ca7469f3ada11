package headroom.telemetry;

import headroom.model.Concept;
import headroom.model.MetricPoint;
import headroom.model.SeriesKey;
import headroom.rollup.Cell;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One metric's series: where its values go, and the last point, to subtract from the next. */
final class PointSeries {
  final Concept concept;
  final SeriesKey key;
  final boolean error;
  final Source source;

  /** All series of the same metric and sender. */
  final Instrument instrument;

  private String unit = "";
  private double scale;

  /** When it was last added to, as far as time is known. */
  long touchedNanos;

  /**
   * What the first point counted, and since when, until the next one tells whether the first was
   * the first export of its process; null when there is no such doubt.
   */
  @Nullable FirstCount firstCount;

  boolean hasLast;
  long startNanos;
  long timeNanos;
  double value;
  long count;
  double sum;
  long zeroCount;
  int exponentialScale;
  int positiveOffset;
  long[] buckets = {};
  double[] bounds = {};

  PointSeries(Concept concept, SeriesKey key, boolean error, Source source, Instrument instrument) {
    this.concept = concept;
    this.key = key;
    this.error = error;
    this.source = source;
    this.instrument = instrument;
    scale = concept.scale("");
  }

  /** What to multiply values by. */
  double scale(String pointUnit) {
    if (!pointUnit.equals(unit)) {
      unit = pointUnit;
      scale = concept.scale(pointUnit);
    }
    return scale;
  }

  /** A cumulative count from the start of its process to its first point here. */
  record FirstCount(long fromNanos, long toNanos, Cell cell) {}

  /** Keeps the point as the base for the next one. */
  void keep(MetricPoint point) {
    hasLast = true;
    startNanos = point.startNanos;
    timeNanos = point.timeNanos;
    value = point.value;
    count = point.count;
    sum = point.sum;
    zeroCount = point.zeroCount;
    exponentialScale = point.scale;
    positiveOffset = point.positiveOffset;
    if (buckets.length == point.bucketCount) {
      System.arraycopy(point.bucketCounts, 0, buckets, 0, buckets.length);
    } else {
      buckets = Arrays.copyOf(point.bucketCounts, point.bucketCount);
    }
    if (!hasBoundsOf(point)) {
      bounds = Arrays.copyOf(point.bounds, point.boundCount);
    }
  }

  boolean hasBoundsOf(MetricPoint point) {
    return Arrays.equals(bounds, 0, bounds.length, point.bounds, 0, point.boundCount);
  }

  /**
   * Which of several metrics that say the same is believed: the one of the lowest rank, unless it
   * has fallen silent.
   */
  static final class Source {
    private int rank = Integer.MAX_VALUE;
    long seenNanos;

    boolean accepts(int offered, long timeNanos, long silenceNanos) {
      if (offered > rank && timeNanos - seenNanos < silenceNanos) {
        return false;
      }
      rank = offered;
      seenNanos = Math.max(seenNanos, timeNanos);
      return true;
    }
  }

  /**
   * When a metric was last exported by a sender: a series of it that appears later has counted
   * nothing before.
   */
  static final class Instrument {
    private long timeNanos;
    private long previousNanos;

    void see(long time) {
      if (time > timeNanos) {
        previousNanos = timeNanos;
        timeNanos = time;
      }
    }

    /** The last export before this time, 0 when there was none. */
    long before(long time) {
      return timeNanos < time ? timeNanos : previousNanos < time ? previousNanos : 0;
    }
  }
}
