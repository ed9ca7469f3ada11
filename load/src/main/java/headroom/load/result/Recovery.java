package headroom.load.result;

import headroom.plan.Objective;
import headroom.rollup.Cell;
import headroom.rollup.ExponentialHistogram;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Whether a target came back after something had gone wrong. Goodput is the share, 0..1, of the
 * requests intended in a stretch of time that succeeded within the strictest latency objective.
 *
 * <p>A target whose trigger is gone and whose goodput still stays down is in a metastable failure:
 * something that the trigger set off, mostly retries or full queues, feeds itself.
 *
 * @param what went wrong
 * @param goodputBefore during up to 30 seconds before it began
 * @param goodputDuring while it lasted; empty when that was no whole second
 * @param afterSeconds how long after it was over goodput was back, for good as far as one can see;
 *     empty when it was not by the end of the run
 * @param goodputAtEnd during the last five seconds
 */
public record Recovery(
    String what,
    double beganSeconds,
    double endedSeconds,
    OptionalDouble goodputBefore,
    OptionalDouble goodputDuring,
    OptionalDouble afterSeconds,
    OptionalDouble goodputAtEnd) {
  /** Back means this share of what it was before. */
  private static final double BACK = 0.95;

  private static final double BASELINE_SECONDS = 30;
  private static final double END_SECONDS = 5;

  /** Whether it came back. */
  public boolean hasRecovered() {
    return afterSeconds.isPresent();
  }

  /**
   * @param loadEnds when the last arrival was intended, in seconds since the start
   */
  public static Recovery of(
      Timeline timeline,
      List<Objective> objectives,
      String what,
      double began,
      double ended,
      double loadEnds) {
    double limit = strictest(objectives);
    OptionalDouble before =
        goodput(timeline.between(Math.max(0, began - BASELINE_SECONDS), began), limit);
    int width = timeline.widthSeconds();
    OptionalDouble back = OptionalDouble.empty();
    // Backwards from the end: the last interval that was not back decides.
    for (double end = Math.floor(loadEnds / width) * width; end - width >= ended; end -= width) {
      OptionalDouble now = goodput(timeline.between(end - width, end), limit);
      if (now.isPresent() && now.getAsDouble() < BACK * before.orElse(1)) {
        break;
      }
      if (now.isPresent()) {
        back = OptionalDouble.of(Math.max(0, end - width - ended));
      }
    }
    return new Recovery(
        what,
        began,
        ended,
        before,
        goodput(timeline.between(began, ended), limit),
        back,
        goodput(timeline.between(Math.max(ended, loadEnds - END_SECONDS), loadEnds), limit));
  }

  /** The limit of the highest quantile, infinity without one. */
  private static double strictest(List<Objective> objectives) {
    double quantile = 0;
    double limit = Double.POSITIVE_INFINITY;
    for (Objective objective : objectives) {
      if (objective instanceof Objective.Latency latency && latency.quantile() > quantile) {
        quantile = latency.quantile();
        limit = latency.limitSeconds();
      }
    }
    return limit;
  }

  /** A slow failure counts once: what failed and what was slow are taken to be the same ones. */
  private static OptionalDouble goodput(Interval interval, double limitSeconds) {
    Cell all = interval.allResponses();
    long unsent = Math.max(0, interval.requestsFailed() - all.errors()) + interval.dropped();
    long count = all.count() + unsent;
    if (count == 0) {
      return OptionalDouble.empty();
    }
    ExponentialHistogram histogram = all.histogram();
    double slow = histogram == null ? 0 : histogram.shareAbove(limitSeconds) * all.count();
    double good = all.count() - Math.max((double) all.errors(), slow);
    return OptionalDouble.of(good / count);
  }
}
