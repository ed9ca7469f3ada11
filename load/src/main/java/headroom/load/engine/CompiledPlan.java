package headroom.load.engine;

import headroom.load.protocol.Names;
import headroom.load.result.StepKey;
import headroom.plan.Journey;
import headroom.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A plan ready to run: names resolved to indexes, fixed bytes written beforehand. */
final class CompiledPlan {
  private final List<CompiledJourney> journeys = new ArrayList<>();
  private final Names names = new Names();
  private final Protocols protocols;
  private final double[] cumulativeShares;

  /**
   * @param byFlow whether steps of equal name are told apart by their journey
   */
  CompiledPlan(Plan plan, boolean byFlow) {
    protocols = new Protocols(plan);
    cumulativeShares = new double[plan.journeys().size()];
    double sum = 0;
    for (int i = 0; i < cumulativeShares.length; i++) {
      Journey journey = plan.journeys().get(i);
      Names own = names.fresh(byFlow ? Optional.of(journey.name()) : Optional.empty());
      journeys.add(new JourneyCompiler(plan, protocols, own).compile(journey, i));
      sum += plan.journeys().get(i).share();
      cumulativeShares[i] = sum;
    }
  }

  /** The journey on which a draw from 0..1 falls. */
  CompiledJourney journeyAt(double draw) {
    double at = draw * cumulativeShares[cumulativeShares.length - 1];
    for (int i = 0; i < cumulativeShares.length - 1; i++) {
      if (at < cumulativeShares[i]) {
        return journeys.get(i);
      }
    }
    return journeys.getLast();
  }

  CompiledJourney journey(int index) {
    return journeys.get(index);
  }

  Protocols protocols() {
    return protocols;
  }

  int journeyCount() {
    return journeys.size();
  }

  /** How many variables the plan has; all journeys share their places. */
  int slots() {
    return names.slotCount();
  }

  List<StepKey> steps() {
    return names.steps();
  }

  List<String> groupNames() {
    return names.groups();
  }

  /** The different budgets for sending again, full. */
  RetryBudget[] retryBudgets() {
    return names.retries().stream()
        .map(policy -> new RetryBudget(policy.budget()))
        .toArray(RetryBudget[]::new);
  }

  /** The different timeouts in nanoseconds. */
  long[] timeoutNanos() {
    return names.timeoutNanos().stream().mapToLong(Long::longValue).toArray();
  }
}
