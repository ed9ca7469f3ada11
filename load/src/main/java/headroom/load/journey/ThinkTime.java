package headroom.load.journey;

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

  private static void checkNanos(String name, long nanos) {
    if (nanos < 0) {
      throw new IllegalArgumentException("%s must be >= 0, got %d".formatted(name, nanos));
    }
  }
}
