package headroom.wall;

import headroom.model.Discipline;
import headroom.queueing.ProcessorSharing;
import headroom.queueing.WaitingTable;
import org.jspecify.annotations.Nullable;

/**
 * A station as it may be.
 *
 * @param servers how many it has
 * @param ceiling share of them that can really be used
 * @param holdSeconds how long a visit keeps a server today
 * @param waits its waiting times; null where nobody waits
 * @param stretch by how much waits are longer than in {@code waits}
 * @param spread of its work over instances, of which it is the busiest
 * @param pauses of a processor: by how much they make its work more uneven, see {@link Pauses}
 * @param pathShare of a processor: its share of a response's time today
 * @param holdShares the share of each processor in the time of a visit today, by station
 * @param beside servers that something else than the traffic keeps busy, though not today
 */
@SuppressWarnings("ArrayRecordComponent") // read in an inner loop, never compared
record StationModel(
    Discipline discipline,
    double servers,
    double ceiling,
    Demand demand,
    double holdSeconds,
    @Nullable WaitingTable waits,
    double stretch,
    Spread spread,
    double pauses,
    double pathShare,
    double[] holdShares,
    double beside) {
  boolean isProcessor() {
    return discipline == Discipline.SHARE;
  }

  double utilizationAt(double multiple) {
    return (demand.busyAt(multiple) + beside) / (servers * ceiling);
  }

  /** With what the traffic alone keeps busy, as in the time from which response times are taken. */
  double utilizationToday(double multiple) {
    return demand.busyAt(multiple) / (servers * ceiling);
  }

  StationModel beside(double busy) {
    return new StationModel(
        discipline,
        servers,
        ceiling,
        demand,
        holdSeconds,
        waits,
        stretch,
        spread,
        pauses,
        pathShare,
        holdShares,
        busy);
  }

  int wholeServers() {
    return Math.max(1, (int) Math.round(servers));
  }

  /** Of a processor: by how much work takes longer, for those who share it. */
  double meanSlowdown(double utilization) {
    return ProcessorSharing.meanSlowdown(wholeServers(), utilization);
  }
}
