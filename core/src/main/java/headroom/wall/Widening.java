package headroom.wall;

import headroom.stats.Quantiles;
import java.util.List;

/**
 * By how much an interval is wider than the draws say, in logarithms: factors for each regime that
 * can be told from the history, so that intervals hold as often as they claim. Where they come from
 * is told in {@code docs/math/walls.md}.
 *
 * @param low of the part below the median
 * @param high of the part above it
 */
record Widening(double low, double high) {
  /** The draws as they are. */
  static final Widening NONE = new Widening(1, 1);

  /** Hours of history and more, nothing out of the ordinary. */
  private static final Widening USUAL = new Widening(1, 0.85);

  /**
   * Minutes of it: simulated systems ask for 0.5 on both sides, but runs of the demo break above
   * what is predicted.
   */
  private static final Widening MINUTES = new Widening(0.7, 0.9);

  private static final double MINUTES_UP_TO_SECONDS = 3_600;

  /** Where traffic or use is not of the kind that the model knows; walls then lie farther. */
  private static final Widening UNUSUAL = new Widening(1, 1.8);

  /** From this lag-1 autocorrelation of what traffic does not explain, something else does it. */
  private static final double BY_ITSELF = 0.6;

  /** Visits of which a few take nearly all of the time, by the squared coefficient of variation. */
  private static final double FEW_LONG_VISITS = 2.5;

  /** Where traffic never varies, use can only be scaled in proportion to it. */
  private static final Widening PROPORTIONAL = new Widening(2, 2);

  private static final double SMALLEST_LOAD_RANGE = 1.3;

  /** The factors; what the reader should know about them is added to the notes. */
  static Widening of(Traffic traffic, StationUse use, DemandFit fit, List<String> notes) {
    double[] loads =
        use.samples().stream()
            .mapToDouble(row -> traffic.perSecond(row.from(), row.to()))
            .toArray();
    double low = Quantiles.of(loads, 0.05);
    double high = Quantiles.of(loads, 0.95);
    if (high < SMALLEST_LOAD_RANGE * low) {
      notes.add(
          "traffic varied by less than 30 %: use is scaled in proportion to it, interval doubled");
      return PROPORTIONAL;
    }
    if (traffic.spanSeconds() <= MINUTES_UP_TO_SECONDS) {
      return MINUTES;
    }
    if (fit.autocorrelation() > BY_ITSELF) {
      notes.add("part of its use comes and goes without the traffic, as jobs do: interval widened");
    } else if (use.hold() != null && use.hold().cv2() > FEW_LONG_VISITS) {
      notes.add("a few visits take most of its time: interval widened");
    } else if (Bursts.excess(traffic) > 0) {
      notes.add("traffic comes in bursts: interval widened");
    } else {
      return USUAL;
    }
    return UNUSUAL;
  }
}
