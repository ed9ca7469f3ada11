package headroom.detect;

import static headroom.detect.Words.format;

import headroom.detect.Finding.Effect;
import headroom.detect.Finding.Kind;
import headroom.detect.Finding.Severity;
import headroom.model.Measure;
import headroom.rollup.Cell;
import headroom.stats.Trend;
import headroom.store.SeriesIndex.Thing;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;

/** Work per user action that grows: more calls or statements for the same request than before. */
final class WorkGrowth implements Detector {
  private static final int FEWEST_WINDOWS = 24;
  private static final long FEWEST_IN_WINDOW = 10;
  private static final double SMALLEST_RATIO = 1.2;
  private static final double SMALLEST_MEAN = 1;
  private static final double CERTAIN = 6;
  private static final double NINETY_PERCENT = 1.645;

  @Override
  public List<Finding> detect(Observation observation) {
    List<Finding> findings = new ArrayList<>();
    judge(observation, Measure.ACTION_STATEMENTS, "statements", findings);
    judge(observation, Measure.ACTION_CALLS, "calls", findings);
    return findings;
  }

  private static void judge(
      Observation observation, Measure measure, String what, List<Finding> findings) {
    for (Thing action : observation.index().things(measure)) {
      NavigableMap<Long, Cell> windows =
          Observation.byWindow(observation.index().everywhere(measure, action));
      windows.values().removeIf(cell -> cell.count() < FEWEST_IN_WINDOW);
      if (windows.size() < FEWEST_WINDOWS) {
        continue;
      }
      double[] times = windows.keySet().stream().mapToDouble(start -> start).toArray();
      double[] means =
          windows.values().stream().mapToDouble(cell -> cell.mean().orElse(0)).toArray();
      double mean = headroom.stats.Quantiles.mean(means);
      Trend.of(times, means, new double[means.length])
          .filter(trend -> trend.z() > CERTAIN && mean >= SMALLEST_MEAN)
          .filter(trend -> ratio(trend, mean) >= SMALLEST_RATIO)
          .ifPresent(trend -> findings.add(finding(action, what, windows, mean, trend)));
    }
  }

  private static double ratio(Trend trend, double mean) {
    return (mean + trend.change() / 2) / Math.max(mean - trend.change() / 2, 0.1 * mean);
  }

  private static Finding finding(
      Thing action, String what, NavigableMap<Long, Cell> windows, double mean, Trend trend) {
    double ratio = ratio(trend, mean);
    double spread = Math.exp(NINETY_PERCENT * trend.standardDeviation() / mean);
    return new Finding(
        Words.id(Kind.AMPLIFICATION, action.service(), action.subject(), what),
        Kind.AMPLIFICATION,
        action.service() + " " + action.subject(),
        Severity.WARNING,
        null,
        new Effect(ratio, ratio / spread, ratio * spread),
        format(
            "a request makes %.1f %s where it made %.1f",
            mean + trend.change() / 2, what, mean - trend.change() / 2),
        List.of(),
        List.of(Charts.evidence(what + " per request", mean, what, windows, Cell::mean)),
        "Every wall comes nearer by as much: find the loop whose length grows with the data.");
  }
}
