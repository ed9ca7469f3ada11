package headroom.wall.evidence;

import static headroom.wall.belief.Arrivals.MOST_VISITS;

import headroom.model.Discipline;
import headroom.model.Measure;
import headroom.model.SeriesKey;
import headroom.model.Station;
import headroom.model.StationKind;
import headroom.rollup.Cell;
import headroom.store.History;
import headroom.store.Series;
import headroom.store.SeriesIndex;
import headroom.wall.evidence.Traffic.Action;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How often a request of each root operation visits each station. Pools count their visits; traces
 * tell which operations make them, and where they do not every operation makes its share.
 */
public final class Visits {
  /** By service, operation and database. */
  private final Map<List<String>, Cell> holds = new HashMap<>();

  private final PoolDatabases databases;
  private final Traffic traffic;

  public Visits(History history, Traffic traffic) {
    this.traffic = traffic;
    this.databases = new PoolDatabases(new SeriesIndex(history));
    for (Series series : history.of(Measure.HOLD)) {
      holds.computeIfAbsent(key(series.key()), unused -> new Cell()).merge(series.total());
    }
  }

  private static List<String> key(SeriesKey key) {
    return List.of(key.service(), key.subject(), key.detail());
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
    List<String> own = databases(station);
    double traced = tracedVisits(station.service(), own);
    double counted = station.visitsPerSecond().orElse(0) * traffic.spanSeconds();
    if (traced == 0) {
      double all = traffic.actions().stream().mapToLong(one -> one.total().count()).sum();
      return Math.min(MOST_VISITS, counted > 0 ? counted / all : 1);
    }
    if (!station.service().equals(action.service())) {
      return 0;
    }
    double scale = counted > 0 ? counted / traced : 1;
    return Math.min(
        MOST_VISITS, scale * count(station.service(), action, own) / action.total().count());
  }

  /** How many visits of actions that the service itself serves were traced. */
  private double tracedVisits(String service, List<String> own) {
    return traffic.actions().stream()
        .filter(action -> action.service().equals(service))
        .mapToDouble(action -> count(service, action, own))
        .sum();
  }

  private double count(String service, Action action, List<String> own) {
    double sum = 0;
    for (String database : own) {
      Cell held = holds.get(List.of(service, action.name(), database));
      sum += held == null ? 0 : held.count();
    }
    return sum;
  }

  /** Those that its connections are to; all of the service where nobody knows. */
  private List<String> databases(StationUse station) {
    List<String> known = databases.of(station.service(), station.station().subject());
    return known.isEmpty()
        ? holds.keySet().stream()
            .filter(key -> key.get(0).equals(station.service()))
            .map(key -> key.get(2))
            .distinct()
            .toList()
        : known;
  }
}
