package headroom.cli;

import headroom.detect.Detectors;
import headroom.detect.Finding;
import headroom.model.Measure;
import headroom.rollup.Resolution;
import headroom.server.api.Actions;
import headroom.server.api.Analysis;
import headroom.store.History;
import headroom.store.RollupStore;
import headroom.store.RollupStore.Extent;
import headroom.wall.Comparison;
import headroom.wall.Objective;
import headroom.wall.WallPredictor;
import headroom.wall.Walls;
import headroom.wall.WhatIf;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/** The analysis of what a store holds, anew at every call. */
final class StoreAnalysis implements Analysis {
  /** Traffic further back says little about today's system. */
  private static final Duration WINDOW = Duration.ofDays(7);

  /** Draws are repeatable: the same data give the same interval. */
  private static final long SEED = 20_261_121L;

  private final RollupStore store;
  private final Objective objective;

  StoreAnalysis(RollupStore store, Objective objective) {
    this.store = store;
    this.objective = objective;
  }

  @Override
  public Walls walls() {
    return WallPredictor.predict(history(Set.of()), objective, new SplittableRandom(SEED));
  }

  @Override
  public Comparison whatIf(WhatIf changes) {
    return WallPredictor.compare(
        history(Set.of()), objective, () -> new SplittableRandom(SEED), changes);
  }

  @Override
  public List<Finding> findings() {
    return Detectors.detect(history(Set.of()), objective);
  }

  @Override
  public Actions actions() {
    Set<Measure> measures = EnumSet.copyOf(Actions.MEASURES);
    measures.add(Measure.ACTION);
    return Actions.of(history(measures));
  }

  /**
   * The last week, or what there is of it, in rows that suit its length: rows of ten minutes are
   * best for a regression, but an hour of history has only six of them.
   */
  History history(Set<Measure> measures) {
    Extent extent = store.extent(Resolution.MINUTE).orElse(null);
    if (extent == null) {
      return History.of(Resolution.TEN_SECONDS, Instant.EPOCH, Instant.EPOCH, List.of(), List.of());
    }
    Instant from = extent.to().minus(WINDOW);
    if (from.isBefore(extent.from())) {
      from = extent.from();
    }
    return store.history(
        resolution(Duration.between(from, extent.to())), from, extent.to(), measures);
  }

  private static Resolution resolution(Duration span) {
    if (span.compareTo(Duration.ofHours(1)) <= 0) {
      return Resolution.TEN_SECONDS;
    }
    return span.compareTo(Duration.ofDays(1)) <= 0 ? Resolution.MINUTE : Resolution.TEN_MINUTES;
  }
}
