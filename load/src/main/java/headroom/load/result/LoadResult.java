package headroom.load.result;

import headroom.load.arrival.ArrivalSchedule;
import headroom.load.journey.Plan;
import java.time.Instant;
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
    List<Recovery> recoveries) {

  /**
   * One objective and whether it was held.
   *
   * @param limit seconds, or a share 0..1
   * @param value the worst of any step; absent when nothing was measured
   * @param step where that was; empty for the run as a whole
   */
  public record Outcome(
      String name, double limit, OptionalDouble value, String step, boolean held) {}

  public LoadResult {
    invalidBecause = List.copyOf(invalidBecause);
    objectives = List.copyOf(objectives);
    recoveries = List.copyOf(recoveries);
  }

  public boolean isValid() {
    return invalidBecause.isEmpty();
  }

  /** Whether every objective was held and no rule stopped the run. */
  public boolean hasPassed() {
    return stoppedBecause.isEmpty() && objectives.stream().allMatch(Outcome::held);
  }
}
