package headroom.sim;

import java.util.HashMap;
import java.util.List;

/**
 * Work that nobody waits for and that comes at its own times: a nightly batch.
 *
 * @param name under which its statements are reported
 * @param atSeconds when it begins for the first time
 * @param everySeconds from one beginning to the next; a run that is still going on is not begun
 *     again. Infinite: once
 * @param items how many pieces a run consists of
 * @param workers how many pieces are worked on at the same time
 * @param steps of one piece
 */
public record BatchJob(
    String name,
    double atSeconds,
    double everySeconds,
    int items,
    int workers,
    List<Activity> steps) {
  public BatchJob {
    steps = List.copyOf(steps);
    if (!(StationDemands.add(new HashMap<>(), steps, 1) > 0)) {
      throw new IllegalArgumentException("a piece of the job %s must take time".formatted(name));
    }
    if (!(atSeconds >= 0 && everySeconds > 0) || items < 1 || workers < 1) {
      throw new IllegalArgumentException(
          "atSeconds >= 0, everySeconds > 0, items and workers >= 1 are needed, got %s, %s, %d, %d"
              .formatted(atSeconds, everySeconds, items, workers));
    }
  }

  /** How long a run takes when nothing else is busy. */
  public double usualSeconds() {
    return StationDemands.add(new HashMap<>(), steps, 1) * items / workers;
  }

  /** Whether a run that takes as long as usual is going on. */
  public boolean runsAt(double seconds) {
    double since = seconds - atSeconds;
    if (!Double.isInfinite(everySeconds)) {
      since = since < 0 ? since : since % everySeconds;
    }
    return since >= 0 && since < usualSeconds();
  }

  /** The same, running all the time. */
  public BatchJob always() {
    return new BatchJob(name, 0, Double.POSITIVE_INFINITY, Integer.MAX_VALUE, workers, steps);
  }
}
