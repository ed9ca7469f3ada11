package headroom.wall;

import static headroom.wall.belief.Arrivals.SMALLEST_LOAD_RANGE;
import static headroom.wall.belief.Demands.COMES_BY_ITSELF;
import static headroom.wall.belief.ResponseTimes.MINUTES_UP_TO_SECONDS;
import static headroom.wall.belief.Widths.FEW_LONG_VISITS;
import static headroom.wall.belief.Widths.HIGH_LOAD;
import static headroom.wall.belief.Widths.LOW_LOAD;
import static headroom.wall.belief.Widths.MINUTES_ABOVE;
import static headroom.wall.belief.Widths.MINUTES_BELOW;
import static headroom.wall.belief.Widths.PROPORTIONAL;
import static headroom.wall.belief.Widths.UNUSUAL_ABOVE;
import static headroom.wall.belief.Widths.UNUSUAL_BELOW;
import static headroom.wall.belief.Widths.USUAL_ABOVE;
import static headroom.wall.belief.Widths.USUAL_BELOW;

import headroom.stats.Quantiles;
import headroom.wall.evidence.Bursts;
import headroom.wall.evidence.DemandFit;
import headroom.wall.evidence.StationUse;
import headroom.wall.evidence.Traffic;
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
  private static final Widening USUAL = new Widening(USUAL_BELOW, USUAL_ABOVE);

  /**
   * Minutes of it: simulated systems ask for 0.5 on both sides, but runs of the demo break above
   * what is predicted.
   */
  private static final Widening MINUTES = new Widening(MINUTES_BELOW, MINUTES_ABOVE);

  /** Where traffic or use is not of the kind that the model knows; walls then lie farther. */
  private static final Widening UNUSUAL = new Widening(UNUSUAL_BELOW, UNUSUAL_ABOVE);

  /** Where traffic never varies, use can only be scaled in proportion to it. */
  private static final Widening IN_PROPORTION = new Widening(PROPORTIONAL, PROPORTIONAL);

  /** The factors; what the reader should know about them is added to the notes. */
  static Widening of(Traffic traffic, StationUse use, DemandFit fit, List<String> notes) {
    double[] loads =
        use.samples().stream()
            .mapToDouble(row -> traffic.perSecond(row.from(), row.to()))
            .toArray();
    double low = Quantiles.of(loads, LOW_LOAD);
    double high = Quantiles.of(loads, HIGH_LOAD);
    if (high < SMALLEST_LOAD_RANGE * low) {
      notes.add(
          "traffic varied by less than 30 %: use is scaled in proportion to it, interval doubled");
      return IN_PROPORTION;
    }
    if (traffic.spanSeconds() <= MINUTES_UP_TO_SECONDS) {
      return MINUTES;
    }
    if (fit.autocorrelation() > COMES_BY_ITSELF) {
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
