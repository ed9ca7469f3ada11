package headroom.load.study.capacity;

import headroom.load.result.LoadResult;
import java.util.List;
import java.util.OptionalDouble;

/**
 * A stretch of steady load and what came of it.
 *
 * @param ratePerSecond journeys per second that were offered
 * @param seconds how long, the part that was cut off included
 * @param throughputPerSecond requests completed per second
 * @param concurrency requests in the system on average, by Little's law
 * @param p50Seconds of the response time of all requests
 * @param stationarity of the mean response time per second; a plateau that broke at once has none
 */
public record Plateau(
    double ratePerSecond,
    double startSeconds,
    double seconds,
    double throughputPerSecond,
    double concurrency,
    OptionalDouble p50Seconds,
    OptionalDouble p99Seconds,
    double errorShare,
    List<LoadResult.Outcome> objectives,
    java.util.Optional<Stationarity> stationarity,
    Verdict verdict) {

  /** What a plateau says about its rate. */
  public enum Verdict {
    /** Every objective was held, and the response time had settled. */
    HELD,
    /** An objective failed, or the target completed less than was offered. */
    BROKEN
  }

  public Plateau {
    objectives = List.copyOf(objectives);
  }
}
