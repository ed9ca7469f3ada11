package headroom.analysis;

import headroom.detect.Finding;
import headroom.forecast.GrowthPlan;
import headroom.ledger.Ledger;
import headroom.wall.Comparison;
import headroom.wall.Objectives;
import headroom.wall.Walls;
import headroom.wall.WhatIf;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

/** An analysis whose answers may be a few seconds old. */
public final class CachedAnalysis implements Analysis {
  private final Analysis analysis;
  private final CachedValue<Walls> walls;
  private final CachedValue<List<Finding>> findings;
  private final CachedValue<Actions> actions;
  private final CachedValue<Ledger> ledger;

  public CachedAnalysis(Analysis analysis, Duration life, LongSupplier nanoTime) {
    this.analysis = analysis;
    walls = new CachedValue<>(analysis::walls, life, nanoTime);
    findings = new CachedValue<>(analysis::findings, life, nanoTime);
    actions = new CachedValue<>(analysis::actions, life, nanoTime);
    ledger = new CachedValue<>(analysis::ledger, life, nanoTime);
  }

  @Override
  public Objectives objectives() {
    return analysis.objectives();
  }

  @Override
  public Walls walls() {
    return walls.get();
  }

  /** Not remembered: hardly anybody asks the same twice. One at a time, for each takes a second. */
  @Override
  public synchronized Comparison whatIf(WhatIf changes) {
    return analysis.whatIf(changes);
  }

  /** Rarely asked, and every plan is another question: not remembered, but one at a time. */
  @Override
  public synchronized Walls walls(GrowthPlan plan) {
    return analysis.walls(plan);
  }

  @Override
  public List<Finding> findings() {
    return findings.get();
  }

  @Override
  public Actions actions() {
    return actions.get();
  }

  @Override
  public Ledger ledger() {
    return ledger.get();
  }
}
