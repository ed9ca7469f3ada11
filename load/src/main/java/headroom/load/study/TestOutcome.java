package headroom.load.study;

import headroom.load.result.LoadResult;
import java.util.List;

/**
 * The outcome of a plan.
 *
 * @param run its load; of several runs the one that stands for all
 * @param studies what was found out beyond it
 */
public record TestOutcome(LoadResult run, List<StudyResult> studies) {
  public TestOutcome {
    studies = List.copyOf(studies);
  }

  /** A run and nothing beyond. */
  public static TestOutcome of(LoadResult run) {
    return new TestOutcome(run, List.of());
  }

  public boolean isValid() {
    return run.isValid();
  }

  /** Whether the run's objectives held and every other answer is the one hoped for. */
  public boolean hasPassed() {
    return run.hasPassed() && studies.stream().allMatch(StudyResult::hasPassed);
  }

  /** The same with what somebody who watched the target knows of its stations. */
  public TestOutcome withStations(List<StationLoad> stations) {
    return new TestOutcome(
        run,
        studies.stream()
            .map(study ->
                study instanceof StudyResult.FlowInterference flows
                    ? new StudyResult.FlowInterference(flows.matrix(), stations)
                    : study)
            .toList());
  }

  /** The same with what somebody who watched the target knows of why it stayed down. */
  public TestOutcome withCauses(List<String> causes) {
    return new TestOutcome(
        run,
        studies.stream()
            .map(
                study -> study instanceof StudyResult.Metastability down ? down.and(causes) : study)
            .toList());
  }
}
