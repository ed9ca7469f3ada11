package headroom.drift;

import static headroom.drift.SuspectBeliefs.ACTIVE;
import static headroom.drift.SuspectBeliefs.JOB_ALL_DAY;
import static headroom.drift.SuspectBeliefs.JOB_NIGHTLY;
import static headroom.drift.SuspectBeliefs.LONG_RUN_SECONDS;
import static headroom.drift.SuspectBeliefs.NEUTRAL_OVERLAP;
import static headroom.drift.SuspectBeliefs.NEWLY_RUNNING;
import static headroom.drift.SuspectBeliefs.NEW_JOB;
import static headroom.drift.SuspectBeliefs.NOT_ALL_THE_TIME;
import static headroom.drift.SuspectBeliefs.OLD_JOB;
import static headroom.drift.SuspectBeliefs.OVERLAP_ODDS;
import static headroom.drift.SuspectBeliefs.SHOWING_OVERLAP;

import headroom.drift.Drift.Shape;
import headroom.drift.HourlySeries.Column;
import headroom.drift.Suspect.Kind;
import headroom.model.Measure;
import java.util.ArrayList;
import java.util.List;

/** Jobs as causes: whether they run in the hours that are slow, and did not before. */
final class RunningJobs {
  static final double SECONDS_PER_HOUR = 3_600;

  private final Landscape landscape;
  private final Change change;
  private final Timeframe span;

  RunningJobs(Landscape landscape, Change change) {
    this.landscape = landscape;
    this.change = change;
    this.span = landscape.span;
  }

  /** Whatever runs for minutes, and not all the time. */
  List<Suspect> suspects() {
    List<Suspect> all = new ArrayList<>();
    for (HourlySeries job : landscape.history.of(Measure.ACTION)) {
      double[] busy = job.column(Column.SUM, span.from(), span.to());
      double[] runs = job.column(Column.COUNT, span.from(), span.to());
      double seconds = 0;
      double count = 0;
      int active = 0;
      for (int t = 0; t < busy.length; t++) {
        busy[t] = Double.isNaN(busy[t]) ? 0 : Math.min(1, busy[t] / SECONDS_PER_HOUR);
        if (busy[t] > ACTIVE) {
          seconds += busy[t] * SECONDS_PER_HOUR;
          count += runs[t];
          active++;
        }
      }
      if (active > 0
          && active < NOT_ALL_THE_TIME * busy.length
          && seconds / count >= LONG_RUN_SECONDS) {
        all.add(job(job.key().service() + " " + job.key().subject(), busy));
      }
    }
    return all;
  }

  private Suspect job(String name, double[] busy) {
    int both = 0;
    int either = 0;
    int before = 0;
    int covered = 0;
    for (int t = 0; t < busy.length; t++) {
      boolean runs = busy[t] > ACTIVE;
      boolean slow = change.covers(t);
      if (t >= change.tau()) {
        both += runs && slow ? 1 : 0;
        either += runs || slow ? 1 : 0;
        covered += slow ? 1 : 0;
      } else if (change.covers(t + 24 * ((change.tau() - t) / 24 + 1))) {
        before += runs ? 1 : 0;
      }
    }
    double overlap = either == 0 ? 0 : (double) both / either;
    int hoursBefore =
        Math.max(1, change.width() == 0 ? change.tau() : change.tau() * change.width() / 24);
    double ranBefore = (double) before / hoursBefore;
    double runsNow = covered == 0 ? 0 : (double) both / covered;
    return new Suspect(Kind.BATCH, name)
        .term(
            OVERLAP_ODDS * (overlap - NEUTRAL_OVERLAP),
            "it ran in %.0f %% of the hours that were slow, and of all hours in which either was"
                + " so, %.0f %% were both",
            100 * runsNow,
            100 * overlap)
        .term(
            runsNow - ranBefore > NEWLY_RUNNING ? NEW_JOB : OLD_JOB,
            "before the onset it ran in %.0f %% of such hours",
            100 * ranBefore)
        .term(
            change.shape() == Shape.NIGHTLY ? JOB_NIGHTLY : JOB_ALL_DAY,
            change.shape() == Shape.NIGHTLY
                ? "latency is up in the same hours of each day"
                : "latency is up all day")
        .shows(overlap > SHOWING_OVERLAP && runsNow - ranBefore > NEWLY_RUNNING);
  }
}
