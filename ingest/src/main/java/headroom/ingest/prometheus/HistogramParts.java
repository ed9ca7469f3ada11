package headroom.ingest.prometheus;

import headroom.model.MetricPoint;
import headroom.model.TelemetrySink;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * One histogram or summary, put together again from the series that Prometheus takes it apart into.
 *
 * <p>They come in any order and in several messages, since a sender divides series among
 * connections. So the values of a scrape wait until every part that is known has one of that time
 * or later:
 *
 * <pre>
 *             12:00:00  12:00:15
 *   le=0.1        3         9
 *   le=0.5        5        12
 *   le=+Inf       6         …   not here yet: 12:00:15 waits
 *   sum           1.4       2.9
 *   count         6        14
 * </pre>
 *
 * What is handed on is the increase since the scrape before. Each part counts up on its own, so the
 * increases are taken part by part and only then subtracted from each other: a client that writes
 * its page while it counts makes neighbouring bucket counts jump by turns, which must not look like
 * a restart. A part that shrinks is one.
 */
final class HistogramParts {
  private static final int MOST_PARTS = 1_024;
  private static final int MOST_WAITING = 8;
  private static final int UNSETTLED_SCRAPES = 3;
  private static final long YOUNG_MILLIS = 120_000;

  final PointTemplate template;

  /** All of them: buckets, sum and count. */
  private final List<Part> parts = new ArrayList<>();

  private final List<Part> buckets = new ArrayList<>();
  private @Nullable Part sum;
  private @Nullable Part count;
  private long baseMillis = Long.MIN_VALUE;
  private boolean settled;

  /** So many parts have a value that waits, so many have ended: a quick look before a long one. */
  private int filled;

  private int ended;
  private boolean overfull;
  long touchedMillis = Long.MIN_VALUE;

  HistogramParts(PointTemplate template) {
    this.template = template;
  }

  /** One series of it. */
  static final class Part {
    final double bound;
    private final ArrayDeque<Value> waiting = new ArrayDeque<>();
    private long lastMillis = Long.MIN_VALUE;
    private boolean ended;
    private boolean hasBase;
    private double base;

    private Part(double bound) {
      this.bound = bound;
    }

    private @Nullable Value at(long timeMillis) {
      Value head = waiting.peek();
      return head != null && head.timeMillis == timeMillis ? head : null;
    }

    private double increase(Value value) {
      return value.value - base;
    }
  }

  private record Value(long timeMillis, double value, long startMillis) {}

  /** The bucket up to this bound; null when there are too many. */
  @Nullable Part bucket(double bound) {
    for (Part part : buckets) {
      if (part.bound == bound) {
        return part;
      }
    }
    if (buckets.size() >= MOST_PARTS) {
      return null;
    }
    var added = new Part(bound);
    buckets.add(added);
    buckets.sort(Comparator.comparingDouble(part -> part.bound));
    parts.add(added);
    return added;
  }

  Part sum() {
    Part part = sum;
    if (part == null) {
      part = new Part(Double.NaN);
      sum = part;
      parts.add(part);
    }
    return part;
  }

  Part count() {
    Part part = count;
    if (part == null) {
      part = new Part(Double.NaN);
      count = part;
      parts.add(part);
    }
    return part;
  }

  /** Takes a value of a part; false when it came too late. */
  boolean add(Part part, long timeMillis, double value, long startMillis) {
    if (timeMillis <= part.lastMillis || timeMillis <= baseMillis) {
      return false;
    }
    part.lastMillis = timeMillis;
    if (part.ended) {
      part.ended = false;
      ended--;
    }
    filled += part.waiting.isEmpty() ? 1 : 0;
    part.waiting.add(new Value(timeMillis, value, startMillis));
    overfull |= part.waiting.size() > MOST_WAITING;
    touchedMillis = Math.max(touchedMillis, timeMillis);
    return true;
  }

  /** The part ended, and nothing waits for it any more. */
  void end(Part part) {
    if (!part.ended) {
      part.ended = true;
      ended++;
    }
  }

  /** Hands on what is whole. */
  void deliver(MetricPoint point, SampleTally tally, TelemetrySink sink) {
    while (isWhole()) {
      settled = true;
      deliver(earliest(), point, tally, sink);
    }
    if (overfull) {
      // A part stopped coming without saying so.
      overfull = false;
      parts.stream().filter(part -> part.waiting.isEmpty()).forEach(this::end);
      settled = true;
      deliver(earliest(), point, tally, sink);
    }
  }

  /** Hands on all that is there: nothing more will come of it. */
  void complete(MetricPoint point, SampleTally tally, TelemetrySink sink) {
    while (filled > 0) {
      deliver(earliest(), point, tally, sink);
    }
    settled = true;
  }

  /** At first nobody knows the parts: then two whole further scrapes are waited for. */
  private boolean isWhole() {
    if (filled == 0 || filled + ended < parts.size()) {
      return false;
    }
    int needed = settled ? 1 : UNSETTLED_SCRAPES;
    for (Part part : parts) {
      if (part.waiting.size() < needed && !part.ended) {
        return false;
      }
    }
    return true;
  }

  private long earliest() {
    long earliest = Long.MAX_VALUE;
    for (Part part : parts) {
      Value head = part.waiting.peek();
      if (head != null) {
        earliest = Math.min(earliest, head.timeMillis);
      }
    }
    return earliest;
  }

  private void deliver(long timeMillis, MetricPoint point, SampleTally tally, TelemetrySink sink) {
    Part total = total(timeMillis);
    if (total == null) {
      tally.drop(
          SampleDrop.INCOMPLETE, parts.stream().filter(p -> p.at(timeMillis) != null).count());
      parts.forEach(part -> take(part, timeMillis));
      return;
    }
    long from = baseMillis;
    if (from == Long.MIN_VALUE) {
      Value first = total.at(timeMillis);
      long start = first == null ? 0 : first.startMillis;
      if (start > 0 && start < timeMillis && timeMillis - start <= YOUNG_MILLIS) {
        from = start;
        parts.forEach(part -> part.hasBase = true);
      }
    } else if (hasShrunk(timeMillis)) {
      parts.forEach(part -> part.base = 0);
    }
    if (from != Long.MIN_VALUE && total.hasBase) {
      fill(point, total, from, timeMillis);
      sink.metric(point);
    }
    baseMillis = timeMillis;
    for (Part part : parts) {
      Value value = take(part, timeMillis);
      part.hasBase = value != null;
      part.base = value == null ? 0 : value.value;
    }
  }

  /** The part that counts everything, of those that have a value of that time. */
  private @Nullable Part total(long timeMillis) {
    if (count != null && count.at(timeMillis) != null) {
      return count;
    }
    Part last = buckets.isEmpty() ? null : buckets.getLast();
    return last != null && last.bound == Double.POSITIVE_INFINITY && last.at(timeMillis) != null
        ? last
        : null;
  }

  private boolean hasShrunk(long timeMillis) {
    for (Part part : parts) {
      Value value = part.at(timeMillis);
      if (part != sum && value != null && part.hasBase && part.increase(value) < 0) {
        return true;
      }
    }
    return false;
  }

  private void fill(MetricPoint point, Part total, long fromMillis, long timeMillis) {
    template.fill(point);
    point.type = MetricPoint.Type.HISTOGRAM;
    point.cumulative = false;
    point.monotonic = true;
    point.startNanos = fromMillis * 1_000_000;
    point.timeNanos = timeMillis * 1_000_000;
    point.count = Math.round(increase(total, timeMillis).orElse(0));
    OptionalDouble added = sum == null ? OptionalDouble.empty() : increase(sum, timeMillis);
    if (added.isPresent() && added.getAsDouble() >= 0) {
      point.sum = added.getAsDouble();
      point.hasSum = true;
    }
    long below = 0;
    for (Part part : buckets) {
      OptionalDouble upTo = increase(part, timeMillis);
      if (upTo.isPresent() && part.bound < Double.POSITIVE_INFINITY) {
        long cumulative = Math.clamp(Math.round(upTo.getAsDouble()), below, point.count);
        point.addBound(part.bound);
        point.addBucketCount(cumulative - below);
        below = cumulative;
      }
    }
    if (point.boundCount > 0) {
      point.addBucketCount(point.count - below);
    }
  }

  private static OptionalDouble increase(Part part, long timeMillis) {
    Value value = part.at(timeMillis);
    return value == null || !part.hasBase
        ? OptionalDouble.empty()
        : OptionalDouble.of(part.increase(value));
  }

  /** Takes out what waits of that time. */
  private @Nullable Value take(Part part, long timeMillis) {
    Value value = part.at(timeMillis);
    if (value != null) {
      part.waiting.remove();
      filled -= part.waiting.isEmpty() ? 1 : 0;
    }
    return value;
  }
}
