package headroom.load.arrival;

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
  /** Above this the nanosecond, in which starts are given, is too coarse. */
  public static final double MAX_RATE_PER_SECOND = 10_000_000;

  /** A year: the limit of one segment. */
  public static final double MAX_SECONDS = 366 * 86_400.0;

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

  /** Steps of equal length from one rate to another, both included. */
  public static List<RateSegment> steps(
      double fromPerSecond, double toPerSecond, int steps, double secondsEach) {
    if (steps < 2) {
      throw new IllegalArgumentException("steps must be >= 2, got " + steps);
    }
    var result = new ArrayList<RateSegment>();
    for (int i = 0; i < steps; i++) {
      double rate = fromPerSecond + (toPerSecond - fromPerSecond) * i / (steps - 1);
      result.add(new RateSegment.Steady(rate, secondsEach));
    }
    return result;
  }

  /** A sudden peak between two stretches of the base rate. */
  public static List<RateSegment> spike(
      double basePerSecond,
      double peakPerSecond,
      double secondsBefore,
      double secondsOfPeak,
      double secondsAfter) {
    return List.of(
        new RateSegment.Steady(basePerSecond, secondsBefore),
        new RateSegment.Steady(peakPerSecond, secondsOfPeak),
        new RateSegment.Steady(basePerSecond, secondsAfter));
  }
}
