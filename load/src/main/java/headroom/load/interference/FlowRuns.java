package headroom.load.interference;

import headroom.load.arrival.RateSegment;
import headroom.load.engine.LoadEngine;
import headroom.load.engine.LoadListener;
import headroom.load.engine.LoadOptions;
import headroom.load.engine.LoadRun;
import headroom.load.engine.TargetUnusableException;
import headroom.load.interference.Interference.Condition;
import headroom.load.interference.Interference.Measured;
import headroom.load.journey.Journey;
import headroom.load.journey.Plan;
import headroom.load.journey.Profile;
import headroom.load.journey.Step;
import headroom.load.result.Interval;
import headroom.rollup.Cell;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Measures interference: every combination of flows in random order within each of several blocks,
 * so that a target that drifts does not favour one of them.
 */
public final class FlowRuns {
  /** The share of every run that is not measured. */
  private static final double WARM_UP_SHARE = 0.2;

  private static final String SEPARATOR = " / ";

  private final Plan plan;
  private final double ratePerSecond;
  private final int seconds;
  private final LoadOptions options;

  private FlowRuns(Plan plan, double ratePerSecond, int seconds, LoadOptions options) {
    this.plan = plan;
    this.ratePerSecond = ratePerSecond;
    this.seconds = seconds;
    this.options = options;
  }

  /**
   * Runs everything, which takes blocks times combinations times seconds.
   *
   * @param plan whose journeys are the flows, each at its share of the mean rate of the profile
   * @param seconds of one run
   * @param blocks how often everything is repeated, at least 2
   * @param listener is told before each run what runs together
   * @throws TargetUnusableException when the target cannot be loaded
   */
  public static Interference run(
      Plan plan, int seconds, int blocks, LoadOptions options, Consumer<Set<String>> listener)
      throws TargetUnusableException {
    if (!(plan.profile() instanceof Profile.Open open) || open.segments().isEmpty()) {
      throw new IllegalArgumentException("interference is measured under an open profile");
    }
    double arrivals = open.segments().stream().mapToDouble(RateSegment::arrivals).sum();
    double length = open.segments().stream().mapToDouble(RateSegment::seconds).sum();
    var runs = new FlowRuns(distinct(plan), arrivals / length, seconds, options);
    List<String> flows = plan.journeys().stream().map(Journey::name).toList();
    var measured = new HashMap<Condition, Map<String, Measured>>();
    var order = new Random(options.seed());
    for (int block = 0; block < blocks; block++) {
      var conditions = new ArrayList<>(Interference.conditions(flows));
      Collections.shuffle(conditions, order);
      for (Set<String> together : conditions) {
        listener.accept(together);
        measured.put(new Condition(together, block), runs.measure(together));
      }
    }
    return Interference.of(flows, blocks, measured);
  }

  private Map<String, Measured> measure(Set<String> together) throws TargetUnusableException {
    double shares = plan.journeys().stream().mapToDouble(Journey::share).sum();
    List<Journey> journeys = new ArrayList<>();
    double present = 0;
    for (Journey journey : plan.journeys()) {
      boolean runs = together.contains(journey.name());
      journeys.add(new Journey(journey.name(), journey.steps(), runs ? journey.share() : 0));
      present += runs ? journey.share() : 0;
    }
    Profile.Open open = (Profile.Open) plan.profile();
    var load = new RateSegment.Steady(ratePerSecond * present / shares, seconds);
    Plan part =
        plan.withJourneys(journeys).withProfile(new Profile.Open(List.of(load), open.spacing()));
    try (LoadRun run = LoadEngine.start(part, options, LoadListener.none())) {
      run.await();
      return read(run, run.between(Math.ceil(WARM_UP_SHARE * seconds), seconds), together);
    }
  }

  /** What the requests of each flow took, by the flow's name before the separator. */
  private static Map<String, Measured> read(LoadRun run, Interval interval, Set<String> together) {
    var measured = new HashMap<String, Measured>();
    for (String flow : together) {
      var all = new Cell();
      for (int i = 0; i < run.stepNames().size(); i++) {
        Cell cell = interval.response(i);
        if (cell != null && run.stepNames().get(i).startsWith(flow + SEPARATOR)) {
          all.merge(cell);
        }
      }
      if (all.count() > 0) {
        measured.put(
            flow,
            new Measured(
                all.quantile(0.5).orElseThrow(),
                all.quantile(0.99).orElseThrow(),
                (double) all.errors() / all.count()));
      }
    }
    return measured;
  }

  /** The plan with the flow's name in that of every step, so that no two flows share results. */
  static Plan distinct(Plan plan) {
    return plan.withJourneys(
        plan.journeys().stream()
            .map(j -> new Journey(j.name(), renamed(j.steps(), j.name() + SEPARATOR), j.share()))
            .toList());
  }

  private static List<Step> renamed(List<Step> steps, String prefix) {
    return steps.stream().map(step -> renamed(step, prefix)).toList();
  }

  private static Step renamed(Step step, String prefix) {
    return switch (step) {
      case Step.Request r ->
          new Step.Request(
              prefix + r.name(),
              r.method(),
              r.target(),
              r.headers(),
              r.body(),
              r.expect(),
              r.saves(),
              r.timeout(),
              r.idempotent());
      case Step.Think think -> think;
      case Step.HandOver over -> over;
      case Step.Repeat repeat ->
          new Step.Repeat(repeat.min(), repeat.max(), renamed(repeat.steps(), prefix));
      case Step.When when ->
          new Step.When(
              when.variable(),
              when.value(),
              renamed(when.then(), prefix),
              renamed(when.otherwise(), prefix));
      case Step.Choice choice ->
          new Step.Choice(
              choice.options().stream()
                  .map(o -> new Step.Option(o.share(), renamed(o.steps(), prefix)))
                  .toList());
    };
  }
}
