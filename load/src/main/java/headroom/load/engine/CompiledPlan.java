package headroom.load.engine;

import headroom.plan.Plan;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** A plan ready to run: names resolved to indexes, fixed bytes written beforehand. */
final class CompiledPlan {
  private final List<CompiledJourney> journeys = new ArrayList<>();
  private final JourneyCompiler.Names names = new JourneyCompiler.Names();
  private final double[] cumulativeShares;
  private final URI target;
  private final boolean followsRedirects;

  CompiledPlan(Plan plan) {
    target = plan.target();
    followsRedirects = plan.wire().followRedirects();
    cumulativeShares = new double[plan.journeys().size()];
    double sum = 0;
    for (int i = 0; i < cumulativeShares.length; i++) {
      journeys.add(new JourneyCompiler(plan, names).compile(plan.journeys().get(i), i));
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

  URI target() {
    return target;
  }

  boolean followsRedirects() {
    return followsRedirects;
  }

  int journeyCount() {
    return journeys.size();
  }

  /** How many variables the plan has; all journeys share their places. */
  int slots() {
    return names.slots.size();
  }

  List<String> stepNames() {
    return List.copyOf(names.steps.keySet());
  }

  List<String> groupNames() {
    return List.copyOf(names.groups.keySet());
  }

  /** The different budgets for sending again, full. */
  RetryBudget[] retryBudgets() {
    return names.retries.keySet().stream()
        .map(policy -> new RetryBudget(policy.budget()))
        .toArray(RetryBudget[]::new);
  }

  /** The different timeouts in nanoseconds. */
  long[] timeoutNanos() {
    return names.timeouts.keySet().stream().mapToLong(Long::longValue).toArray();
  }
}
