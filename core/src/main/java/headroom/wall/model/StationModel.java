package headroom.wall.model;

import headroom.model.Station;
import headroom.queueing.ProcessorSharing;
import headroom.queueing.WaitingTable;
import headroom.wall.evidence.Demand;
import headroom.wall.evidence.Spread;
import java.util.Map;
import java.util.Optional;

/**
 * A station as it may be.
 *
 * @param drawn what is not known of it
 * @param pathShare of a processor: its share of a response's time today
 * @param holdShares the share of each processor in the time of a visit today
 * @param beside servers that something else than the traffic keeps busy, though not today
 */
record StationModel(Drawn drawn, double pathShare, Map<Station, Double> holdShares, double beside) {
  /**
   * What is drawn of a station.
   *
   * @param demand the use that requests make of it
   * @param ceiling share of its servers that can really be used
   * @param stretch by how much waits are longer than those of its visits
   */
  record Drawn(Candidate of, Demand demand, double ceiling, double stretch) {
    Station station() {
      return of.station();
    }

    /** The demand at the peak of all instances together. */
    double ofAllInstances() {
      return demand.atPeak() / of.changed().spread().busiest();
    }
  }

  Station station() {
    return drawn.station();
  }

  boolean isProcessor() {
    return drawn.of.isProcessor();
  }

  Demand demand() {
    return drawn.demand;
  }

  /** The spread of its work over instances, of which it is the busiest. */
  Spread spread() {
    return drawn.of.changed().spread();
  }

  /** How long a visit keeps a server today. */
  double holdSeconds() {
    return drawn.of.visit().seconds();
  }

  Optional<WaitingTable> waits() {
    return drawn.of.visit().waits();
  }

  boolean waitIsInResponses() {
    return drawn.of.use().waitIsInResponses();
  }

  double pauses() {
    return drawn.of.pauses();
  }

  double holdShare(StationModel processor) {
    return holdShares.getOrDefault(processor.station(), 0.0);
  }

  double utilizationAt(double multiple) {
    return (drawn.demand.busyAt(multiple) + beside) / usable();
  }

  /** With what the traffic alone keeps busy, as in the time from which response times are taken. */
  double utilizationToday(double multiple) {
    return drawn.demand.busyAt(multiple) / usable();
  }

  private double usable() {
    return drawn.of.servers() * drawn.ceiling;
  }

  StationModel beside(double busy) {
    return new StationModel(drawn, pathShare, holdShares, busy);
  }

  int wholeServers() {
    return Math.max(1, (int) Math.round(drawn.of.servers()));
  }

  /** Of a processor: by how much work takes longer, for those who share it. */
  double meanSlowdown(double utilization) {
    return ProcessorSharing.meanSlowdown(wholeServers(), utilization);
  }
}
