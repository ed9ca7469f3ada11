package headroom.wall.evidence;

import static headroom.wall.belief.Demands.FARTHEST_GROWTH;
import static headroom.wall.belief.Demands.LEAST_WORK;

/**
 * How many servers of a station are busy at a multiple m of the reference peak: y(m) = b + D m (1 +
 * γ (m − 1) / 2 + κ (y(m) / c − u)), with c servers.
 *
 * @param background b, busy without any traffic
 * @param atPeak D, busy because of the traffic at the peak
 * @param growth γ, by which share the work per request has grown at three times the peak
 * @param crowding κ, by which share of the work at the peak it is more when all servers are busy
 *     than when none is: hyper-threads, memory that all wait for; 0 for none
 */
public record Demand(double background, double atPeak, double growth, Crowd crowding) {
  /**
   * κ and what it refers to.
   *
   * @param kappa κ
   * @param servers c
   * @param usedAtPeak u, the share of them that was busy at the peak when {@code atPeak} was seen
   */
  public record Crowd(double kappa, double servers, double usedAtPeak) {
    static final Crowd NONE = new Crowd(0, 1, 0);
  }

  public double busyAt(double multiple) {
    double beyond = Math.min(FARTHEST_GROWTH, Math.max(0, multiple - 1) / 2);
    double plain = atPeak * multiple * Math.max(LEAST_WORK, 1 + growth * beyond);
    if (crowding.kappa == 0) {
      return background + plain;
    }
    return background + plain * workAt(background, plain);
  }

  /** By how much the work of a request is more than at the peak, because of crowding. */
  public double crowdedAt(double multiple) {
    return crowding.kappa == 0 ? 1 : workAt(background, atPeak * multiple);
  }

  /** 1 + κ (y / c − u) with y = b + w times that; once all are busy it grows no more. */
  private double workAt(double idle, double plain) {
    double kappa = crowding.kappa;
    double full = 1 + kappa * (1 - crowding.usedAtPeak);
    double left = 1 - kappa * plain / crowding.servers;
    double work =
        left <= 0 ? full : (1 + kappa * (idle / crowding.servers - crowding.usedAtPeak)) / left;
    return Math.max(LEAST_WORK, kappa > 0 ? Math.min(work, full) : Math.max(work, full));
  }
}
