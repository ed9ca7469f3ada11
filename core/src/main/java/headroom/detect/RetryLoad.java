package headroom.detect;

import static headroom.detect.Words.format;
import static headroom.detect.Words.percent;

import headroom.detect.Finding.Kind;
import headroom.detect.Finding.Severity;
import headroom.model.Measure;
import headroom.rollup.Cell;
import headroom.store.Series;
import headroom.store.SeriesIndex.Thing;
import java.util.ArrayList;
import java.util.List;

/** Calls that are sent again: load that grows exactly when there is too much already. */
final class RetryLoad implements Detector {
  private static final double NOTICEABLE = 0.05;
  private static final double HIGH = 0.2;
  private static final long FEWEST = 100;

  @Override
  public List<Finding> detect(Observation observation) {
    List<Finding> findings = new ArrayList<>();
    for (Thing action : observation.index().things(Measure.ACTION_RETRIES)) {
      List<Series> series = observation.index().everywhere(Measure.ACTION_RETRIES, action);
      Cell now = observation.recent(series);
      double retries = now.mean().orElse(0);
      if (now.count() >= FEWEST
          && TailLatency.lowerBound(Math.min(1, retries), now.count()) > NOTICEABLE) {
        double calls =
            observation
                .recent(observation.index().everywhere(Measure.ACTION_CALLS, action))
                .mean()
                .orElse(0);
        findings.add(finding(action, series, retries, calls));
      }
    }
    return findings;
  }

  private static Finding finding(Thing action, List<Series> series, double retries, double calls) {
    String share =
        calls > 0 ? format(", %s of its calls", percent(Math.min(1, retries / calls))) : "";
    return new Finding(
        Words.id(Kind.RETRIES, action.service(), action.subject()),
        Kind.RETRIES,
        action.service() + " " + action.subject(),
        retries >= HIGH ? Severity.WARNING : Severity.INFO,
        null,
        null,
        format("%.2f calls per request are repeats%s", retries, share),
        List.of(),
        List.of(
            Charts.evidence(
                "retries per request",
                retries,
                "retries",
                Observation.byWindow(series),
                Cell::mean)),
        "Retry with a budget (one in ten calls), a random pause that doubles, and at one layer only.");
  }
}
