package headroom.detect;

import static headroom.detect.Words.format;
import static headroom.detect.Words.percent;

import headroom.detect.Finding.Kind;
import headroom.detect.Finding.Severity;
import headroom.model.Measure;
import headroom.rollup.Cell;
import headroom.store.SeriesIndex.Thing;
import java.util.ArrayList;
import java.util.List;

/**
 * The operation that makes most of the database's work out of a small part of the traffic: not an
 * error, but where a saving counts.
 */
final class WorkConcentration implements Detector {
  private static final double MOST_OF_WORK = 0.5;
  private static final double TIMES_ITS_TRAFFIC = 2;
  private static final long FEWEST = 200;

  @Override
  public List<Finding> detect(Observation observation) {
    List<Thing> actions = observation.index().things(Measure.ACTION_DATABASE_SECONDS);
    List<Cell> cells = new ArrayList<>();
    for (Thing action : actions) {
      cells.add(
          observation.recent(
              observation.index().everywhere(Measure.ACTION_DATABASE_SECONDS, action)));
    }
    double seconds = cells.stream().mapToDouble(Cell::sum).sum();
    double requests = cells.stream().mapToDouble(Cell::count).sum();
    List<Finding> findings = new ArrayList<>();
    for (int i = 0; i < cells.size() && requests >= FEWEST && seconds > 0; i++) {
      double work = cells.get(i).sum() / seconds;
      double traffic = cells.get(i).count() / requests;
      if (work >= MOST_OF_WORK && work >= TIMES_ITS_TRAFFIC * traffic) {
        findings.add(finding(actions.get(i), work, traffic, cells.get(i)));
      }
    }
    return findings;
  }

  private static Finding finding(Thing action, double work, double traffic, Cell cell) {
    return new Finding(
        Words.id(Kind.IMBALANCE, action.service(), action.subject(), "work"),
        Kind.IMBALANCE,
        action.service() + " " + action.subject(),
        Severity.INFO,
        null,
        null,
        format("%s of requests make %s of database time", percent(traffic), percent(work)),
        List.of(),
        List.of(
            Charts.number("share of database time", work, "1"),
            Charts.number("share of requests", traffic, "1"),
            Charts.number("database time per request", cell.mean().orElse(0), "s")),
        "Work saved here moves the database's wall most: see its statements with `headroom actions`.");
  }
}
