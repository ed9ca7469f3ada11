package headroom.ingest.otlp;

import headroom.model.MetricPoint;
import headroom.model.Span;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Judges whether a span or data point can be used. Times on the wire are unsigned: what looks
 * negative here lies beyond the year 2262.
 */
final class Acceptance {
  private static final int MIN_SCALE = -10;
  private static final int MAX_SCALE = 20;

  private final IngestLimits limits;
  private long earliestNanos;
  private long latestNanos;

  Acceptance(IngestLimits limits) {
    this.limits = limits;
  }

  /** Sets the time that ages are measured from. */
  void at(Instant now) {
    latestNanos = nanos(now.plus(limits.maxFuture()));
    earliestNanos =
        limits.maxAge().isPresent() ? Math.max(0, nanos(now.minus(limits.maxAge().get()))) : 0;
  }

  @Nullable DropReason judge(Span span) {
    if ((span.traceIdHigh | span.traceIdLow) == 0 || span.spanId == 0) {
      return DropReason.INVALID_ID;
    }
    if (span.startNanos == 0 || span.endNanos == 0) {
      return DropReason.NO_TIME;
    }
    if (Long.compareUnsigned(span.endNanos, span.startNanos) < 0) {
      return DropReason.ENDS_BEFORE_START;
    }
    return judgeTime(span.endNanos);
  }

  @Nullable DropReason judge(MetricPoint point) {
    if (point.timeNanos == 0) {
      return DropReason.NO_TIME;
    }
    DropReason time = judgeTime(point.timeNanos);
    if (time != null) {
      return time;
    }
    if (point.startNanos != 0 && Long.compareUnsigned(point.timeNanos, point.startNanos) < 0) {
      return DropReason.ENDS_BEFORE_START;
    }
    return isUsable(point) ? null : DropReason.UNUSABLE_VALUE;
  }

  private @Nullable DropReason judgeTime(long nanos) {
    if (Long.compareUnsigned(nanos, latestNanos) > 0) {
      return DropReason.IN_FUTURE;
    }
    return nanos < earliestNanos ? DropReason.TOO_OLD : null;
  }

  private static boolean isUsable(MetricPoint point) {
    return switch (point.type) {
      case GAUGE, SUM -> Double.isFinite(point.value);
      case SUMMARY -> hasUsableTotals(point);
      case HISTOGRAM -> hasUsableTotals(point) && hasUsableBounds(point) && hasUsableBuckets(point);
      case EXPONENTIAL_HISTOGRAM ->
          hasUsableTotals(point)
              && point.scale >= MIN_SCALE
              && point.scale <= MAX_SCALE
              && point.zeroCount >= 0
              && (long) point.positiveOffset + point.bucketCount <= Integer.MAX_VALUE
              && hasUsableBuckets(point);
    };
  }

  private static boolean hasUsableTotals(MetricPoint point) {
    return point.count >= 0
        && (!point.hasSum || Double.isFinite(point.sum))
        && (!point.hasMin || Double.isFinite(point.min))
        && (!point.hasMax || Double.isFinite(point.max));
  }

  /** Bounds rise strictly and part the values into one bucket more than there are bounds. */
  private static boolean hasUsableBounds(MetricPoint point) {
    if (point.bucketCount != 0 && point.bucketCount != point.boundCount + 1) {
      return false;
    }
    for (int i = 0; i < point.boundCount; i++) {
      if (!Double.isFinite(point.bounds[i])
          || (i > 0 && !(point.bounds[i] > point.bounds[i - 1]))) {
        return false;
      }
    }
    return true;
  }

  private static boolean hasUsableBuckets(MetricPoint point) {
    for (int i = 0; i < point.bucketCount; i++) {
      if (point.bucketCounts[i] < 0) {
        return false;
      }
    }
    return true;
  }

  private static long nanos(Instant instant) {
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano());
  }
}
