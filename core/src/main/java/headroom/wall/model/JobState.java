package headroom.wall.model;

import headroom.wall.evidence.Flow;
import headroom.wall.evidence.Jobs;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What the system is in while something else than the traffic is at work.
 *
 * <p>Where the responses of such a time are known, they contain what is shared with the job: a
 * processor that a job computes on yields to requests, so that the use of the job is not taken away
 * from what requests can have, only makes them slower. A connection that a job holds is gone either
 * way.
 *
 * @param beside what is used, and at which load
 * @param flows requests as they are then; empty where there were too few
 * @param held the highest load at which the objective held then, as a multiple of the peak; empty
 *     where that was not seen
 */
public record JobState(Jobs.Beside beside, List<Flow> flows, OptionalDouble held) {
  public JobState {
    flows = List.copyOf(flows);
  }

  /** The multiple of all traffic below which the wall of such a time does not lie; 0 for none. */
  double floor() {
    return held.orElse(0) / beside.shareOfPeak();
  }
}
