package headroom.cli.demo;

import headroom.load.result.Interval;
import headroom.rollup.Cell;
import headroom.wall.Objective;

/** Reads a plateau off a load test. */
final class Plateaus {
  private Plateaus() {}

  /**
   * What was due in a stretch of the run, judged. Requests without an answer yet count as failed:
   * they are slower than any that were answered.
   */
  static Plateau read(Interval seen, double offeredPerSecond, Objective objective) {
    Cell responses = seen.allResponses();
    double latency =
        responses.quantile(objective.quantile()).orElse(Double.POSITIVE_INFINITY);
    long requests = responses.count();
    double errors = requests == 0 ? 1 : (double) (seen.requestsFailed() + seen.dropped()) / requests;
    return new Plateau(offeredPerSecond, requests, latency, Math.min(1, errors));
  }
}
