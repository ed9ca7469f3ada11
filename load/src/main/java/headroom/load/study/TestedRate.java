package headroom.load.study;

import headroom.load.result.LoadResult;
import headroom.load.result.LoadResult.Outcome;
import headroom.load.study.capacity.CapacityResult;
import headroom.load.study.capacity.Plateau;
import headroom.plan.Objective;
import headroom.plan.Profile;
import headroom.plan.RateSegment;
import headroom.plan.Study;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Between which loads a target's wall lies, as far as a test can tell: the highest at which its
 * objectives held and the lowest at which one broke, in requests per second.
 *
 * <p>Told of capacity searches, and of valid runs of one steady rate that changed nothing else.
 * What broke somewhere on a ramp has no one load.
 *
 * @param held empty when none did
 * @param broke empty when none did
 * @param objective that broke, or that of the highest quantile where none did
 */
public record TestedRate(OptionalDouble held, OptionalDouble broke, Objective objective) {
  /** Fewer requests say nothing about a tail. */
  private static final long FEWEST_REQUESTS = 500;

  /** The load at which it began to fail; empty when the test has no bound on one side. */
  public OptionalDouble perSecond() {
    return held.isPresent() && broke.isPresent()
        ? OptionalDouble.of(Math.sqrt(held.getAsDouble() * broke.getAsDouble()))
        : OptionalDouble.empty();
  }

  /** What a test tells; empty when it tells nothing about a load. */
  public static Optional<TestedRate> of(TestOutcome outcome) {
    LoadResult run = outcome.run();
    if (!run.isValid() || run.plan().objectives().isEmpty()) {
      return Optional.empty();
    }
    for (StudyResult study : outcome.studies()) {
      if (study instanceof StudyResult.Capacity capacity) {
        return of(capacity.found());
      }
    }
    return run.plan().study() instanceof Study.Run ? steady(run) : Optional.empty();
  }

  private static Optional<TestedRate> of(CapacityResult found) {
    Optional<Plateau> held =
        found.plateaus().stream()
            .filter(plateau -> plateau.verdict() == Plateau.Verdict.HELD)
            .max(Comparator.comparingDouble(Plateau::ratePerSecond));
    Optional<Plateau> lowest =
        found.plateaus().stream().min(Comparator.comparingDouble(Plateau::ratePerSecond));
    if (lowest.isEmpty() || found.run().stoppedBecause().isPresent()) {
      return Optional.empty();
    }
    // Requests to a journey, from where all that was offered was completed.
    Plateau calm = held.orElse(lowest.get());
    double each = calm.throughputPerSecond() / calm.ratePerSecond();
    List<Outcome> judged = lowestBroken(found).map(Plateau::objectives).orElse(calm.objectives());
    return each > 0
        ? Optional.of(
            new TestedRate(
                times(found.capacityPerSecond(), each),
                times(found.breaksAtPerSecond(), each),
                objective(found.run().plan().objectives(), judged)))
        : Optional.empty();
  }

  /** The plateau with the lowest rate that broke. */
  public static Optional<Plateau> lowestBroken(CapacityResult found) {
    return found.plateaus().stream()
        .filter(plateau -> plateau.verdict() == Plateau.Verdict.BROKEN)
        .min(Comparator.comparingDouble(Plateau::ratePerSecond));
  }

  private static OptionalDouble times(OptionalDouble rate, double factor) {
    return rate.isPresent() ? OptionalDouble.of(rate.getAsDouble() * factor) : rate;
  }

  private static Optional<TestedRate> steady(LoadResult run) {
    boolean plain = run.plan().faults().isEmpty() && run.plan().data().isEmpty();
    boolean even =
        run.plan().profile() instanceof Profile.Open open
            && open.segments().stream().allMatch(RateSegment.Steady.class::isInstance)
            && open.segments().stream()
                    .mapToDouble(RateSegment::maxRatePerSecond)
                    .distinct()
                    .count()
                == 1;
    long requests = run.stats().requests() + run.stats().dropped();
    boolean broke = run.objectives().stream().anyMatch(outcome -> !outcome.held());
    if (!plain || !even || requests < FEWEST_REQUESTS || !(broke || run.hasPassed())) {
      return Optional.empty();
    }
    double seconds = Math.min(run.schedule().seconds(), run.generator().elapsedSeconds());
    OptionalDouble rate = OptionalDouble.of(requests / seconds);
    Objective objective = objective(run.plan().objectives(), run.objectives());
    return Optional.of(
        broke
            ? new TestedRate(OptionalDouble.empty(), rate, objective)
            : new TestedRate(rate, OptionalDouble.empty(), objective));
  }

  private static Objective objective(List<Objective> asked, List<Outcome> judged) {
    boolean broke = judged.stream().anyMatch(outcome -> !outcome.held());
    return asked.stream()
        .filter(one ->
            !broke
                || judged.stream()
                    .anyMatch(outcome -> !outcome.held() && outcome.name().equals(one.name())))
        .max(Comparator.comparingDouble(TestedRate::quantile))
        .orElse(asked.getFirst());
  }

  private static double quantile(Objective objective) {
    return switch (objective) {
      case Objective.Latency latency -> latency.quantile();
      case Objective.Errors errors -> 0;
    };
  }
}
