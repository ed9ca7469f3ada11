package headroom.load.arrival;

import headroom.plan.RateSegment;
import headroom.plan.Spacing;
import java.util.ArrayList;
import java.util.List;

/**
 * Load over time: the intended start of every arrival, fixed before the run by segments, spacing
 * and seed.
 *
 * <p>With {@code Λ} the integral of the rate over all segments, arrival {@code k} of a uniform
 * schedule starts where {@code Λ} reaches {@code k + 1/2}; so the count is the integral rounded, no
 * arrival falls on a boundary, and none is ever closer to the next than the highest rate allows. A
 * Poisson schedule puts the steps of a unit-rate Poisson process through the same inverse.
 *
 * <pre>
 *   rate     4/s ──────╮                    segments: steady 4/s for 1 s, ramp to 0 within 1 s
 *                       ╲
 *   starts   | | | |   |    |  (end)        at Λ = 0.5, 1.5, 2.5, 3.5, 4.5, 5.5 of 6
 * </pre>
 *
 * Laws: starts never fall, lie within {@code 0..seconds()}, and the same schedule and seed give the
 * same starts.
 *
 * @param segments one after the other
 * @param seed only used by {@link Spacing#POISSON}
 */
public record ArrivalSchedule(List<RateSegment> segments, Spacing spacing, long seed) {
  public ArrivalSchedule {
    segments = List.copyOf(segments);
  }

  /** Evenly spaced arrivals. */
  public static ArrivalSchedule uniform(RateSegment... segments) {
    return new ArrivalSchedule(List.of(segments), Spacing.UNIFORM, 0);
  }

  /** Independent random arrivals. */
  public static ArrivalSchedule poisson(long seed, RateSegment... segments) {
    return new ArrivalSchedule(List.of(segments), Spacing.POISSON, seed);
  }

  /** The same schedule with another segment at its end. */
  public ArrivalSchedule then(RateSegment segment) {
    var longer = new ArrayList<>(segments);
    longer.add(segment);
    return new ArrivalSchedule(longer, spacing, seed);
  }

  /** How long the schedule lasts. */
  public double seconds() {
    return segments.stream().mapToDouble(RateSegment::seconds).sum();
  }

  /** The expected number of arrivals: exact up to rounding when uniform, the mean when Poisson. */
  public double arrivals() {
    return segments.stream().mapToDouble(RateSegment::arrivals).sum();
  }

  /** The rate at a time since the start, 0 beyond the end. */
  public double ratePerSecond(double t) {
    double start = 0;
    for (RateSegment segment : segments) {
      if (t < start + segment.seconds()) {
        return t < start ? 0 : segment.ratePerSecond(t - start);
      }
      start += segment.seconds();
    }
    return 0;
  }

  /** The expected number of arrivals within the first {@code t} seconds. */
  public double arrivalsUntil(double t) {
    double start = 0;
    double sum = 0;
    for (RateSegment segment : segments) {
      if (t <= start) {
        break;
      }
      sum += segment.arrivalsUntil(Math.min(t - start, segment.seconds()));
      start += segment.seconds();
    }
    return sum;
  }

  /** Walks the starts from the first to the last. */
  public ArrivalCursor cursor() {
    var cursor = new ArrivalCursor(spacing, seed);
    segments.forEach(cursor::append);
    return cursor;
  }
}
