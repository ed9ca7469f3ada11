package headroom.plan;

import java.util.ArrayList;
import java.util.List;

/**
 * A stretch of load: an arrival rate as a function of the time since its start.
 *
 * <p>With rate {@code λ(t)} and {@code Λ(t) = ∫₀ᵗ λ}, every segment can say how many arrivals are
 * expected until {@code t}, and invert that. Laws: {@link #arrivalsUntil} is continuous, does not
 * fall and starts at 0; {@code arrivalsUntil(timeOf(x)) == x} for every {@code x} in {@code
 * 0..arrivals()} up to rounding; {@link #timeOf} stays within {@code 0..seconds()}.
 *
 * <p>The end belongs to the type: a ramp to zero has a last arrival at a finite time, and a segment
 * of rate zero has none.
 */
public sealed interface RateSegment {
  /** Above this the nanosecond, in which starts are given, is too coarse. */
  double MAX_RATE_PER_SECOND = 10_000_000;

  /** A year: the limit of one segment. */
  double MAX_SECONDS = 366 * 86_400.0;

  /** How long the segment lasts. */
  double seconds();

  /** The rate {@code λ(t)}, in arrivals per second. */
  double ratePerSecond(double t);

  /** The highest rate within the segment. */
  double maxRatePerSecond();

  /** {@code Λ(t)}: how many arrivals are expected within the first {@code t} seconds. */
  double arrivalsUntil(double t);

  /** {@code Λ⁻¹(arrivals)}: the earliest time by which so many arrivals are expected. */
  double timeOf(double arrivals);

  /** {@code Λ(seconds())}. */
  default double arrivals() {
    return arrivalsUntil(seconds());
  }

  /** The same rate throughout; zero is a pause. */
  record Steady(double ratePerSecond, double seconds) implements RateSegment {
    public Steady {
      checkRate("ratePerSecond", ratePerSecond);
      checkSeconds(seconds);
    }

    @Override
    public double ratePerSecond(double t) {
      return ratePerSecond;
    }

    @Override
    public double maxRatePerSecond() {
      return ratePerSecond;
    }

    @Override
    public double arrivalsUntil(double t) {
      return ratePerSecond * t;
    }

    @Override
    public double timeOf(double arrivals) {
      return ratePerSecond == 0 ? 0 : Math.min(seconds, arrivals / ratePerSecond);
    }
  }

  /** A rate that changes evenly from one value to another; either may be zero. */
  record Ramp(double fromPerSecond, double toPerSecond, double seconds) implements RateSegment {
    public Ramp {
      checkRate("fromPerSecond", fromPerSecond);
      checkRate("toPerSecond", toPerSecond);
      checkSeconds(seconds);
    }

    private double slope() {
      return seconds == 0 ? 0 : (toPerSecond - fromPerSecond) / seconds;
    }

    @Override
    public double ratePerSecond(double t) {
      return fromPerSecond + slope() * t;
    }

    @Override
    public double maxRatePerSecond() {
      return Math.max(fromPerSecond, toPerSecond);
    }

    @Override
    public double arrivalsUntil(double t) {
      return fromPerSecond * t + slope() * t * t / 2;
    }

    /**
     * The root of {@code slope/2·t² + from·t = x} in the form that divides by a sum: it loses no
     * digits for a slope near zero, and its discriminant is {@code λ(t)²}, zero at the end of a
     * ramp to zero.
     */
    @Override
    public double timeOf(double arrivals) {
      if (arrivals <= 0) {
        return 0;
      }
      double discriminant = fromPerSecond * fromPerSecond + 2 * slope() * arrivals;
      double t = 2 * arrivals / (fromPerSecond + Math.sqrt(Math.max(0, discriminant)));
      return Math.min(seconds, t);
    }
  }

  /** A rate that grows, or shrinks, by the same factor in equal times. */
  record Growth(double fromPerSecond, double toPerSecond, double seconds) implements RateSegment {
    public Growth {
      checkRate("fromPerSecond", fromPerSecond);
      checkRate("toPerSecond", toPerSecond);
      checkSeconds(seconds);
      if (fromPerSecond == 0 || toPerSecond == 0) {
        throw new IllegalArgumentException(
            "rates of exponential growth must be > 0, got %s -> %s"
                .formatted(fromPerSecond, toPerSecond));
      }
    }

    /** The growth per second, {@code g} in {@code λ(t) = from·e^(g·t)}. */
    private double exponent() {
      return seconds == 0 ? 0 : Math.log(toPerSecond / fromPerSecond) / seconds;
    }

    @Override
    public double ratePerSecond(double t) {
      return fromPerSecond * Math.exp(exponent() * t);
    }

    @Override
    public double maxRatePerSecond() {
      return Math.max(fromPerSecond, toPerSecond);
    }

    @Override
    public double arrivalsUntil(double t) {
      double g = exponent();
      return g == 0 ? fromPerSecond * t : fromPerSecond * Math.expm1(g * t) / g;
    }

    @Override
    public double timeOf(double arrivals) {
      double g = exponent();
      double t =
          g == 0
              ? arrivals / fromPerSecond
              : Math.log1p(Math.max(-1, arrivals * g / fromPerSecond)) / g;
      return Math.min(seconds, t);
    }
  }

  /**
   * Day and night: {@code λ(t) = mean + amplitude·sin(2π·t/period)}.
   *
   * @param amplitudePerSecond at most the mean, so that the rate never falls below zero
   */
  record Sine(double meanPerSecond, double amplitudePerSecond, double periodSeconds, double seconds)
      implements RateSegment {
    public Sine {
      checkRate("meanPerSecond", meanPerSecond);
      checkRate("amplitudePerSecond", amplitudePerSecond);
      checkSeconds(seconds);
      if (!(periodSeconds > 0 && periodSeconds < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException("periodSeconds must be > 0, got " + periodSeconds);
      }
      if (amplitudePerSecond > meanPerSecond) {
        throw new IllegalArgumentException(
            "amplitudePerSecond must be <= meanPerSecond, got %s > %s"
                .formatted(amplitudePerSecond, meanPerSecond));
      }
    }

    @Override
    public double ratePerSecond(double t) {
      return meanPerSecond + amplitudePerSecond * Math.sin(2 * Math.PI * t / periodSeconds);
    }

    @Override
    public double maxRatePerSecond() {
      return meanPerSecond + amplitudePerSecond;
    }

    @Override
    public double arrivalsUntil(double t) {
      double half = Math.sin(Math.PI * t / periodSeconds);
      return meanPerSecond * t + amplitudePerSecond * periodSeconds / Math.PI * half * half;
    }

    /** By bisection, which needs no care where the rate touches zero. */
    @Override
    public double timeOf(double arrivals) {
      if (arrivals <= 0 || meanPerSecond == 0) {
        return 0;
      }
      // The sine adds between 0 and A·P/π arrivals to the straight line.
      double high = Math.min(seconds, arrivals / meanPerSecond);
      double low = Math.max(0, high - amplitudePerSecond * periodSeconds / Math.PI / meanPerSecond);
      while (true) {
        double middle = (low + high) / 2;
        if (middle <= low || middle >= high) {
          return high;
        }
        if (arrivalsUntil(middle) < arrivals) {
          low = middle;
        } else {
          high = middle;
        }
      }
    }
  }

  /** Steps of equal length from one rate to another, both included. */
  static List<RateSegment> steps(
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
  static List<RateSegment> spike(
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

  private static void checkRate(String name, double rate) {
    if (!(rate >= 0 && rate <= MAX_RATE_PER_SECOND)) {
      throw new IllegalArgumentException(
          "%s must be within 0..%s, got %s".formatted(name, MAX_RATE_PER_SECOND, rate));
    }
  }

  private static void checkSeconds(double seconds) {
    if (!(seconds >= 0 && seconds <= MAX_SECONDS)) {
      throw new IllegalArgumentException(
          "seconds must be within 0..%s, got %s".formatted(MAX_SECONDS, seconds));
    }
  }
}
