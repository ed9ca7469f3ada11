package headroom.wall.evidence;

import static headroom.wall.belief.JobUse.FEWEST_JOB_WINDOWS;
import static headroom.wall.belief.JobUse.LONGEST_GAP_WINDOWS;
import static headroom.wall.belief.JobUse.MOSTLY_SLOW;
import static headroom.wall.belief.JobUse.MOST_OF_REQUESTS;
import static headroom.wall.belief.JobUse.MOST_TIME_OF_OPERATION;
import static headroom.wall.belief.JobUse.WINDOWS_PER_STRETCH;

import headroom.model.Measure;
import headroom.model.SeriesKey;
import headroom.rollup.Cell;
import headroom.store.History;
import headroom.store.Series;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Root operations that are pieces of a job rather than requests: few, nearly always slower than the
 * objective, and seen in a few stretches of time only. Nobody has such an objective for them, and
 * they do not come with the traffic.
 */
public final class JobOperations {
  private static final Set<Measure> BY_OPERATION =
      Set.of(Measure.ACTION, Measure.OPERATION, Measure.HOLD, Measure.HOLD_STATEMENT);

  private final Set<List<String>> names = new HashSet<>();
  private final List<Series> found = new ArrayList<>();

  public JobOperations(History history, Deadline deadline) {
    Map<List<String>, List<Series>> byName = new HashMap<>();
    long all = 0;
    Set<Long> starts = new HashSet<>();
    for (Series one : history.of(Measure.ACTION)) {
      byName.computeIfAbsent(name(one.key()), unused -> new ArrayList<>()).add(one);
      for (Series.Window window : one.windows()) {
        all += window.cell().count();
        starts.add(window.start());
      }
    }
    if (starts.size() < FEWEST_JOB_WINDOWS) {
      return;
    }
    int seconds = history.resolution().seconds();
    for (var entry : byName.entrySet()) {
      if (isJob(entry.getValue(), all, starts.size(), seconds, deadline)) {
        names.add(entry.getKey());
        found.addAll(entry.getValue());
      }
    }
  }

  private static boolean isJob(
      List<Series> parts, long all, int windows, int seconds, Deadline deadline) {
    Cell total = new Cell();
    parts.forEach(part -> total.merge(part.total()));
    var histogram = total.histogram();
    if (histogram == null
        || total.count() > MOST_OF_REQUESTS * all
        || histogram.shareAbove(deadline.seconds()) < MOSTLY_SLOW) {
      return false;
    }
    long[] starts =
        parts.stream()
            .flatMap(part -> part.windows().stream())
            .filter(window -> window.cell().count() > 0)
            .mapToLong(Series.Window::start)
            .distinct()
            .sorted()
            .toArray();
    int stretches = 1;
    for (int i = 1; i < starts.length; i++) {
      stretches += starts[i] - starts[i - 1] > (long) LONGEST_GAP_WINDOWS * seconds ? 1 : 0;
    }
    return starts.length <= MOST_TIME_OF_OPERATION * windows
        && starts.length >= WINDOWS_PER_STRETCH * stretches;
  }

  private static List<String> name(SeriesKey key) {
    return List.of(key.service(), key.subject());
  }

  /** The history without them; the stations' use stays. */
  public History without(History history) {
    return names.isEmpty()
        ? history
        : History.of(
            history.resolution(),
            history.from(),
            history.to(),
            history.series().values().stream()
                .flatMap(List::stream)
                .filter(one ->
                    !BY_OPERATION.contains(one.key().measure()) || !names.contains(name(one.key())))
                .toList(),
            history.events());
  }

  /** What they are called. */
  public List<String> names() {
    return names.stream().map(name -> name.get(1)).distinct().sorted().toList();
  }

  /** The windows of the traffic in which they are at work. */
  public BitSet windows(Traffic traffic) {
    var windows = new BitSet();
    for (Series one : found) {
      for (Series.Window window : one.windows()) {
        int at = traffic.indexOf(window.start());
        if (at >= 0 && at < traffic.windows() && window.cell().count() > 0) {
          windows.set(at);
        }
      }
    }
    return windows;
  }
}
