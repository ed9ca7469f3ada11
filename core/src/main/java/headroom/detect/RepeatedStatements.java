package headroom.detect;

import static headroom.detect.Words.format;

import headroom.detect.Finding.Evidence;
import headroom.detect.Finding.Kind;
import headroom.detect.Finding.Severity;
import headroom.model.Measure;
import headroom.rollup.Cell;
import headroom.store.Series;
import headroom.store.SeriesIndex.Thing;
import java.util.ArrayList;
import java.util.List;

/** N+1: one statement that runs again and again within one request where one run could do. */
final class RepeatedStatements implements Detector {
  private static final double MANY = 5;
  private static final double VERY_MANY = 20;
  private static final long FEWEST = 20;

  /** A statement that few requests repeat is not the operation's habit. */
  private static final double SMALLEST_SHARE_OF_REQUESTS = 0.05;

  @Override
  public List<Finding> detect(Observation observation) {
    List<Finding> findings = new ArrayList<>();
    for (Series series : observation.history().of(Measure.ACTION_REPEATS)) {
      Cell repeats = series.total();
      var key = series.key();
      Thing action = new Thing(key.service(), key.subject(), List.of());
      double requests = total(observation.index().everywhere(Measure.ACTION, action));
      double mean = repeats.mean().orElse(0);
      if (repeats.count() >= FEWEST
          && mean >= MANY
          && repeats.count() >= SMALLEST_SHARE_OF_REQUESTS * requests) {
        findings.add(finding(observation, series, repeats, mean));
      }
    }
    return findings;
  }

  private static double total(List<Series> parts) {
    return parts.stream().mapToDouble(part -> part.total().count()).sum();
  }

  private static Finding finding(
      Observation observation, Series series, Cell repeats, double mean) {
    String action = series.key().subject();
    String statement = series.key().detail();
    Cell runs = new Cell();
    for (Series one : observation.index().ofService(Measure.STATEMENT, series.key().service())) {
      if (one.key().subject().equals(statement)) {
        runs.merge(one.total());
      }
    }
    double each = runs.mean().orElse(0);
    List<Evidence> evidence = new ArrayList<>();
    evidence.add(
        Charts.evidence(
            "runs per request", mean, "runs", Observation.byWindow(List.of(series)), Cell::mean));
    if (each > 0) {
      evidence.add(Charts.number("time of each run", each, "s"));
      evidence.add(Charts.number("time of all runs of a request", each * mean, "s"));
    }
    return new Finding(
        Words.id(Kind.N_PLUS_ONE, series.key().service(), action, statement),
        Kind.N_PLUS_ONE,
        series.key().service() + " " + action,
        mean >= VERY_MANY ? Severity.WARNING : Severity.INFO,
        null,
        null,
        each > 0
            ? format(
                "`%s` runs %.0f times in each request: %s of it",
                statement, mean, Words.seconds(each * mean))
            : format("`%s` runs %.0f times in each request", statement, mean),
        List.of(new Finding.Cause("statement", statement, 1)),
        evidence,
        repeats.max() > 3 * mean
            ? "It grows with the data: the most were "
                + format("%.0f", repeats.max())
                + ". Read or write all rows in one statement (IN list, join, batch)."
            : "Read or write all rows in one statement (IN list, join, batch).");
  }
}
