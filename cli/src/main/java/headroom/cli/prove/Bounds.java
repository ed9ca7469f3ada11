package headroom.cli.prove;

import java.time.Duration;

/**
 * How far a measurement may go.
 *
 * @param mostPerSecond requests per second that are never exceeded
 * @param longest how long all plateaus together may take
 */
public record Bounds(double mostPerSecond, Duration longest) {
  /** More than a demo needs. */
  public static final Bounds DEFAULT = new Bounds(2_000, Duration.ofHours(1));

  public Bounds {
    if (!(mostPerSecond > 0)) {
      throw new IllegalArgumentException(
          "the most requests must be > 0 per second, got " + mostPerSecond);
    }
    if (longest.isNegative() || longest.isZero()) {
      throw new IllegalArgumentException("the longest time must be > 0, got " + longest);
    }
  }
}
