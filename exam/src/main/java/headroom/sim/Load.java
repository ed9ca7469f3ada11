package headroom.sim;

import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;

/** How much is asked of a system, by time: a pure function. */
public interface Load {
  /** All requests per second at this moment, &gt;= 0. */
  double perSecond(double seconds);

  /** By how much this operation's share of the requests is larger than usual at this moment. */
  default double weight(int operation, double seconds) {
    return 1;
  }

  static Load steady(double perSecond) {
    return seconds -> perSecond;
  }

  /** Rises and falls between two rates in waves of this period. */
  static Load waves(double low, double high, double periodSeconds) {
    return t -> low + (high - low) * (0.5 - 0.5 * Math.cos(2 * Math.PI * t / periodSeconds));
  }

  /** Goes up and down below a peak and stays there for the last minute. */
  static Load steps(double peak, double seconds) {
    double[] shares = {0.4, 0.75, 0.5, 0.9, 0.6};
    double each = (seconds - 60) / shares.length;
    return t -> peak * (t < seconds - 60 ? shares[Math.min(4, (int) (t / each))] : 1);
  }

  /**
   * Days with a peak in the afternoon, weeks with quieter ends, and growth.
   *
   * @param peak the highest rate of a working day at time 0
   * @param trough share of the peak at night
   * @param weekend share of a working day's traffic on the sixth and seventh day
   * @param growthPerDay ln of the growth from day to day
   */
  static Load days(double peak, double trough, double weekend, double growthPerDay) {
    return t -> {
      double day = t / 86_400;
      double tide = 0.5 - 0.5 * Math.cos(2 * Math.PI * (day - 0.125));
      // A second harmonic makes mornings steep and evenings long, as people are.
      double shape = Math.clamp(tide + 0.12 * Math.sin(4 * Math.PI * (day - 0.125)), 0.0, 1.0);
      double week = Math.floorMod((long) Math.floor(day), 7L) >= 5 ? weekend : 1;
      return peak * week * (trough + (1 - trough) * shape) * Math.exp(growthPerDay * day);
    };
  }

  /** This load times a factor that depends on the time. */
  default Load times(DoubleUnaryOperator factor) {
    Load plain = this;
    return new Load() {
      @Override
      public double perSecond(double seconds) {
        return plain.perSecond(seconds) * factor.applyAsDouble(seconds);
      }

      @Override
      public double weight(int operation, double seconds) {
        return plain.weight(operation, seconds);
      }
    };
  }

  /** This load before a moment, and so many times as much when the rise after it is over. */
  default Load launch(double atSeconds, double factor, double overSeconds) {
    return times(t -> {
      double done = overSeconds == 0 ? 1 : Math.clamp((t - atSeconds) / overSeconds, 0.0, 1.0);
      return t < atSeconds ? 1 : 1 + (factor - 1) * done;
    });
  }

  /** A steady rate with the mix that this load has at one moment. */
  default Load steadyAs(double rate, double atSeconds) {
    Load other = this;
    return new Load() {
      @Override
      public double perSecond(double seconds) {
        return rate;
      }

      @Override
      public double weight(int operation, double seconds) {
        return other.weight(operation, atSeconds);
      }
    };
  }

  /** This load with random factors around one, each for {@code spanSeconds}: bursts. */
  default Load bursty(double deviation, double spanSeconds, long seed) {
    Load smooth = this;
    return new Load() {
      @Override
      public double perSecond(double seconds) {
        long span = (long) Math.floor(seconds / spanSeconds);
        double normal = new SplittableRandom(seed ^ (span * 0x9E3779B97F4A7C15L)).nextGaussian();
        return smooth.perSecond(seconds)
            * Math.exp(deviation * normal - 0.5 * deviation * deviation);
      }

      @Override
      public double weight(int operation, double seconds) {
        return smooth.weight(operation, seconds);
      }
    };
  }

  /** This load with shares that rise and fall, each operation in its own phase. */
  default Load rotating(double depth, double periodSeconds) {
    Load constant = this;
    return new Load() {
      @Override
      public double perSecond(double seconds) {
        return constant.perSecond(seconds);
      }

      @Override
      public double weight(int operation, double seconds) {
        double phase = seconds / periodSeconds + 0.618 * operation;
        return constant.weight(operation, seconds) * (1 + depth * Math.sin(2 * Math.PI * phase));
      }
    };
  }
}
