package headroom.wall.evidence;

import static headroom.wall.belief.Arrivals.MOST_VISITS;

import headroom.model.Discipline;
import headroom.model.Measure;
import headroom.model.Station;
import headroom.model.StationKind;
import headroom.rollup.Cell;
import headroom.store.History;
import headroom.store.Series;
import headroom.wall.evidence.Traffic.Action;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How often a request of each root operation visits each station. Pools count their visits; traces
 * tell which operations make them, and where they do not every operation makes its share.
 */
public final class Visits {
  private final Map<List<String>, Cell> holds = new HashMap<>();
  private final Traffic traffic;

  public Visits(History history, Traffic traffic) {
    this.traffic = traffic;
    for (Series series : history.of(Measure.HOLD)) {
      holds
          .computeIfAbsent(
              List.of(series.key().service(), series.key().subject()), unused -> new Cell())
          .merge(series.total());
    }
  }

  /** Visits per request of this action, by station that it visits. */
  public Map<Station, Double> of(Action action, List<StationUse> stations) {
    Map<Station, Double> visits = new HashMap<>();
    for (StationUse station : stations) {
      double perRequest = perRequest(action, station);
      if (perRequest > 0) {
        visits.put(station.station(), perRequest);
      }
    }
    return visits;
  }

  private double perRequest(Action action, StationUse station) {
    if (station.discipline() != Discipline.WAIT || action.total().count() == 0) {
      return 0;
    }
    if (station.kind() != StationKind.POOL) {
      return station.service().equals(action.service()) ? 1 : 0;
    }
    double traced = tracedVisits(station.service());
    double counted = station.visitsPerSecond().orElse(0) * traffic.spanSeconds();
    if (traced == 0) {
      double all = traffic.actions().stream().mapToLong(one -> one.total().count()).sum();
      return Math.min(MOST_VISITS, counted > 0 ? counted / all : 1);
    }
    Cell own = holds.get(List.of(station.service(), action.name()));
    if (own == null || !station.service().equals(action.service())) {
      return 0;
    }
    double scale = counted > 0 ? counted / traced : 1;
    return Math.min(MOST_VISITS, scale * own.count() / action.total().count());
  }

  /** How many visits of actions that the service itself serves were traced. */
  private double tracedVisits(String service) {
    double sum = 0;
    for (Action action : traffic.actions()) {
      Cell own = holds.get(List.of(service, action.name()));
      if (own != null && action.service().equals(service)) {
        sum += own.count();
      }
    }
    return sum;
  }
}
