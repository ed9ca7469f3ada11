package headroom.cli.demo;

import headroom.wall.Objective;

/**
 * What a stretch of constant load showed, its first seconds left out.
 *
 * @param offeredPerSecond requests that were due per second
 * @param requests how many were judged
 * @param latencySeconds the objective's quantile of response time from the intended start
 * @param errorShare 0..1 of the requests that failed
 */
record LoadLevel(double offeredPerSecond, long requests, double latencySeconds, double errorShare) {
  LoadLevel {
    if (!(offeredPerSecond > 0)) {
      throw new IllegalArgumentException("offeredPerSecond must be > 0, got " + offeredPerSecond);
    }
  }

  /** This and another plateau at the same load together: the geometric middle of latencies. */
  LoadLevel and(LoadLevel again) {
    return new LoadLevel(
        offeredPerSecond,
        requests + again.requests,
        Math.sqrt(latencySeconds * again.latencySeconds),
        (errorShare + again.errorShare) / 2);
  }

  boolean keeps(Objective objective) {
    return latencySeconds <= objective.seconds() && errorShare <= objective.errorShare();
  }
}
