package headroom.plan.build;

import headroom.plan.DataPlan;
import headroom.plan.Database;
import headroom.plan.FaultPlan;
import headroom.plan.Feeder;
import headroom.plan.Journey;
import headroom.plan.Objective;
import headroom.plan.Plan;
import headroom.plan.Profile;
import headroom.plan.RateSegment;
import headroom.plan.Retry;
import headroom.plan.Spacing;
import headroom.plan.Step;
import headroom.plan.StopRule;
import headroom.plan.Study;
import headroom.plan.Template;
import headroom.plan.Tls;
import headroom.plan.Trigger;
import headroom.plan.ValueSource;
import headroom.plan.Wire;
import headroom.plan.yaml.Problem;
import headroom.plan.yaml.ProblemException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * A plan in Java.
 *
 * <pre>{@code
 * PlanBuilder.to("http://127.0.0.1:8090")
 *     .journey("sign-in", 70, j -> j
 *         .post("/login").json("{\"user\":\"user-${user}\"}").save("token", "$.token")
 *         .think(Duration.ofSeconds(1), Duration.ofSeconds(3))
 *         .get("/balance").header("authorization", "Bearer ${token}"))
 *     .open(new RateSegment.Steady(50, 60))
 *     .p99(Duration.ofMillis(500))
 *     .build();
 * }</pre>
 */
public final class PlanBuilder {
  private final URI target;
  private final List<Journey> journeys = new ArrayList<>();
  private final List<Objective> objectives = new ArrayList<>();
  private final Map<String, ValueSource> variables = new LinkedHashMap<>();
  private final List<Step.Header> headers = new ArrayList<>();
  private final List<FaultPlan.Proxy> proxies = new ArrayList<>();
  private final List<FaultPlan> faults = new ArrayList<>();
  private OptionalInt connections = OptionalInt.empty();
  private Profile profile = new Profile.Open(List.of(), Spacing.UNIFORM);
  private Optional<StopRule> stop = Optional.empty();
  private Duration timeout = Plan.DEFAULT_TIMEOUT;
  private Tls tls = Tls.DEFAULT;
  private final List<DataPlan> data = new ArrayList<>();
  private Study study = new Study.Run();
  private boolean cookies = true;
  private Wire wire = Wire.DEFAULT;

  private PlanBuilder(URI target) {
    this.target = target;
  }

  /** Begins a plan that loads a host. */
  public static PlanBuilder to(String target) {
    return new PlanBuilder(URI.create(target));
  }

  /** Begins a plan that runs statements only. */
  public static PlanBuilder to(Database database) {
    return new PlanBuilder(database.target()).wire(Wire.DEFAULT.withDatabase(database));
  }

  /** Adds a journey that {@code share} of the arrivals take, relative to the other shares. */
  public PlanBuilder journey(String name, double share, Consumer<JourneyBuilder> steps) {
    var builder = new JourneyBuilder();
    steps.accept(builder);
    journeys.add(new Journey(name, builder.build(), share));
    return this;
  }

  /** Draws a variable anew for every virtual user. */
  public PlanBuilder variable(String name, ValueSource source) {
    variables.put(Template.checkName(name), source);
    return this;
  }

  /** Adds a header to every request. */
  public PlanBuilder header(String name, String value) {
    headers.add(new Step.Header(name, Template.parse(value, Template.Escape.NONE)));
    return this;
  }

  /** Draws a row of data for every virtual user; see {@link Feeder}. */
  public PlanBuilder feeder(Feeder feeder) {
    variables.putAll(feeder.variables());
    return this;
  }

  /** Users keep no cookies. */
  public PlanBuilder withoutCookies() {
    cookies = false;
    return this;
  }

  public PlanBuilder tls(Tls settings) {
    tls = settings;
    return this;
  }

  /** How requests travel; see {@link Wire}. */
  public PlanBuilder wire(Wire settings) {
    wire = settings;
    return this;
  }

  /** Sends requests that fail again, unless their step says otherwise. */
  public PlanBuilder retry(Retry policy) {
    wire = wire.withRetry(policy);
    return this;
  }

  /** Puts a proxy in front of a dependency, for faults on the way to it. */
  public PlanBuilder proxy(FaultPlan.Proxy proxy) {
    proxies.add(proxy);
    return this;
  }

  public PlanBuilder fault(FaultPlan fault) {
    faults.add(fault);
    return this;
  }

  public PlanBuilder connections(int cap) {
    connections = OptionalInt.of(cap);
    return this;
  }

  /** Open load of evenly spaced arrivals. */
  public PlanBuilder open(RateSegment... segments) {
    profile = new Profile.Open(List.of(segments), Spacing.UNIFORM);
    return this;
  }

  /** Open load of independent random arrivals. */
  public PlanBuilder poisson(RateSegment... segments) {
    profile = new Profile.Open(List.of(segments), Spacing.POISSON);
    return this;
  }

  public PlanBuilder closed(int users, Duration duration) {
    profile = new Profile.Closed(users, duration, Duration.ZERO);
    return this;
  }

  /** Searches for the highest rate that keeps the objectives instead of running a profile. */
  public PlanBuilder capacity(Study.Capacity search) {
    profile = new Profile.Open(List.of(), spacing());
    study = search;
    return this;
  }

  /** Measures how much the journeys slow each other down, at the rates of the profile. */
  public PlanBuilder interference(Study.Interference runs) {
    study = runs;
    return this;
  }

  /**
   * Disturbs steady load and looks whether the target comes back.
   *
   * @param trigger lasts from {@code beforeSeconds} on
   * @param afterSeconds how long the target is watched once the trigger is gone
   */
  public PlanBuilder metastability(
      double ratePerSecond, double beforeSeconds, Trigger trigger, double afterSeconds) {
    profile = new Profile.Open(trigger.load(ratePerSecond, beforeSeconds, afterSeconds), spacing());
    trigger.fault(beforeSeconds).ifPresent(faults::add);
    study = trigger.study(beforeSeconds);
    return this;
  }

  /** Writes rows while the load runs. */
  public PlanBuilder data(DataPlan rows) {
    data.add(rows);
    return this;
  }

  private Spacing spacing() {
    return profile instanceof Profile.Open open ? open.spacing() : Spacing.UNIFORM;
  }

  public PlanBuilder p99(Duration limit) {
    return objective(Objective.Latency.percentile(99, limit.toNanos() / 1e9));
  }

  /** The highest share of failed requests, 0..1. */
  public PlanBuilder errors(double share) {
    return objective(new Objective.Errors(share));
  }

  public PlanBuilder objective(Objective objective) {
    objectives.add(objective);
    return this;
  }

  public PlanBuilder stop(double errorShare, Duration window) {
    stop = Optional.of(new StopRule(errorShare, window));
    return this;
  }

  /** The timeout of requests without their own. */
  public PlanBuilder timeout(Duration duration) {
    timeout = duration;
    return this;
  }

  /**
   * @throws ProblemException when the plan cannot run, with every reason
   */
  public Plan build() {
    var plan =
        new Plan(
            target,
            journeys,
            connections,
            profile,
            objectives,
            stop,
            variables,
            headers,
            timeout,
            cookies,
            tls,
            proxies,
            faults,
            study,
            data,
            wire);
    List<Problem> problems = PlanCheck.problems(plan);
    if (!problems.isEmpty()) {
      throw new ProblemException(problems);
    }
    return plan;
  }
}
