package headroom.wall;

import headroom.stats.Quantiles;
import headroom.wall.StationUse.Discipline;
import java.util.List;

/**
 * By how much an interval is wider than the draws say, in logarithms: a factor for each regime that
 * can be told from the history, so that intervals hold as often as they claim. Where they come from
 * is told in {@code docs/math/walls.md}.
 */
final class Widening {
  /** Hours of history and more: what shares processors, and everything else. */
  private static final double PROCESSORS = 0.8;

  private static final double OTHERS = 1.1;

  /** Minutes of it: simulated systems ask for 0.6, but runs of the demo for nearly one. */
  private static final double MINUTES = 1;

  private static final double MINUTES_UP_TO_SECONDS = 3_600;

  /** Where traffic never varies, use can only be scaled in proportion to it. */
  private static final double PROPORTIONAL = 2;

  private static final double SMALLEST_LOAD_RANGE = 1.3;

  private Widening() {}

  /** The factor; what the reader should know about it is added to the notes. */
  static double of(Traffic traffic, StationUse use, List<String> notes) {
    double[] loads =
        use.samples().stream()
            .mapToDouble(row -> traffic.perSecond(row.from(), row.to()))
            .toArray();
    double low = Quantiles.of(loads, 0.05);
    double high = Quantiles.of(loads, 0.95);
    if (high >= SMALLEST_LOAD_RANGE * low) {
      return calibrated(traffic, use);
    }
    notes.add(
        "traffic varied by less than 30 %: use is scaled in proportion to it, interval doubled");
    return PROPORTIONAL;
  }

  private static double calibrated(Traffic traffic, StationUse use) {
    if (traffic.spanSeconds() <= MINUTES_UP_TO_SECONDS) {
      return MINUTES;
    }
    return use.discipline() == Discipline.SHARE ? PROCESSORS : OTHERS;
  }
}
