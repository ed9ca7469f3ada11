package headroom.plan;

import java.util.OptionalDouble;

/** What a plan asks of its target. */
public sealed interface Study {
  /** Whether the target holds its objectives under the load of the profile. */
  record Run() implements Study {}

  /**
   * The highest rate at which the target holds its objectives; the plan's profile has no load of
   * its own.
   *
   * @param fromPerSecond the first rate, in journeys per second
   * @param toPerSecond the highest rate that may be tried
   * @param leastSeconds a plateau that settles is held at least so long
   * @param mostSeconds a plateau that does not settle within this time has not held
   * @param precision how far apart, as a ratio less one, the highest rate that held and the lowest
   *     that broke may be at the end
   * @param requiredPerSecond the capacity below which the test has failed; empty for any
   */
  record Capacity(
      double fromPerSecond,
      double toPerSecond,
      double leastSeconds,
      double mostSeconds,
      double precision,
      OptionalDouble requiredPerSecond)
      implements Study {
    /** The shortest plateau that can be judged. */
    public static final double SHORTEST_SECONDS = 5;

    public Capacity {
      if (!(fromPerSecond > 0 && toPerSecond >= fromPerSecond)) {
        throw new IllegalArgumentException(
            "rates must be 0 < from <= to, got %s and %s".formatted(fromPerSecond, toPerSecond));
      }
      if (!(leastSeconds >= SHORTEST_SECONDS && mostSeconds >= leastSeconds)) {
        throw new IllegalArgumentException(
            "plateaus must last %s s <= least <= most, got %s s and %s s"
                .formatted(SHORTEST_SECONDS, leastSeconds, mostSeconds));
      }
      if (!(precision >= 0.005 && precision <= 1)) {
        throw new IllegalArgumentException("precision must be 0.5%..100%, got " + precision);
      }
      if (requiredPerSecond.isPresent() && !(requiredPerSecond.getAsDouble() <= toPerSecond)) {
        throw new IllegalArgumentException(
            "at-least must not be above to, got %s and %s"
                .formatted(requiredPerSecond.getAsDouble(), toPerSecond));
      }
    }

    /** Plateaus of 10 to 40 seconds, until 5 % are left between held and broken. */
    public static Capacity between(double fromPerSecond, double toPerSecond) {
      return new Capacity(fromPerSecond, toPerSecond, 10, 40, 0.05, OptionalDouble.empty());
    }
  }

  /**
   * How much the journeys slow each other down: each alone, each pair and all together, each at its
   * share of the profile's mean rate.
   *
   * @param seconds of one run
   * @param blocks how often everything is repeated, in another order each time
   */
  record Interference(int seconds, int blocks) implements Study {
    public static final Interference DEFAULT = new Interference(20, 3);

    public Interference {
      if (seconds < 5) {
        throw new IllegalArgumentException("a run must last at least 5 s, got " + seconds + " s");
      }
      if (blocks < 2 || blocks > 50) {
        throw new IllegalArgumentException("blocks must be 2..50, got " + blocks);
      }
    }
  }

  /**
   * Whether the target comes back once what disturbed it is gone. The load and the trigger are the
   * plan's profile and faults.
   *
   * @param trigger what disturbs it, for reports
   * @param beganSeconds since the start of the schedule
   * @param endedSeconds from then on the target has no excuse
   */
  record Metastability(String trigger, double beganSeconds, double endedSeconds) implements Study {
    public Metastability {
      if (!(beganSeconds >= 5 && endedSeconds >= beganSeconds)) {
        throw new IllegalArgumentException(
            "a trigger needs 5 s of steady load before it, got %s s and its end at %s s"
                .formatted(beganSeconds, endedSeconds));
      }
    }
  }
}
