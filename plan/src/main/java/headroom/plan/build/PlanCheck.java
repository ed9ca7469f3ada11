package headroom.plan.build;

import headroom.plan.DataPlan;
import headroom.plan.FaultPlan;
import headroom.plan.Feeder;
import headroom.plan.Journey;
import headroom.plan.Plan;
import headroom.plan.Profile;
import headroom.plan.RateSegment;
import headroom.plan.Step;
import headroom.plan.Study;
import headroom.plan.ValueSource;
import headroom.plan.Wire;
import headroom.plan.yaml.Problem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What must hold between the parts of a plan, whichever way it was written. */
public final class PlanCheck {
  private PlanCheck() {}

  /** Everything that does not fit together. */
  public static List<Problem> problems(Plan plan) {
    var problems = new ArrayList<Problem>();
    String scheme = plan.target().getScheme();
    boolean elsewhere = plan.hasTexts() || plan.wire().database().isPresent();
    boolean needsHost = plan.hasRequests() || writesToTarget(plan) || !elsewhere;
    if (needsHost
        && (scheme == null
            || !(scheme.equals("http") || scheme.equals("https"))
            || plan.target().getHost() == null)) {
      problems.add(
          Problem.of("target must look like http://host:port, got '" + plan.target() + "'"));
    }
    if (plan.hasStatements() && plan.wire().database().isEmpty()) {
      problems.add(Problem.of("a plan with sql steps needs 'jdbc', the database they run on"));
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
      handOvers(plan, journey.steps(), problems);
      if (!Plan.any(journey.steps(), Step::isMeasured)) {
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
    for (FaultPlan fault : plan.faults()) {
      if (fault.action() instanceof FaultPlan.OnProxy on
          && plan.proxies().stream().noneMatch(proxy -> proxy.name().equals(on.proxy()))) {
        problems.add(Problem.of("no proxy '%s' for a fault".formatted(on.proxy())));
      }
    }
    checkStudy(plan, problems);
    checkData(plan, problems);
    if (plan.wire().connectionPerUser() && plan.wire().http() == Wire.Http.TWO) {
      problems.add(
          Problem.of("connections: per-user goes with http: 1.1, HTTP/2 shares its connections"));
    }
    if (plan.hasStreams() && plan.wire().http() == Wire.Http.TWO) {
      problems.add(Problem.of("sse and websocket go over http: 1.1"));
    }
    if (plan.wire().proxy().isPresent()
        && "http".equals(scheme)
        && plan.steps().anyMatch(s -> s instanceof Step.Socket)) {
      problems.add(Problem.of("websocket goes through a proxy only to an https target"));
    }
    plan.variables().forEach((name, source) -> checkRows(plan, name, source, problems));
    if (plan.connections().isPresent() && plan.connections().getAsInt() < 1) {
      problems.add(Problem.of("connections must be >= 1, got " + plan.connections().getAsInt()));
    }
    if (plan.timeout().isNegative() || plan.timeout().isZero()) {
      problems.add(Problem.of("timeout must be > 0, got " + plan.timeout()));
    }
    return problems;
  }

  private static boolean writesToTarget(Plan plan) {
    return plan.data().stream().anyMatch(data -> data.source() instanceof DataPlan.Http);
  }

  private static void checkStudy(Plan plan, List<Problem> problems) {
    switch (plan.study()) {
      case Study.Run run -> {}
      case Study.Metastability probe -> {}
      case Study.Capacity search -> {
        if (plan.objectives().isEmpty()) {
          problems.add(Problem.of("a capacity search needs objectives to be kept"));
        }
        checkNoFaults("a capacity search", plan, problems);
      }
      case Study.Interference runs -> {
        long flows = plan.journeys().stream().filter(j -> j.share() > 0).count();
        if (flows < 2 || flows > 8) {
          problems.add(Problem.of("interference needs 2 to 8 journeys with a share, got " + flows));
        }
        if (!(plan.profile() instanceof Profile.Open open) || open.segments().isEmpty()) {
          problems.add(Problem.of("interference needs an open profile, such as steady"));
        }
        checkNoFaults("interference", plan, problems);
      }
    }
  }

  private static void checkData(Plan plan, List<Problem> problems) {
    if (!plan.data().isEmpty()
        && !(plan.study() instanceof Study.Run && plan.profile() instanceof Profile.Open)) {
      problems.add(Problem.of("data grow under an open profile: use steady, growth or sweep"));
    }
    var known = new HashSet<>(plan.variables().keySet());
    known.addAll(Set.of(DataPlan.ROW, "uuid", "random"));
    for (DataPlan data : plan.data()) {
      for (String name : data.source().variables()) {
        if (!known.contains(name)) {
          problems.add(
              Problem.of(
                  "data '%s' uses ${%s}: there are %s"
                      .formatted(data.name(), name, String.join(", ", new TreeSet<>(known)))));
        }
      }
    }
  }

  private static void checkNoFaults(String study, Plan plan, List<Problem> problems) {
    if (!plan.faults().isEmpty()) {
      problems.add(Problem.of(study + " cannot be measured while faults come and go"));
    }
  }

  private static void checkRows(
      Plan plan, String name, ValueSource source, List<Problem> problems) {
    if (source instanceof ValueSource.Fed fed && fed.order() == Feeder.Order.UNIQUE) {
      double users =
          switch (plan.profile()) {
            case Profile.Open open ->
                open.segments().stream().mapToDouble(RateSegment::arrivals).sum();
            case Profile.Closed closed -> closed.users();
          };
      if (users > fed.values().size() + 0.5) {
        problems.add(
            Problem.of(
                "${%s} must be unique, but there are %d rows for %.0f users"
                    .formatted(name, fed.values().size(), users)));
      }
    }
  }

  private static void handOvers(Plan plan, List<Step> steps, List<Problem> problems) {
    for (Step step : steps) {
      if (step instanceof Step.HandOver over
          && plan.journeys().stream().noneMatch(j -> j.name().equals(over.journey()))) {
        problems.add(Problem.of("no journey '%s' to continue with".formatted(over.journey())));
      }
      handOvers(plan, step.inner(), problems);
    }
  }

  /** Variables used before anything can have given them a value. */
  static Set<String> undefined(Plan plan, Journey journey) {
    var known = new HashSet<>(Plan.GENERATED.keySet());
    known.addAll(plan.variables().keySet());
    var missing = new TreeSet<String>();
    plan.headers().forEach(header -> missing.addAll(header.value().variables()));
    missing.removeAll(known);
    if (isContinued(plan, journey)) {
      // What the journey before it has saved is known too.
      plan.journeys().forEach(other -> saved(other.steps(), known));
    }
    undefined(journey.steps(), known, missing);
    return missing;
  }

  private static void undefined(List<Step> steps, Set<String> known, Set<String> missing) {
    for (Step step : steps) {
      var used = new HashSet<>(step.used());
      used.removeAll(known);
      missing.addAll(used);
      known.addAll(step.saved());
      undefined(step.inner(), known, missing);
    }
  }

  private static void saved(List<Step> steps, Set<String> into) {
    for (Step step : steps) {
      into.addAll(step.saved());
      saved(step.inner(), into);
    }
  }

  private static boolean isContinued(Plan plan, Journey journey) {
    return plan.journeys().stream().anyMatch(other -> continues(other.steps(), journey.name()));
  }

  private static boolean continues(List<Step> steps, String journey) {
    return steps.stream()
        .anyMatch(s ->
            (s instanceof Step.HandOver over && over.journey().equals(journey))
                || continues(s.inner(), journey));
  }
}
