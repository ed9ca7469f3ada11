package headroom.wall;

import headroom.wall.evidence.Deadline;

/**
 * What must hold at the root operations.
 *
 * @param quantile which latency quantile, such as 0.99
 * @param seconds what it may at most be
 * @param errorShare which share of requests may at most fail
 */
public record Objective(double quantile, double seconds, double errorShare) {
  /** p99 at most 500 ms, errors at most 1 %. */
  public static final Objective DEFAULT = new Objective(0.99, 0.5, 0.01);

  /** What it asks of response times. */
  Deadline deadline() {
    return new Deadline(seconds, 1 - quantile);
  }

  public Objective {
    if (!(quantile > 0 && quantile < 1)) {
      throw new IllegalArgumentException("quantile must be within 0..1, got " + quantile);
    }
    if (!(seconds > 0)) {
      throw new IllegalArgumentException("seconds must be > 0, got " + seconds);
    }
    if (!(errorShare > 0 && errorShare <= 1)) {
      throw new IllegalArgumentException("errorShare must be within 0..1, got " + errorShare);
    }
  }
}
