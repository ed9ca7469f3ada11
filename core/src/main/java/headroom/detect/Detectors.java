package headroom.detect;

import headroom.drift.Drift;
import headroom.regime.RegimeChange;
import headroom.regime.RegimeChanges;
import headroom.requests.UserRequests;
import headroom.store.History;
import headroom.wall.Objective;
import headroom.wall.Objectives;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** All rules, applied to one history. What each does is told in {@code docs/math/detectors.md}. */
public final class Detectors {
  private static final List<Detector> ALL =
      List.of(
          new TailLatency(),
          new PoolSaturation(),
          new InstanceImbalance(),
          new WorkConcentration(),
          new CacheDecline(),
          new QueueGrowth(),
          new RepeatedStatements(),
          new WorkGrowth(),
          new RetryLoad(),
          new MetastableRisk(),
          new MemoryGrowth(),
          new RestartLoop(),
          new JobImpact());

  private Detectors() {}

  /**
   * What is wrong at the end of this history, worst first; the same findings in the same order for
   * the same history.
   */
  public static List<Finding> detect(History history, Objective objective) {
    return detect(history, objective, List.of());
  }

  /**
   * The same with what became slower over weeks, which needs a longer history than the rest.
   *
   * @param drifts as {@link headroom.drift.DriftAnalysis} gives them
   */
  public static List<Finding> detect(History history, Objective objective, List<Drift> drifts) {
    UserRequests requests = UserRequests.of(history);
    return detect(requests, Objectives.of(objective), drifts, RegimeChanges.of(requests.history()));
  }

  /**
   * The same of requests that are read already.
   *
   * @param changes as {@link RegimeChanges} gives them
   */
  public static List<Finding> detect(
      UserRequests requests,
      Objectives objectives,
      List<Drift> drifts,
      List<RegimeChange> changes) {
    Observation observation = Observation.of(requests, objectives);
    List<Finding> findings = new ArrayList<>(RequestCoverage.of(requests));
    ALL.forEach(detector -> findings.addAll(detector.detect(observation)));
    drifts.forEach(drift -> findings.add(DriftFindings.of(drift)));
    findings.addAll(RegimeFindings.of(changes, drifts));
    findings.sort(Comparator.comparing(Finding::severity).thenComparing(Finding::id));
    return findings;
  }
}
