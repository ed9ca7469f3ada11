package headroom.wall.evidence;

import static headroom.wall.belief.ResponseTimes.LEAST_PATIENCE;

/**
 * How long a response may take, and which share of them may take longer.
 *
 * @param seconds what is in time
 * @param mayMiss share that need not be, 0..1
 */
public record Deadline(double seconds, double mayMiss) {
  /** What a response may wait before it is late, from the middle of them all. */
  public double patience(double meanSeconds) {
    return Math.max(LEAST_PATIENCE * seconds, seconds - meanSeconds);
  }
}
