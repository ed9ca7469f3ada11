package headroom.server.api;

import headroom.detect.Finding;
import headroom.wall.Comparison;
import headroom.wall.Walls;
import headroom.wall.WhatIf;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

/** An analysis whose answers may be a few seconds old. */
public final class CachedAnalysis implements Analysis {
  private final Cached<Walls> walls;
  private final Cached<List<Finding>> findings;
  private final Cached<Actions> actions;
  private final Analysis analysis;

  public CachedAnalysis(Analysis analysis, Duration life, LongSupplier nanoTime) {
    this.analysis = analysis;
    walls = new Cached<>(analysis::walls, life, nanoTime);
    findings = new Cached<>(analysis::findings, life, nanoTime);
    actions = new Cached<>(analysis::actions, life, nanoTime);
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

  @Override
  public List<Finding> findings() {
    return findings.get();
  }

  @Override
  public Actions actions() {
    return actions.get();
  }
}
