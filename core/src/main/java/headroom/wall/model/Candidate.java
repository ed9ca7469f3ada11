package headroom.wall.model;

import headroom.model.Discipline;
import headroom.model.Station;
import headroom.queueing.ServiceTimes;
import headroom.queueing.WaitingTable;
import headroom.wall.evidence.Deadline;
import headroom.wall.evidence.StationUse;
import headroom.wall.evidence.Watched;
import java.util.Optional;

/**
 * One station whose wall is looked for, with what was learnt of it.
 *
 * @param place its place among all candidates, with which its draws are seeded
 * @param seen as it was, outside of jobs
 * @param changed as it would be with what is to be changed; as seen where nothing is
 * @param visit what a request does there
 * @param pauses of a processor: by how much they make its work more uneven; 0 for none
 */
public record Candidate(int place, Watched seen, Watched changed, Visit visit, double pauses) {
  /**
   * One request at a station.
   *
   * @param seconds how long it keeps a server, today
   * @param waits how long it waits for one; empty where nobody waits
   */
  public record Visit(double seconds, Optional<WaitingTable> waits) {
    private static final double SHORTEST_SECONDS = 1e-6;
    private static final double FEWEST_PER_SECOND = 1e-9;

    /**
     * A visit as it was seen.
     *
     * @param responsesPerSecond taken for the rate of visits where that is not told
     * @param meanSeconds of all responses
     */
    public static Visit of(
        StationUse use, Deadline deadline, double responsesPerSecond, double meanSeconds) {
      double seconds = seconds(use, responsesPerSecond);
      if (use.discipline() != Discipline.WAIT) {
        return new Visit(seconds, Optional.empty());
      }
      int servers = (int) Math.max(1, Math.round(use.servers().orElse(1)));
      ServiceTimes shape = use.hold() == null ? ServiceTimes.gamma(1, 1) : use.hold();
      double patience = deadline.patience(meanSeconds) / seconds;
      return new Visit(seconds, Optional.of(new WaitingTable(servers, shape, patience)));
    }

    /** How long it takes; by Little's law where it is not told. */
    private static double seconds(StationUse use, double responsesPerSecond) {
      if (use.hold() != null) {
        return Math.max(SHORTEST_SECONDS, use.hold().mean());
      }
      double visits = use.visitsPerSecond().orElse(responsesPerSecond);
      return Math.max(SHORTEST_SECONDS, use.meanBusy() / Math.max(visits, FEWEST_PER_SECOND));
    }
  }

  public Station station() {
    return changed.use().station();
  }

  /** How busy it was, with what is to be changed. */
  public StationUse use() {
    return changed.use();
  }

  boolean isProcessor() {
    return use().discipline() == Discipline.SHARE;
  }

  double servers() {
    return use().servers().orElseThrow();
  }
}
