package headroom.cli;

import headroom.detect.Detectors;
import headroom.detect.Finding;
import headroom.drift.Drift;
import headroom.drift.DriftAnalysis;
import headroom.drift.HourlyHistory;
import headroom.forecast.DailyPeaks;
import headroom.forecast.GrowthPlan;
import headroom.forecast.WallDates;
import headroom.ledger.Ledger;
import headroom.ledger.LoadRecord;
import headroom.ledger.Prediction;
import headroom.model.Event;
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
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** The analysis of what a store holds, anew at every call but for daily peaks and drifts. */
final class StoreAnalysis implements Analysis {
  /** Traffic further back says little about today's system. */
  private static final Duration WINDOW = Duration.ofDays(7);

  /** Draws are repeatable: the same data give the same interval. */
  private static final long SEED = 20_261_121L;

  private final RollupStore store;
  private final Objective objective;
  private final GrowthPlan plan;
  private volatile @Nullable Remembered lastPeaks;

  private @Nullable Drifts drifts;

  StoreAnalysis(RollupStore store, Objective objective) {
    this(store, objective, GrowthPlan.NONE);
  }

  StoreAnalysis(RollupStore store, Objective objective, GrowthPlan plan) {
    this.store = store;
    this.objective = objective;
    this.plan = plan;
  }

  @Override
  public Walls walls() {
    return walls(plan);
  }

  @Override
  public Comparison whatIf(WhatIf changes) {
    return WallPredictor.compare(
        history(Set.of()), objective, () -> new SplittableRandom(SEED), changes);
  }

  @Override
  public Walls walls(GrowthPlan other) {
    Walls walls = WallPredictor.predict(history(Set.of()), objective, new SplittableRandom(SEED));
    return walls.load() == null
        ? walls
        : WallDates.on(walls, dailyPeaks(walls.asOf()), other, new SplittableRandom(SEED));
  }

  /**
   * Up to thirteen months, one series after the other, since together they may not fit; read again
   * once an hour of the data has passed.
   */
  private DailyPeaks dailyPeaks(Instant to) {
    long hour = Resolution.HOUR.windowStart(to.getEpochSecond());
    Remembered remembered = lastPeaks;
    if (remembered == null || remembered.hour != hour) {
      Instant from = to.minus(Resolution.HOUR.retention());
      var peaks = new DailyPeaks.Gatherer(from, to);
      store.scan(Resolution.HOUR, from, to, Set.of(Measure.ACTION), peaks::add);
      remembered = new Remembered(hour, peaks.peaks());
      lastPeaks = remembered;
    }
    return remembered.peaks;
  }

  private record Remembered(long hour, DailyPeaks peaks) {}

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

  /** Judged in rows of ten minutes as far as they reach, of an hour before. */
  @Override
  public Ledger ledger() {
    Extent extent = store.extent(Resolution.HOUR).orElse(null);
    if (extent == null) {
      return new Ledger(List.of());
    }
    Instant to = Instant.MAX;
    Instant from = extent.to().minus(Resolution.HOUR.retention());
    List<Event> events = new ArrayList<>(store.events(from, to, Prediction.KIND));
    if (events.isEmpty()) {
      return new Ledger(List.of());
    }
    Instant first = events.getFirst().at();
    boolean recent =
        Duration.between(first, extent.to()).compareTo(Resolution.TEN_MINUTES.retention()) < 0;
    Resolution rows = recent ? Resolution.TEN_MINUTES : Resolution.HOUR;
    var record = new LoadRecord(rows.seconds(), objective);
    store.scan(
        rows,
        Instant.ofEpochSecond(rows.windowStart(first.getEpochSecond())),
        extent.to(),
        Set.of(Measure.ACTION),
        record::add);
    events.addAll(store.events(first, to, "outcome"));
    events.addAll(store.events(first, to, "test"));
    return Ledger.of(events, record);
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
