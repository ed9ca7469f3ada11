package headroom.analysis;

import headroom.detect.Detectors;
import headroom.detect.Finding;
import headroom.forecast.GrowthPlan;
import headroom.forecast.WallDates;
import headroom.ledger.Ledger;
import headroom.model.Measure;
import headroom.requests.UserRequests;
import headroom.store.History;
import headroom.store.RollupStore;
import headroom.wall.Comparison;
import headroom.wall.Objective;
import headroom.wall.Objectives;
import headroom.wall.PlainWalls;
import headroom.wall.WallPredictor;
import headroom.wall.Walls;
import headroom.wall.WhatIf;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/** The analysis of what a store holds, anew at every call but for daily peaks and drifts. */
public final class StoreAnalysis implements Analysis {
  /** Draws are repeatable: the same data give the same interval. */
  private static final long SEED = 20_261_121L;

  private final RollupStore store;
  private final Objectives objectives;
  private final GrowthPlan plan;
  private final PeakMemory peaks;
  private final DriftMemory drifts;
  private final Regimes regimes;

  /** An analysis with dates by the forecast alone. */
  public StoreAnalysis(RollupStore store, Objective objective) {
    this(store, Objectives.of(objective), GrowthPlan.NONE);
  }

  public StoreAnalysis(RollupStore store, Objectives objectives, GrowthPlan plan) {
    this.store = store;
    this.objectives = objectives;
    this.plan = plan;
    peaks = new PeakMemory(store);
    drifts = new DriftMemory(store);
    regimes = new Regimes(store);
  }

  @Override
  public Objectives objectives() {
    return objectives;
  }

  @Override
  public Walls walls() {
    return walls(plan);
  }

  /** What arithmetic alone says in place of {@link #walls}, to hold these against. */
  public PlainWalls plainWalls() {
    return PlainWalls.of(week().history(), objectives.usual());
  }

  @Override
  public Comparison whatIf(WhatIf changes) {
    UserRequests requests = week();
    Optional<Instant> since = regimes.latestSince(requests);
    History history = since.map(this::from).orElse(requests.history());
    Comparison compared =
        WallPredictor.compare(history, objectives.usual(), StoreAnalysis::draws, changes);
    if (since.isEmpty()) {
      return compared;
    }
    Walls all = WallPredictor.predict(requests.history(), objectives.usual(), draws());
    return new Comparison(
        RegimeWalls.of(all, compared.before(), since.get()),
        RegimeWalls.of(all, compared.after(), since.get()),
        compared.change());
  }

  @Override
  public Walls walls(GrowthPlan other) {
    UserRequests requests = week();
    Walls walls =
        ofLatestRegime(
            WallPredictor.predict(requests.history(), objectives.usual(), draws()), requests);
    return walls.load() == null
        ? walls
        : WallDates.on(walls, peaks.until(walls.asOf(), requests), other, draws());
  }

  /** What was before the last change at equal load says nothing of the system as it is now. */
  private Walls ofLatestRegime(Walls walls, UserRequests requests) {
    Optional<Instant> since =
        walls.load() == null ? Optional.empty() : regimes.latestSince(requests);
    return since
        .map(begin ->
            RegimeWalls.of(
                walls, WallPredictor.predict(from(begin), objectives.usual(), draws()), begin))
        .orElse(walls);
  }

  /** The requests from this time on. */
  private History from(Instant since) {
    return UserRequests.of(AnalysisWindow.since(store, since)).history();
  }

  @Override
  public List<Finding> findings() {
    UserRequests requests = week();
    return Detectors.detect(
        requests, objectives, drifts.found(requests), regimes.changes(requests));
  }

  @Override
  public Actions actions() {
    Set<Measure> measures = EnumSet.copyOf(Actions.MEASURES);
    measures.addAll(UserRequests.MEASURES);
    return Actions.of(UserRequests.of(AnalysisWindow.history(store, measures)).history());
  }

  @Override
  public Ledger ledger() {
    return LedgerReading.of(store, objectives.usual(), this::requests);
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
