package headroom.load.journey;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What must hold between the parts of a plan, whichever way it was written. */
final class PlanCheck {
  private PlanCheck() {}

  static List<Problem> problems(Plan plan) {
    var problems = new ArrayList<Problem>();
    String scheme = plan.target().getScheme();
    if (scheme == null
        || !(scheme.equals("http") || scheme.equals("https"))
        || plan.target().getHost() == null) {
      problems.add(
          Problem.of("target must look like http://host:port, got '" + plan.target() + "'"));
    }
    if (plan.journeys().isEmpty()) {
      problems.add(Problem.of("a plan needs at least one journey"));
    }
    double shares = 0;
    var names = new HashSet<String>();
    for (Journey journey : plan.journeys()) {
      shares += journey.share();
      if (!names.add(journey.name())) {
        problems.add(Problem.of("journey '%s' is there twice".formatted(journey.name())));
      }
      if (journey.steps().stream().noneMatch(Step.Request.class::isInstance)) {
        problems.add(Problem.of("journey '%s' has no request".formatted(journey.name())));
      }
      for (String name : undefined(plan, journey)) {
        problems.add(
            Problem.of(
                "journey '%s' uses ${%s}, which no earlier step saves"
                    .formatted(journey.name(), name)));
      }
    }
    if (!plan.journeys().isEmpty() && !(shares > 0)) {
      problems.add(Problem.of("the shares of the mix must add up to more than 0"));
    }
    if (plan.connections().isPresent() && plan.connections().getAsInt() < 1) {
      problems.add(Problem.of("connections must be >= 1, got " + plan.connections().getAsInt()));
    }
    if (plan.timeout().isNegative() || plan.timeout().isZero()) {
      problems.add(Problem.of("timeout must be > 0, got " + plan.timeout()));
    }
    return problems;
  }

  /** Variables used before anything gave them a value. */
  static Set<String> undefined(Plan plan, Journey journey) {
    var known = new HashSet<>(Plan.GENERATED.keySet());
    known.addAll(plan.variables().keySet());
    var missing = new TreeSet<String>();
    for (Step.Header header : plan.headers()) {
      missing.addAll(header.value().variables());
    }
    missing.removeAll(known);
    for (Step step : journey.steps()) {
      if (step instanceof Step.Request request) {
        var used = new HashSet<>(request.target().variables());
        request.headers().forEach(header -> used.addAll(header.value().variables()));
        request.body().ifPresent(body -> used.addAll(body.content().variables()));
        used.removeAll(known);
        missing.addAll(used);
        request.saves().forEach(save -> known.add(save.variable()));
      }
    }
    return missing;
  }
}
