package headroom.analysis;

import headroom.detect.Detectors;
import headroom.detect.Finding;
import headroom.forecast.GrowthPlan;
import headroom.forecast.WallDates;
import headroom.ledger.Ledger;
import headroom.model.Measure;
import headroom.requests.UserRequests;
import headroom.store.RollupStore;
import headroom.wall.Comparison;
import headroom.wall.Objective;
import headroom.wall.PlainWalls;
import headroom.wall.WallPredictor;
import headroom.wall.Walls;
import headroom.wall.WhatIf;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/** The analysis of what a store holds, anew at every call but for daily peaks and drifts. */
public final class StoreAnalysis implements Analysis {
  /** Draws are repeatable: the same data give the same interval. */
  private static final long SEED = 20_261_121L;

  private final RollupStore store;
  private final Objective objective;
  private final GrowthPlan plan;
  private final PeakMemory peaks;
  private final DriftMemory drifts;

  /** An analysis with dates by the forecast alone. */
  public StoreAnalysis(RollupStore store, Objective objective) {
    this(store, objective, GrowthPlan.NONE);
  }

  public StoreAnalysis(RollupStore store, Objective objective, GrowthPlan plan) {
    this.store = store;
    this.objective = objective;
    this.plan = plan;
    peaks = new PeakMemory(store);
    drifts = new DriftMemory(store);
  }

  @Override
  public Walls walls() {
    return walls(plan);
  }

  /** What arithmetic alone says in place of {@link #walls}, to hold these against. */
  public PlainWalls plainWalls() {
    return PlainWalls.of(week().history(), objective);
  }

  @Override
  public Comparison whatIf(WhatIf changes) {
    return WallPredictor.compare(week().history(), objective, StoreAnalysis::draws, changes);
  }

  @Override
  public Walls walls(GrowthPlan other) {
    UserRequests requests = week();
    Walls walls = WallPredictor.predict(requests.history(), objective, draws());
    return walls.load() == null
        ? walls
        : WallDates.on(walls, peaks.until(walls.asOf(), requests), other, draws());
  }

  @Override
  public List<Finding> findings() {
    UserRequests requests = week();
    return Detectors.detect(requests, objective, drifts.found(requests));
  }

  @Override
  public Actions actions() {
    Set<Measure> measures = EnumSet.copyOf(Actions.MEASURES);
    measures.addAll(UserRequests.MEASURES);
    return Actions.of(UserRequests.of(AnalysisWindow.history(store, measures)).history());
  }

  @Override
  public Ledger ledger() {
    return LedgerReading.of(store, objective, this::requests);
  }

  private UserRequests week() {
    return UserRequests.of(AnalysisWindow.history(store, Set.of()));
  }

  private UserRequests requests() {
    return UserRequests.of(AnalysisWindow.history(store, UserRequests.MEASURES));
  }

  private static SplittableRandom draws() {
    return new SplittableRandom(SEED);
  }
}
