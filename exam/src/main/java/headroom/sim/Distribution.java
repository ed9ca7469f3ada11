package headroom.sim;

import java.util.random.RandomGenerator;

/**
 * How long something takes, in seconds, at random.
 *
 * <p>Law: the mean of many samples approaches {@link #mean}.
 */
public sealed interface Distribution {
  double mean();

  double sample(RandomGenerator random);

  /** One fixed time. */
  record Constant(double mean) implements Distribution {
    public Constant {
      requireMean(mean);
    }

    @Override
    public double sample(RandomGenerator random) {
      return mean;
    }
  }

  /** Variance mean², without memory. */
  record Exponential(double mean) implements Distribution {
    public Exponential {
      requireMean(mean);
    }

    @Override
    public double sample(RandomGenerator random) {
      return mean * random.nextExponential();
    }
  }

  /** The sum of {@code stages} exponential times (Erlang): variance mean² / stages. */
  record Stages(double mean, int stages) implements Distribution {
    public Stages {
      requireMean(mean);
      if (stages < 1) {
        throw new IllegalArgumentException("stages must be >= 1, got " + stages);
      }
    }

    @Override
    public double sample(RandomGenerator random) {
      double sum = 0;
      for (int i = 0; i < stages; i++) {
        sum += random.nextExponential();
      }
      return sum * mean / stages;
    }
  }

  /**
   * e to a normal value: many short ones, some long ones.
   *
   * @param cv2 variance over mean²
   */
  record Lognormal(double mean, double cv2) implements Distribution {
    public Lognormal {
      requireMean(mean);
      if (!(cv2 >= 0)) {
        throw new IllegalArgumentException("cv2 must be >= 0, got " + cv2);
      }
    }

    @Override
    public double sample(RandomGenerator random) {
      double variance = Math.log1p(cv2);
      return mean * Math.exp(Math.sqrt(variance) * random.nextGaussian() - variance / 2);
    }
  }

  /**
   * Pareto's power law cut off at both ends: a heavy tail that ends.
   *
   * @param low the shortest time
   * @param high the longest time
   * @param shape α of P(S &gt; t) ~ t^−α; not 1
   */
  record Pareto(double low, double high, double shape) implements Distribution {
    public Pareto {
      if (!(low > 0 && high > low && shape > 0 && shape != 1)) {
        throw new IllegalArgumentException(
            "0 < low < high and a shape > 0 other than 1 are needed, got %s, %s, %s"
                .formatted(low, high, shape));
      }
    }

    @Override
    public double mean() {
      double cut = 1 - Math.pow(low / high, shape);
      return Math.pow(low, shape)
          / cut
          * shape
          / (shape - 1)
          * (Math.pow(low, 1 - shape) - Math.pow(high, 1 - shape));
    }

    @Override
    public double sample(RandomGenerator random) {
      double cut = 1 - Math.pow(low / high, shape);
      return low * Math.pow(1 - random.nextDouble() * cut, -1 / shape);
    }
  }

  /** A fixed time and a random one after it, as a distance and what happens at its end. */
  record Shifted(double seconds, Distribution rest) implements Distribution {
    public Shifted {
      requireMean(seconds);
    }

    @Override
    public double mean() {
      return seconds + rest.mean();
    }

    @Override
    public double sample(RandomGenerator random) {
      return seconds + rest.sample(random);
    }
  }

  /** One of two: the rare one with probability {@code share}. */
  record Mixed(double share, Distribution rare, Distribution usual) implements Distribution {
    public Mixed {
      if (!(share >= 0 && share <= 1)) {
        throw new IllegalArgumentException("share must be within 0..1, got " + share);
      }
    }

    @Override
    public double mean() {
      return share * rare.mean() + (1 - share) * usual.mean();
    }

    @Override
    public double sample(RandomGenerator random) {
      return (random.nextDouble() < share ? rare : usual).sample(random);
    }
  }

  private static void requireMean(double seconds) {
    if (!(seconds >= 0 && seconds < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("seconds must be finite and >= 0, got " + seconds);
    }
  }
}
