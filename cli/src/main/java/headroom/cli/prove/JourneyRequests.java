package headroom.cli.prove;

import headroom.plan.Journey;
import headroom.plan.Plan;
import headroom.plan.Step;
import java.util.List;
import java.util.OptionalDouble;

/** How many requests a journey of a plan makes, on average over its mix. */
final class JourneyRequests {
  private JourneyRequests() {}

  /**
   * Where that follows from the plan; empty where it depends on what users draw or are answered.
   */
  static OptionalDouble of(Plan plan) {
    double requests = 0;
    double shares = 0;
    for (Journey journey : plan.journeys()) {
      if (Plan.any(journey.steps(), JourneyRequests::isOpen)) {
        return OptionalDouble.empty();
      }
      requests += journey.share() * count(journey.steps());
      shares += journey.share();
    }
    return requests > 0 ? OptionalDouble.of(requests / shares) : OptionalDouble.empty();
  }

  private static boolean isOpen(Step step) {
    return switch (step) {
      case Step.Choice choice -> true;
      case Step.When when -> true;
      case Step.Repeat repeat -> true;
      case Step.HandOver handOver -> true;
      case Step.Group group -> false;
      case Step.Think think -> false;
      case Step.Measured measured -> false;
    };
  }

  private static long count(List<Step> steps) {
    return steps.stream()
        .mapToLong(step -> step instanceof Step.Measured ? 1 : count(step.inner()))
        .sum();
  }
}
