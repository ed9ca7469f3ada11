package headroom.server;

import headroom.analysis.Actions;
import headroom.analysis.Analysis;
import headroom.detect.Finding;
import headroom.forecast.GrowthPlan;
import headroom.ingest.pipeline.IngestWorker;
import headroom.ingest.pipeline.Receipt;
import headroom.ingest.pipeline.TelemetryRequest;
import headroom.ledger.Ledger;
import headroom.model.Event;
import headroom.rollup.Rollup;
import headroom.wall.Comparison;
import headroom.wall.Objectives;
import headroom.wall.Walls;
import headroom.wall.WhatIf;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The parts of a server to which nobody has sent anything yet. */
final class NoTelemetry {
  private NoTelemetry() {}

  static Analysis analysis(Instant now) {
    return new Analysis() {
      @Override
      public Objectives objectives() {
        return Objectives.DEFAULT;
      }

      @Override
      public Walls walls(GrowthPlan plan) {
        return walls();
      }

      @Override
      public Ledger ledger() {
        return new Ledger(List.of());
      }

      @Override
      public Walls walls() {
        return new Walls(now, null, List.of());
      }

      @Override
      public Comparison whatIf(WhatIf changes) {
        return new Comparison(walls(), walls(), null);
      }

      @Override
      public List<Finding> findings() {
        return List.of();
      }

      @Override
      public Actions actions() {
        return new Actions(null, null, List.of());
      }
    };
  }

  static IngestWorker worker() {
    return new IngestWorker() {
      @Override
      public Receipt receive(TelemetryRequest request) {
        return new Receipt(1, 0, "");
      }

      @Override
      public Batch drain(Instant now) {
        return new Batch(List.<Rollup>of(), List.<Event>of());
      }

      @Override
      public Batch drainAll(Instant now) {
        return drain(now);
      }

      @Override
      public Map<String, Long> dropped() {
        return Map.of();
      }
    };
  }
}
