package headroom.detect;

import headroom.model.Measure;
import headroom.rollup.Cell;
import headroom.store.Series;
import headroom.store.SeriesIndex;
import headroom.store.SeriesIndex.Thing;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * A root operation that is pieces of a job: few, long, and seen in a few stretches of time only.
 *
 * @param job whose it is and what it is called
 * @param windows starts of those in which it ran
 * @param stretches how many times it ran
 */
record JobRuns(Thing job, NavigableSet<Long> windows, int stretches) {
  private static final double MOST_OF_REQUESTS = 0.1;
  private static final double LONG_SECONDS = 1;
  private static final double MOST_OF_THE_TIME = 0.5;
  private static final int FEWEST_WINDOWS = 4;
  private static final int LONGEST_GAP = 3;

  static List<JobRuns> of(Observation observation) {
    List<JobRuns> jobs = new ArrayList<>();
    List<Series> all = observation.history().of(Measure.ACTION);
    long requests = SeriesIndex.total(all).count();
    int windows = Observation.byWindow(all).size();
    for (Thing action : observation.index().things(Measure.ACTION)) {
      var cells = Observation.byWindow(observation.index().everywhere(Measure.ACTION, action));
      Cell total = new Cell();
      cells.values().forEach(total::merge);
      boolean isJob =
          total.count() <= MOST_OF_REQUESTS * requests
              && total.quantile(0.5).orElse(0) >= LONG_SECONDS
              && cells.size() <= MOST_OF_THE_TIME * windows
              && cells.size() >= FEWEST_WINDOWS;
      if (isJob) {
        JobRuns runs = runs(action, new TreeSet<>(cells.keySet()), observation.windowSeconds());
        // One long request here and there is no job.
        if (runs.windows.size() >= 2 * runs.stretches) {
          jobs.add(runs);
        }
      }
    }
    return jobs;
  }

  /** A piece is told when it ends: it ran in the windows between, too. */
  private static JobRuns runs(Thing job, NavigableSet<Long> ended, int width) {
    var windows = new TreeSet<Long>();
    int stretches = 0;
    Long before = null;
    for (long start : ended) {
      if (before == null || start - before > (long) LONGEST_GAP * width) {
        stretches++;
        windows.add(start);
      } else {
        for (long between = before; between <= start; between += width) {
          windows.add(between);
        }
      }
      before = start;
    }
    return new JobRuns(job, windows, stretches);
  }

  double seconds(int windowSeconds) {
    return (double) windows.size() * windowSeconds / stretches;
  }
}
