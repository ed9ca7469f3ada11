package headroom.wall;

import headroom.wall.evidence.Deadline;
import headroom.wall.evidence.DemandFit;
import headroom.wall.evidence.Flow;
import headroom.wall.evidence.Pauses;
import headroom.wall.evidence.Spread;
import headroom.wall.evidence.StationUse;
import headroom.wall.evidence.Watched;
import headroom.wall.model.Candidate;
import headroom.wall.model.Candidate.Visit;
import java.util.ArrayList;
import java.util.List;

/**
 * A station that has a limit and is busy enough to be judged.
 *
 * @param use with what is to be changed, outside of jobs
 * @param before as it was, outside of jobs
 * @param allTheTime with what is to be changed, jobs and all
 * @param fit the demand of {@code use}
 */
record Judged(StationUse use, StationUse before, StationUse allTheTime, DemandFit fit) {
  /** The candidates for the wall, in the same order. */
  static List<Candidate> candidates(
      List<Judged> judged, Seen seen, List<Flow> flows, Deadline deadline, ChangedInputs changed) {
    List<Candidate> candidates = new ArrayList<>();
    for (int i = 0; i < judged.size(); i++) {
      candidates.add(judged.get(i).candidate(i, seen, flows, deadline, changed));
    }
    return candidates;
  }

  private Candidate candidate(
      int place, Seen seen, List<Flow> flows, Deadline deadline, ChangedInputs changed) {
    Spread spread = Spread.of(seen.instances().since(before.service()), before, seen.traffic());
    double perSecond = seen.responses().meanPerSecond();
    double pauses =
        Pauses.unevenness(
            seen.requests(),
            before,
            spread,
            seen.traffic(),
            perSecond,
            new Watched(before, fit, spread).perRequest(seen.peak()));
    return new Candidate(
        place,
        new Watched(before, fitBefore(seen), spread),
        new Watched(use, fit, changed.of(spread, use.service())),
        Visit.of(use, deadline, perSecond, Flow.meanSeconds(flows)),
        pauses);
  }

  /** The demand as it was; of a station without a limit then, that with the change. */
  private DemandFit fitBefore(Seen seen) {
    return before.equals(use) || before.servers().isEmpty()
        ? fit
        : DemandFit.of(before, seen.traffic(), seen.peak());
  }

  /** With all of its use, for what comes beside the traffic. */
  Watched withJobs(Candidate candidate) {
    return new Watched(allTheTime, fit, candidate.changed().spread());
  }
}
