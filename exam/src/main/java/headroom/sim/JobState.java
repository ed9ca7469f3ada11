package headroom.sim;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The progress of a job: when it runs next, and which pieces of this run are left. */
final class JobState {
  final BatchJob job;
  private double nextRun;
  private int left;
  private int working;

  JobState(BatchJob job) {
    this.job = job;
    this.nextRun = job.atSeconds();
  }

  /** The one whose next run begins first; null without any. */
  static @Nullable JobState next(List<JobState> jobs) {
    JobState first = null;
    for (JobState one : jobs) {
      if (first == null || one.nextRun < first.nextRun) {
        first = one;
      }
    }
    return first;
  }

  double nextRun() {
    return nextRun;
  }

  /** Whether pieces are worked on now. */
  boolean isRunning() {
    return working > 0;
  }

  /** Begins a run, unless one is going on; how many pieces are begun with it. */
  int begin() {
    nextRun += job.everySeconds();
    if (working > 0) {
      return 0;
    }
    working = Math.min(job.workers(), job.items());
    left = job.items() - working;
    return working;
  }

  /** A piece is done; whether another one is begun. */
  boolean done() {
    if (left > 0) {
      left--;
      return true;
    }
    working--;
    return false;
  }
}
