package headroom.detect;

import static headroom.detect.Words.format;

import headroom.detect.Finding.Effect;
import headroom.detect.Finding.Kind;
import headroom.detect.Finding.Severity;
import headroom.model.Measure;
import headroom.rollup.Cell;
import headroom.stats.Trend;
import headroom.store.Series;
import headroom.store.SeriesIndex.Thing;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;

/**
 * Responses that become slower at equal load: the trend of the logarithm of p95 over the history,
 * with the load as the other explanation. Modest by intent: only what is large and plain.
 */
final class LatencyDrift implements Detector {
  private static final int FEWEST_WINDOWS = 30;
  private static final long FEWEST_IN_WINDOW = 20;
  private static final double SMALLEST_RATIO = 1.25;
  private static final double CERTAIN = 6;
  private static final double NINETY_PERCENT = 1.645;

  @Override
  public List<Finding> detect(Observation observation) {
    List<Finding> findings = new ArrayList<>();
    for (Thing action : observation.index().things(Measure.ACTION)) {
      List<Series> series = observation.index().everywhere(Measure.ACTION, action);
      NavigableMap<Long, Cell> windows = Observation.byWindow(series);
      trend(windows)
          .filter(trend -> trend.z() > CERTAIN && trend.change() > Math.log(SMALLEST_RATIO))
          .ifPresent(trend -> findings.add(finding(action, windows, trend)));
    }
    return findings;
  }

  private static Optional<Trend> trend(NavigableMap<Long, Cell> windows) {
    List<double[]> rows = new ArrayList<>();
    windows.forEach((start, cell) -> {
      if (cell.count() >= FEWEST_IN_WINDOW && cell.quantile(0.95).orElse(0) > 0) {
        rows.add(
            new double[] {
              start, Math.log(cell.quantile(0.95).getAsDouble()), Math.log((double) cell.count())
            });
      }
    });
    return rows.size() < FEWEST_WINDOWS
        ? Optional.empty()
        : Trend.of(column(rows, 0), column(rows, 1), column(rows, 2));
  }

  private static double[] column(List<double[]> rows, int i) {
    return rows.stream().mapToDouble(row -> row[i]).toArray();
  }

  private static Finding finding(Thing action, NavigableMap<Long, Cell> windows, Trend trend) {
    double ratio = Math.exp(trend.change());
    double spread = Math.exp(NINETY_PERCENT * trend.standardDeviation());
    double now = windows.lastEntry().getValue().quantile(0.95).orElse(0);
    return new Finding(
        Words.id(Kind.DRIFT, action.service(), action.subject()),
        Kind.DRIFT,
        action.service() + " " + action.subject(),
        Severity.WARNING,
        null,
        new Effect(ratio, ratio / spread, ratio * spread),
        format("p95 rose by %.0f %% at equal load", 100 * (ratio - 1)),
        List.of(),
        List.of(
            Charts.evidence("p95 of responses", now, "s", windows, cell -> cell.quantile(0.95))),
        "Compare a trace from the start of this time with one from its end: which span has grown?");
  }
}
