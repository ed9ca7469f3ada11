package headroom.load.study;

import headroom.load.result.Recovery;
import headroom.load.study.capacity.CapacityResult;
import headroom.load.study.duplicate.DuplicateVerdict;
import headroom.load.study.growth.RowHistory;
import headroom.load.study.growth.Surface;
import headroom.load.study.interference.Interference;
import headroom.plan.Study;
import java.util.List;

/** What was found out beyond whether the objectives held during a run. */
public sealed interface StudyResult {
  /** Whether the answer is the one hoped for. */
  boolean hasPassed();

  /** The highest rate that keeps the objectives. */
  record Capacity(Study.Capacity asked, CapacityResult found) implements StudyResult {
    @Override
    public boolean hasPassed() {
      double found = found().capacityPerSecond().orElse(0);
      return found > 0 && found >= asked.requiredPerSecond().orElse(0) / (1 + asked.precision());
    }
  }

  /**
   * How much flows slow each other down; it has passed when all together keep the objectives.
   *
   * @param stations how busy they were meanwhile, the likeliest to be the cause first; empty when
   *     nobody watched
   */
  record FlowInterference(Interference matrix, List<StationLoad> stations) implements StudyResult {
    public FlowInterference {
      stations = List.copyOf(stations);
    }

    @Override
    public boolean hasPassed() {
      return matrix.companies().stream().allMatch(Interference.Company::hasHeld);
    }
  }

  /**
   * Whether the target came back once its trigger was gone.
   *
   * @param heldDownBy what the generator could see of why it did not; empty when it did
   */
  record Metastability(Recovery recovery, List<String> heldDownBy) implements StudyResult {
    public Metastability {
      heldDownBy = List.copyOf(heldDownBy);
    }

    /** The same with more of what held it down, what is deepest first. */
    Metastability and(List<String> deeper) {
      var all = new java.util.ArrayList<>(deeper);
      all.addAll(heldDownBy);
      return new Metastability(recovery, all);
    }

    @Override
    public boolean hasPassed() {
      return recovery.hasRecovered();
    }
  }

  /** Whether writes that are sent again take effect once. */
  record Duplicates(List<DuplicateVerdict> verdicts) implements StudyResult {
    public Duplicates {
      verdicts = List.copyOf(verdicts);
    }

    @Override
    public boolean hasPassed() {
      return verdicts.stream().allMatch(v -> v.effect() == DuplicateVerdict.Effect.ONCE);
    }
  }

  /** What became of latency and capacity as data grew: the run's objectives judge it. */
  record Growth(Surface surface, List<RowHistory> data) implements StudyResult {
    public Growth {
      data = List.copyOf(data);
    }

    @Override
    public boolean hasPassed() {
      return true;
    }
  }
}
