package headroom.detect;

import static headroom.detect.Words.format;
import static headroom.detect.Words.percent;
import static headroom.detect.Words.quantile;
import static headroom.detect.Words.seconds;

import headroom.detect.Finding.Kind;
import headroom.detect.Finding.Severity;
import headroom.model.Measure;
import headroom.rollup.Cell;
import headroom.store.Series;
import headroom.store.SeriesIndex.Thing;
import headroom.wall.Objective;
import java.util.ArrayList;
import java.util.List;

/** The objective at each root operation: its latency quantile and its share of errors, now. */
final class TailLatency implements Detector {
  /** Fewer requests say nothing about a 99th percentile. */
  private static final long FEWEST_REQUESTS = 100;

  /** One-sided normal quantile of a chance of one in ten thousand. */
  private static final double CERTAIN = 3.7;

  @Override
  public List<Finding> detect(Observation observation) {
    List<Finding> findings = new ArrayList<>();
    for (Thing action : observation.index().things(Measure.ACTION)) {
      List<Series> series = observation.index().everywhere(Measure.ACTION, action);
      Cell now = observation.recent(series);
      if (now.count() >= FEWEST_REQUESTS) {
        slow(observation, action, series, now, findings);
        failing(observation, action, series, now, findings);
      }
    }
    return findings;
  }

  private static void slow(
      Observation observation, Thing action, List<Series> series, Cell now, List<Finding> into) {
    Objective objective = observation.objectives().of(action.service(), action.subject());
    var histogram = now.histogram();
    if (histogram == null) {
      return;
    }
    double tail = histogram.quantile(objective.quantile());
    double missing = histogram.shareAbove(objective.seconds());
    double allowed = 1 - objective.quantile();
    if (tail <= objective.seconds()) {
      return;
    }
    boolean certain = lowerBound(missing, now.count()) > allowed;
    String subject = action.service() + " " + action.subject();
    String p = quantile(objective.quantile());
    into.add(
        new Finding(
            Words.id(Kind.LATENCY, action.service(), action.subject(), "tail"),
            Kind.LATENCY,
            subject,
            certain ? Severity.CRITICAL : Severity.INFO,
            null,
            null,
            format(
                "%s is %s, the objective %s: %s of %d requests take longer",
                p, seconds(tail), seconds(objective.seconds()), percent(missing), now.count()),
            List.of(),
            List.of(
                Charts.evidence(
                    p + " of responses",
                    tail,
                    "s",
                    Observation.byWindow(series),
                    cell -> cell.quantile(objective.quantile())),
                Charts.number("median of responses", histogram.quantile(0.5), "s"),
                Charts.number("share beyond the objective", missing, "1")),
            "See which station is full: `headroom walls`; a pool or processor above 75 % comes"
                + " first."));
  }

  private static void failing(
      Observation observation, Thing action, List<Series> series, Cell now, List<Finding> into) {
    double share = (double) now.errors() / now.count();
    double allowed = observation.objectives().of(action.service(), action.subject()).errorShare();
    if (lowerBound(share, now.count()) <= allowed) {
      return;
    }
    into.add(
        new Finding(
            Words.id(Kind.LATENCY, action.service(), action.subject(), "errors"),
            Kind.LATENCY,
            action.service() + " " + action.subject(),
            Severity.CRITICAL,
            null,
            null,
            format("%s of %d requests fail, %s may", percent(share), now.count(), percent(allowed)),
            List.of(),
            List.of(
                Charts.evidence(
                    "share of failed requests",
                    share,
                    "1",
                    Observation.byWindow(series),
                    cell ->
                        cell.count() == 0
                            ? java.util.OptionalDouble.empty()
                            : java.util.OptionalDouble.of((double) cell.errors() / cell.count()))),
            "Open a failed trace of this operation and follow the error to the call that made"
                + " it."));
  }

  /** Wilson's lower bound (1927) of a share seen in so many trials. */
  static double lowerBound(double share, long count) {
    double trials = (double) count;
    double z2 = CERTAIN * CERTAIN;
    double centre = share + z2 / (2 * trials);
    double away = CERTAIN * Math.sqrt(share * (1 - share) / trials + z2 / (4 * trials * trials));
    return (centre - away) / (1 + z2 / trials);
  }
}
