package headroom.wall;

import static headroom.wall.belief.Limits.SMALLEST_UTILIZATION;

import headroom.model.Station;
import headroom.queueing.Monotone;
import headroom.store.History;
import headroom.wall.evidence.CalmTime;
import headroom.wall.evidence.Demand;
import headroom.wall.evidence.DemandFit;
import headroom.wall.evidence.StationUse;
import headroom.wall.evidence.Stations;
import headroom.wall.evidence.Traffic;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What one station can do for requests at most, at central values and without an objective.
 *
 * @param servers how many it has
 * @param utilizationAtPeak 0..1 and above, at the reference peak
 * @param peakPerSecond the reference peak in root operations per second
 * @param fullAtPerSecond the rate of root operations at which it is full
 */
public record Capacity(
    Station station,
    double servers,
    double utilizationAtPeak,
    double peakPerSecond,
    double fullAtPerSecond) {
  /** The service that the station belongs to. */
  public String service() {
    return station.service();
  }

  /** The stations that hold up responses when they are full and whose use is told. */
  public static List<Capacity> of(History history) {
    Optional<Traffic> seen = Traffic.of(history);
    Optional<Double> peak = seen.flatMap(Traffic::peakPerSecond);
    List<Capacity> capacities = new ArrayList<>();
    if (seen.isEmpty() || peak.isEmpty()) {
      return capacities;
    }
    var calm = new CalmTime(history, seen.get());
    for (StationUse use : Stations.find(history, seen.get())) {
      if (use.discipline().delaysResponses() && use.servers().isPresent()) {
        capacity(calm.of(use), seen.get(), peak.get()).ifPresent(capacities::add);
      }
    }
    return capacities;
  }

  private static Optional<Capacity> capacity(StationUse use, Traffic traffic, double peak) {
    double servers = use.servers().orElseThrow();
    double usable = use.usableServers();
    Demand demand = DemandFit.of(use, traffic, peak).central();
    double utilization = demand.busyAt(1) / servers;
    if (utilization < SMALLEST_UTILIZATION || demand.background() >= usable) {
      return Optional.empty();
    }
    return Optional.of(
        new Capacity(use.station(), servers, utilization, peak, peak * fullAt(demand, usable)));
  }

  private static double fullAt(Demand demand, double usable) {
    double plain = (usable - demand.background()) / demand.atPeak();
    return Monotone.inverse(demand::busyAt, 0, 2 * plain, usable);
  }
}
