package headroom.drift;

import static headroom.drift.SuspectBeliefs.NEUTRAL_SHARE;
import static headroom.drift.SuspectBeliefs.SLOWER_TOO;
import static headroom.drift.SuspectBeliefs.WHOLE_SERVICE_ODDS;

/** Which share of the other operations of a service became slower with the one in question. */
final class Scope {
  private final int others;
  private final int slower;

  Scope(Landscape landscape, Target target, Change change) {
    int counted = 0;
    int rising = 0;
    for (Target other : landscape.targets) {
      if (other.service.equals(target.service)
          && other.measure == target.measure
          && !other.operation.equals(target.operation)) {
        Residuals r = other.near(target.quantile());
        if (r != null) {
          counted++;
          rising += r.shows(change).z() >= SLOWER_TOO ? 1 : 0;
        }
      }
    }
    others = counted;
    slower = rising;
  }

  /**
   * @param whole whether such a cause concerns all operations of its service, rather than those
   *     that use it
   */
  void judge(Suspect suspect, boolean whole) {
    if (others > 0) {
      double share = (double) slower / others;
      double odds = whole ? WHOLE_SERVICE_ODDS * (share - NEUTRAL_SHARE) : NEUTRAL_SHARE - share;
      suspect.term(odds, "%d of %d other operations of the service are slower too", slower, others);
    }
  }
}
