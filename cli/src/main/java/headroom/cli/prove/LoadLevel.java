package headroom.cli.prove;

import headroom.load.result.Interval;
import headroom.rollup.Cell;
import headroom.wall.Objective;
import java.util.Arrays;
import java.util.List;

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

  /** What was due in a stretch of a run. Requests that are still out count as slower than any. */
  static LoadLevel read(Interval seen, double offeredPerSecond, Objective objective) {
    Cell responses = seen.allResponses();
    long answered = responses.count();
    long out = Math.max(0, seen.requestsSent() - answered);
    long requests = answered + out;
    double rank = objective.quantile() * requests / Math.max(1, answered);
    double latency =
        rank > 1
            ? Double.POSITIVE_INFINITY
            : responses.quantile(rank).orElse(Double.POSITIVE_INFINITY);
    double errors =
        requests == 0 ? 1 : (double) (seen.requestsFailed() + seen.dropped()) / requests;
    return new LoadLevel(offeredPerSecond, requests, latency, Math.min(1, errors));
  }

  /** The median of several plateaus at the same load, of latencies and of errors each. */
  static LoadLevel median(List<LoadLevel> repetitions) {
    long requests = repetitions.stream().mapToLong(LoadLevel::requests).sum();
    double[] latencies = repetitions.stream().mapToDouble(LoadLevel::latencySeconds).toArray();
    double[] errors = repetitions.stream().mapToDouble(LoadLevel::errorShare).toArray();
    return new LoadLevel(
        repetitions.getFirst().offeredPerSecond, requests, median(latencies), median(errors));
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    double lower = values[(values.length - 1) / 2];
    double upper = values[values.length / 2];
    return lower == upper ? lower : (lower + upper) / 2;
  }

  boolean keeps(Objective objective) {
    return latencySeconds <= objective.seconds() && errorShare <= objective.errorShare();
  }
}
