package headroom.load.result;

import headroom.load.arrival.ArrivalSchedule;
import headroom.plan.Plan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A run that has ended, judged.
 *
 * @param startedAt the moment from which the schedule counts
 * @param schedule the arrivals that were planned, what was appended included
 * @param invalidBecause why the numbers say nothing about the target; empty for a valid run
 * @param recoveries for each fault of the plan, whether the target came back
 * @param stoppedBecause why it ended before its time
 * @param hooks the commands that were run, in the order of their times
 */
public record LoadResult(
    Plan plan,
    long seed,
    Instant startedAt,
    ArrivalSchedule schedule,
    RunStats stats,
    Generator generator,
    List<String> invalidBecause,
    Optional<String> stoppedBecause,
    List<Outcome> objectives,
    List<Recovery> recoveries,
    List<Hook> hooks) {

  /**
   * One objective and whether it was held.
   *
   * @param limit seconds, or a share 0..1
   * @param value the worst of any step; absent when nothing was measured
   * @param step where that was; absent for the run as a whole
   */
  public record Outcome(
      String name, double limit, OptionalDouble value, Optional<StepKey> step, boolean held) {}

  public LoadResult {
    invalidBecause = List.copyOf(invalidBecause);
    objectives = List.copyOf(objectives);
    recoveries = List.copyOf(recoveries);
    hooks = List.copyOf(hooks);
  }

  public boolean isValid() {
    return invalidBecause.isEmpty();
  }

  /**
   * Whether every objective was held, no rule stopped the run, and something was answered as it
   * should be: a plan without objectives does not pass on errors alone.
   */
  public boolean hasPassed() {
    return stoppedBecause.isEmpty()
        && !hasOnlyFailures()
        && objectives.stream().allMatch(Outcome::held);
  }

  /** Whether requests were made and not one succeeded. */
  public boolean hasOnlyFailures() {
    return stats.requests() > 0 && stats.errors() >= stats.requests();
  }

  /** The same with objectives that were judged over another part of the run. */
  public LoadResult judgedBy(List<Outcome> others) {
    return with(invalidBecause, stoppedBecause, others);
  }

  /** The same with more reasons not to believe it. */
  public LoadResult doubted(List<String> reasons) {
    var all = new ArrayList<>(invalidBecause);
    all.addAll(reasons);
    return with(all, stoppedBecause, objectives);
  }

  /**
   * The same, come to its end: for a run that was only stopped because its question was answered.
   */
  public LoadResult completed() {
    return with(invalidBecause, Optional.empty(), objectives);
  }

  private LoadResult with(
      List<String> invalidBecause, Optional<String> stoppedBecause, List<Outcome> objectives) {
    return new LoadResult(
        plan,
        seed,
        startedAt,
        schedule,
        stats,
        generator,
        invalidBecause,
        stoppedBecause,
        objectives,
        recoveries,
        hooks);
  }
}
