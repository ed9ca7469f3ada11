package headroom.analysis;

import headroom.model.Measure;
import headroom.rollup.Resolution;
import headroom.store.History;
import headroom.store.RollupStore;
import headroom.store.RollupStore.Extent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * The time that an analysis looks at: the last week of a store, or what there is of it, in rows
 * that suit its length. Rows of ten minutes are best for a regression, but an hour of history has
 * only six of them.
 */
record AnalysisWindow(Resolution resolution, Instant from, Instant to) {
  /** Traffic further back says little about today's system. */
  private static final Duration LONGEST = Duration.ofDays(7);

  /** That of a store whose finest rows reach so far. */
  static AnalysisWindow of(Extent extent) {
    Instant from = extent.to().minus(LONGEST);
    if (from.isBefore(extent.from())) {
      from = extent.from();
    }
    return new AnalysisWindow(resolution(Duration.between(from, extent.to())), from, extent.to());
  }

  private static Resolution resolution(Duration length) {
    if (length.compareTo(Duration.ofHours(1)) <= 0) {
      return Resolution.TEN_SECONDS;
    }
    return length.compareTo(Duration.ofDays(1)) <= 0 ? Resolution.MINUTE : Resolution.TEN_MINUTES;
  }

  /** What a store holds of these measures in its window; all measures when none are named. */
  static History history(RollupStore store, Set<Measure> measures) {
    return history(store, measures, Instant.MIN);
  }

  /** All that it holds of its window from this time on, in rows that suit that length. */
  static History since(RollupStore store, Instant from) {
    return history(store, Set.of(), from);
  }

  private static History history(RollupStore store, Set<Measure> measures, Instant from) {
    return store
        .extent(Resolution.MINUTE)
        .map(extent -> extent.from().isBefore(from) ? new Extent(from, extent.to()) : extent)
        .map(AnalysisWindow::of)
        .map(window -> store.history(window.resolution, window.from, window.to, measures))
        .orElseGet(() ->
            History.of(Resolution.TEN_SECONDS, Instant.EPOCH, Instant.EPOCH, List.of(), List.of()));
  }
}
