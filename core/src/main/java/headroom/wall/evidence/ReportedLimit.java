package headroom.wall.evidence;

import static headroom.wall.belief.Limits.CLEARLY_BELOW;
import static headroom.wall.belief.Limits.FEWEST_CONTRADICTIONS;

import headroom.model.Measure;
import headroom.rollup.Cell;
import headroom.store.Series;
import headroom.store.SeriesIndex;
import headroom.store.SeriesIndex.Thing;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Whether what was seen of a pool fits the limit that it reports: no more connections are in use
 * than there are, and nobody waits while some are left. A single window may have caught a change of
 * the limit or connections being opened; several do not.
 */
final class ReportedLimit {
  private ReportedLimit() {}

  /** What contradicts it, in words; empty when nothing does. */
  static Optional<String> contradiction(SeriesIndex index, Thing pool, String instance) {
    Map<Long, Cell> limits = byWindow(index, Measure.POOL_LIMIT, pool, instance);
    Map<Long, Cell> waiting = byWindow(index, Measure.POOL_PENDING, pool, instance);
    int above = 0;
    int waitedBelow = 0;
    int waited = 0;
    double mostUsed = 0;
    for (var entry : byWindow(index, Measure.POOL_USED, pool, instance).entrySet()) {
      Cell limit = limits.get(entry.getKey());
      if (limit == null || limit.max() <= 0) {
        continue;
      }
      double used = entry.getValue().max();
      Cell pending = waiting.get(entry.getKey());
      boolean waits = pending != null && pending.min() >= 1;
      above += used > limit.max() ? 1 : 0;
      waited += waits ? 1 : 0;
      waitedBelow += waits && used <= CLEARLY_BELOW * limit.min() ? 1 : 0;
      mostUsed = Math.max(mostUsed, used);
    }
    if (above >= FEWEST_CONTRADICTIONS) {
      return Optional.of(moreThanTheLimit(mostUsed));
    }
    return waitedBelow >= FEWEST_CONTRADICTIONS && 2 * waitedBelow > waited
        ? Optional.of(waitedBelowTheLimit())
        : Optional.empty();
  }

  private static Map<Long, Cell> byWindow(
      SeriesIndex index, Measure measure, Thing pool, String instance) {
    Map<Long, Cell> cells = new HashMap<>();
    for (Series series : index.at(measure, pool, instance)) {
      for (Series.Window window : series.windows()) {
        cells.merge(
            window.start(),
            window.cell(),
            (one, other) -> {
              Cell both = one.copy();
              both.merge(other);
              return both;
            });
      }
    }
    return cells;
  }

  private static String moreThanTheLimit(double used) {
    return String.format(
        Locale.ROOT,
        "the limit reported does not fit what was seen: up to %.0f were in use at once",
        used);
  }

  private static String waitedBelowTheLimit() {
    return "the limit reported does not fit what was seen: requests waited well below it";
  }
}
