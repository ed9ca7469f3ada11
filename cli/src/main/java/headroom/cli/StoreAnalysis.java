package headroom.cli;

import headroom.detect.Detectors;
import headroom.detect.Finding;
import headroom.drift.Drift;
import headroom.drift.DriftAnalysis;
import headroom.drift.HourlyHistory;
import headroom.model.Measure;
import headroom.rollup.Resolution;
import headroom.server.api.Actions;
import headroom.server.api.Analysis;
import headroom.store.History;
import headroom.store.RollupStore;
import headroom.store.RollupStore.Extent;
import headroom.wall.Objective;
import headroom.wall.WallPredictor;
import headroom.wall.Walls;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** The analysis of what a store holds, anew at every call but for {@link #drifts}. */
final class StoreAnalysis implements Analysis {
  /** Traffic further back says little about today's system. */
  private static final Duration WINDOW = Duration.ofDays(7);

  /** Draws are repeatable: the same data give the same interval. */
  private static final long SEED = 20_261_121L;

  private final RollupStore store;
  private final Objective objective;

  private @Nullable Drifts drifts;

  StoreAnalysis(RollupStore store, Objective objective) {
    this.store = store;
    this.objective = objective;
  }

  @Override
  public Walls walls() {
    return WallPredictor.predict(history(Set.of()), objective, new SplittableRandom(SEED));
  }

  @Override
  public List<Finding> findings() {
    return Detectors.detect(history(Set.of()), objective, drifts());
  }

  /**
   * What became slower over weeks. A new hour of telemetry changes that, the minutes within it do
   * not: so weeks are read once an hour, and the hour that is not over yet is left out.
   */
  private List<Drift> drifts() {
    Extent extent = store.extent(Resolution.HOUR).orElse(null);
    if (extent == null) {
      return List.of();
    }
    Instant to = extent.to().minusSeconds(Resolution.HOUR.seconds());
    if (Duration.between(extent.from(), to).compareTo(HourlyHistory.SHORTEST) < 0) {
      return List.of();
    }
    synchronized (this) {
      if (drifts == null || !drifts.until().equals(to)) {
        Instant from = to.minus(HourlyHistory.LONGEST);
        var hours = new HourlyHistory();
        store.scan(Resolution.HOUR, from, to, HourlyHistory.MEASURES, hours);
        hours.events(store.events(from, to, "deploy"));
        drifts = new Drifts(to, DriftAnalysis.of(hours));
      }
      return drifts.found();
    }
  }

  private record Drifts(Instant until, List<Drift> found) {}

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
