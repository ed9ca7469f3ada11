package headroom.wall;

import headroom.queueing.ProcessorSharing;
import headroom.queueing.WaitingTable;
import headroom.wall.StationUse.Discipline;
import org.jspecify.annotations.Nullable;

/**
 * A station as it may be.
 *
 * @param servers how many it has
 * @param ceiling share of them that can really be used
 * @param holdSeconds how long a visit keeps a server today
 * @param holdCv2 variance of that time over its mean squared
 * @param waits its waiting times; null where nobody waits
 * @param stretch by how much waits are longer than in {@code waits}
 * @param spread of its work over instances, of which it is the busiest
 * @param pauses of a processor: by how much they make its work more uneven, see {@link Pauses}
 * @param pathShare of a processor: its share of a response's time today
 * @param holdShares the share of each processor in the time of a visit today, by station
 */
@SuppressWarnings("ArrayRecordComponent") // read in an inner loop, never compared
record StationModel(
    Discipline discipline,
    double servers,
    double ceiling,
    Demand demand,
    double holdSeconds,
    double holdCv2,
    @Nullable WaitingTable waits,
    double stretch,
    Spread spread,
    double pauses,
    double pathShare,
    double[] holdShares) {
  boolean isProcessor() {
    return discipline == Discipline.SHARE;
  }

  double utilizationAt(double multiple) {
    return demand.busyAt(multiple) / (servers * ceiling);
  }

  int wholeServers() {
    return Math.max(1, (int) Math.round(servers));
  }

  /** Of a processor: by how much work takes longer, for those who share it. */
  double meanSlowdown(double utilization) {
    return ProcessorSharing.meanSlowdown(wholeServers(), utilization);
  }
}
