package headroom.plan;

import java.util.random.RandomGenerator;

/** The pause of a user between two steps, as a distribution. */
public sealed interface ThinkTime {
  /** Draws one pause in nanoseconds, never negative. */
  long drawNanos(RandomGenerator random);

  /** Always the same. */
  record Fixed(long nanos) implements ThinkTime {
    public Fixed {
      checkNanos("nanos", nanos);
    }

    @Override
    public long drawNanos(RandomGenerator random) {
      return nanos;
    }
  }

  /** Any pause within the bounds, with equal probability. */
  record Between(long minNanos, long maxNanos) implements ThinkTime {
    public Between {
      checkNanos("minNanos", minNanos);
      if (maxNanos < minNanos) {
        throw new IllegalArgumentException(
            "maxNanos must be >= minNanos, got %d < %d".formatted(maxNanos, minNanos));
      }
    }

    @Override
    public long drawNanos(RandomGenerator random) {
      return minNanos + (long) (random.nextDouble() * (maxNanos - minNanos));
    }
  }

  /** Mostly short, sometimes long; cut off at the bound. */
  record Exponential(long meanNanos, long maxNanos) implements ThinkTime {
    public Exponential {
      checkNanos("meanNanos", meanNanos);
      checkNanos("maxNanos", maxNanos);
    }

    @Override
    public long drawNanos(RandomGenerator random) {
      return Math.min(maxNanos, (long) (-Math.log1p(-random.nextDouble()) * meanNanos));
    }
  }

  /** Around a mean, as many shorter as longer; cut off at 0 and at the bound. */
  record Normal(long meanNanos, long deviationNanos, long maxNanos) implements ThinkTime {
    public Normal {
      checkNanos("meanNanos", meanNanos);
      checkNanos("deviationNanos", deviationNanos);
      checkNanos("maxNanos", maxNanos);
    }

    @Override
    public long drawNanos(RandomGenerator random) {
      double draw = meanNanos + random.nextGaussian() * deviationNanos;
      return Math.clamp((long) draw, 0, maxNanos);
    }
  }

  /** Of which the logarithm is normal: what reading and typing look like. Cut off at the bound. */
  record LogNormal(long medianNanos, long p95Nanos, long maxNanos) implements ThinkTime {
    /** The quantile 0.95 of the standard normal distribution. */
    private static final double Z95 = 1.6448536269514722;

    public LogNormal {
      checkNanos("maxNanos", maxNanos);
      if (medianNanos <= 0 || p95Nanos < medianNanos) {
        throw new IllegalArgumentException(
            "a lognormal pause needs 0 < median <= p95, got %d and %d ns"
                .formatted(medianNanos, p95Nanos));
      }
    }

    @Override
    public long drawNanos(RandomGenerator random) {
      double sigma = Math.log((double) p95Nanos / medianNanos) / Z95;
      return Math.min(maxNanos, (long) (medianNanos * Math.exp(sigma * random.nextGaussian())));
    }
  }

  private static void checkNanos(String name, long nanos) {
    if (nanos < 0) {
      throw new IllegalArgumentException("%s must be >= 0, got %d".formatted(name, nanos));
    }
  }
}
