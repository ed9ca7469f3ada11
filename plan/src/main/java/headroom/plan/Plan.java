package headroom.plan;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A load test: whom it loads, with what, how much, and what must hold.
 *
 * @param target scheme, host and port; a path is put before that of every request. A plan that only
 *     runs statements has the address of its database instead
 * @param connections cap on connections; absent for as many as are needed
 * @param variables generated anew for every virtual user, besides {@link #GENERATED}
 * @param timeout of a request without its own
 * @param cookies whether every user keeps the cookies that answers set, and sends them back
 * @param proxies between services and their dependencies, for faults on the way
 * @param faults what goes wrong during the run
 * @param tls only used when the target's scheme is https
 * @param study what is asked of the target
 * @param data what grows while the load runs
 * @param wire how requests travel
 */
public record Plan(
    URI target,
    List<Journey> journeys,
    OptionalInt connections,
    Profile profile,
    List<Objective> objectives,
    Optional<StopRule> stop,
    Map<String, ValueSource> variables,
    List<Step.Header> headers,
    Duration timeout,
    boolean cookies,
    Tls tls,
    List<FaultPlan.Proxy> proxies,
    List<FaultPlan> faults,
    Study study,
    List<DataPlan> data,
    Wire wire) {
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

  /** Variables that every plan has: the number of the user, a UUID, a number of nine digits. */
  public static final Map<String, ValueSource> GENERATED =
      Map.of(
          "user", new ValueSource.Sequence(),
          "uuid", new ValueSource.Uuid(),
          "random", new ValueSource.IntegerBetween(100_000_000, 999_999_999));

  public Plan {
    journeys = List.copyOf(journeys);
    objectives = List.copyOf(objectives);
    variables = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(variables));
    headers = List.copyOf(headers);
    proxies = List.copyOf(proxies);
    faults = List.copyOf(faults);
    data = List.copyOf(data);
  }

  /** Whether any step is a request, so that there must be a host to send it to. */
  public boolean hasRequests() {
    return steps().anyMatch(Step::isForTheTarget);
  }

  /** Whether any step is a statement. */
  public boolean hasStatements() {
    return steps().anyMatch(s -> s instanceof Step.Statement);
  }

  /** Whether any step is a text over plain TCP. */
  public boolean hasTexts() {
    return steps().anyMatch(s -> s instanceof Step.Tcp);
  }

  /** Whether any step stays connected. */
  public boolean hasStreams() {
    return steps().anyMatch(Step::isStream);
  }

  /** All steps, and those inside them, in the order they were written. */
  public Stream<Step> steps() {
    return journeys.stream().flatMap(journey -> within(journey.steps()));
  }

  /** Whether any of these steps, or a step inside one, is such. */
  public static boolean any(List<Step> steps, Predicate<Step> test) {
    return within(steps).anyMatch(test);
  }

  private static Stream<Step> within(List<Step> steps) {
    return steps.stream().flatMap(step -> Stream.concat(Stream.of(step), within(step.inner())));
  }

  /** The same plan under other load. */
  public Plan withProfile(Profile other) {
    return with(target, journeys, other, stop);
  }

  /** The same plan with other journeys. */
  public Plan withJourneys(List<Journey> others) {
    return with(target, others, profile, stop);
  }

  /** The same plan against another target. */
  public Plan withTarget(URI other) {
    return with(other, journeys, profile, stop);
  }

  /** The same plan with nothing that ends it early: for studies that break their target. */
  public Plan withoutStop() {
    return with(target, journeys, profile, Optional.empty());
  }

  private Plan with(URI target, List<Journey> journeys, Profile profile, Optional<StopRule> stop) {
    return new Plan(
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
  }
}
