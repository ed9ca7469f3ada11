package headroom.detect;

import headroom.model.Measure;
import headroom.model.SeriesKey;
import headroom.rollup.Cell;
import java.util.OptionalDouble;

/**
 * The share of the time that garbage collection takes, and where it takes all of it.
 *
 * <p>A collection costs c for each byte that lives on, L of M, and one comes whenever a bytes per
 * second have filled what is free: s = c L a / (M − L). So s tells c a, and s = 1 at L = M / (1 + c
 * a).
 */
final class CollectorShare {
  private CollectorShare() {}

  /** That of an instance now; empty where nothing reports it. */
  static OptionalDouble now(Observation observation, SeriesKey key) {
    var index = observation.index();
    Cell shares =
        observation.recent(index.ofInstance(Measure.GC_SHARE, key.service(), key.instance()));
    if (shares.mean().isPresent()) {
      return shares.mean();
    }
    var pauses = index.ofInstance(Measure.GC_DURATION, key.service(), key.instance());
    int width = observation.windowSeconds();
    long from = Math.ceilDiv(observation.recentFrom(), width) * width;
    double seconds = observation.history().to().getEpochSecond() - from;
    return pauses.isEmpty() || !(seconds > 0)
        ? OptionalDouble.empty()
        : OptionalDouble.of(Math.min(1, observation.recent(pauses).sum() / seconds));
  }

  /**
   * The live bytes at which collections would take all of the time.
   *
   * @param share that they take now, greater than 0
   * @param live bytes now
   */
  static double allAt(double share, double live, double limit) {
    double free = Math.max(0, limit - live);
    return Math.min(limit, limit / (1 + share * free / live));
  }
}
