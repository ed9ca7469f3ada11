package headroom.wall;

import static headroom.wall.belief.Sightings.LONGER_THAN_DISTURBANCE_SECONDS;

import headroom.store.History;
import headroom.wall.evidence.Deadline;
import headroom.wall.evidence.Flow;
import headroom.wall.evidence.Instances;
import headroom.wall.evidence.Jobs;
import headroom.wall.evidence.Responses;
import headroom.wall.evidence.SlowTimes;
import headroom.wall.evidence.StationUse;
import headroom.wall.evidence.Traffic;
import headroom.wall.evidence.Traffic.Action;
import headroom.wall.evidence.Visits;
import headroom.wall.evidence.Witness;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * What was seen of a system as a whole.
 *
 * @param requests the history without the operations of jobs
 * @param responses how long they take while nothing is full
 * @param peak root operations per second, that multiples refer to
 * @param jobNames operations that are pieces of jobs
 * @param instances how many each service has, and had
 * @param slow how much response times vary at equal load, and when they stood out
 * @param calm responses without the time in which these stood out
 * @param witness of the objective, outside of jobs and of such time
 * @param witnessBesideJobs of the objective while jobs are at work
 */
record Seen(
    History requests,
    Traffic traffic,
    Jobs jobs,
    Responses responses,
    double peak,
    List<String> jobNames,
    Instances instances,
    SlowTimes slow,
    Responses calm,
    Witness witness,
    Witness witnessBesideJobs) {
  /**
   * What was seen at a peak.
   *
   * @param overloaded windows in which the load alone made the objective fail
   */
  static Seen of(
      History requests,
      Traffic traffic,
      Jobs jobs,
      List<String> jobNames,
      Instances instances,
      BitSet overloaded,
      Objective objective,
      double peakPerSecond) {
    Deadline deadline = objective.deadline();
    // What waits behind an overload is slow because of the load.
    int after = Math.max(1, LONGER_THAN_DISTURBANCE_SECONDS / traffic.windowSeconds());
    SlowTimes slow =
        SlowTimes.of(
            traffic,
            window ->
                !jobs.near(window)
                    && overloaded.get(Math.max(0, window - after), window + 1).isEmpty());
    Responses all = Responses.of(traffic, deadline, jobs);
    return new Seen(
        requests,
        traffic,
        jobs,
        all,
        peakPerSecond,
        jobNames,
        instances,
        slow,
        slow.stretches().isEmpty() ? all : Responses.of(traffic, deadline, jobs, slow.windows()),
        witness(
            traffic,
            objective,
            peakPerSecond,
            window -> !jobs.near(window) && !slow.windows().get(window)),
        witness(traffic, objective, peakPerSecond, jobs::during));
  }

  private static Witness witness(
      Traffic traffic, Objective objective, double peak, IntPredicate wanted) {
    return Witness.of(traffic, objective.deadline(), objective.errorShare(), peak, wanted);
  }

  /** Whether the deadline is missed too often even then. */
  boolean isFailing(Deadline deadline) {
    return responses.missing() > deadline.mayMiss();
  }

  /** The requests of each root operation that has response times, with what is to be changed. */
  List<Flow> flows(List<StationUse> stations, ChangedInputs changed) {
    return flows(responses, stations, changed);
  }

  /** The same with other response times. */
  List<Flow> flows(Responses times, List<StationUse> stations, ChangedInputs changed) {
    var visits = new Visits(requests, traffic);
    List<Action> actions = traffic.actions();
    List<Flow> flows = new ArrayList<>();
    for (int i = 0; i < actions.size(); i++) {
      Action action = actions.get(i);
      double share = traffic.shareAtPeak(action.counts(), peak);
      Flow.of(action.name(), times.byAction().get(i), share, visits.of(action, stations))
          .map(flow -> changed.of(flow, action.service(), (double) action.total().count()))
          .ifPresent(flows::add);
    }
    return flows;
  }
}
