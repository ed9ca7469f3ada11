package headroom.cli.prove;

import headroom.model.Measure;
import headroom.model.SeriesKey;
import headroom.model.Station;
import headroom.model.StationKind;
import headroom.model.StationMeasures;
import headroom.model.StationMeasures.Role;
import headroom.rollup.Cell;
import headroom.store.History;
import headroom.store.Series;
import headroom.wall.Objective;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * How busy each station was for a while, read plainly from telemetry: by how long its servers were
 * held where that is timed, else by the level that is reported.
 */
record StationUses(Map<Station, Use> byStation) {
  static final StationUses NONE = new StationUses(Map.of());

  /**
   * How busy one was.
   *
   * @param utilization 0..1, of the fullest of its instances
   * @param waitSeconds what was waited for it, at the objective's quantile; empty where that is not
   *     reported
   */
  record Use(double utilization, OptionalDouble waitSeconds) {
    Use fuller(Use other) {
      return new Use(
          Math.max(utilization, other.utilization),
          waitSeconds.isEmpty()
              ? other.waitSeconds
              : OptionalDouble.of(
                  Math.max(waitSeconds.getAsDouble(), other.waitSeconds.orElse(0))));
    }
  }

  StationUses {
    byStation = Collections.unmodifiableMap(new TreeMap<>(byStation));
  }

  Optional<Use> of(Station station) {
    return Optional.ofNullable(byStation.get(station));
  }

  static StationUses of(History history, Objective objective) {
    Map<Station, Use> uses = new HashMap<>();
    for (StationKind kind : StationKind.values()) {
      if (kind.discipline().isPresent()) {
        add(kind, history, objective, uses);
      }
    }
    return new StationUses(uses);
  }

  private static void add(
      StationKind kind, History history, Objective objective, Map<Station, Use> uses) {
    StationMeasures told = kind.measures();
    Map<Place, Double> utilizations = new HashMap<>();
    double seconds = Duration.between(history.from(), history.to()).toMillis() / 1e3;
    Map<Place, Cell> limits = totals(history, told.in(Role.LIMIT));
    for (Role role : List.of(Role.SHARE, Role.MACHINE_SHARE)) {
      totals(history, told.in(role))
          .forEach((place, cell) ->
              cell.mean().ifPresent(mean -> utilizations.merge(place, mean, Math::max)));
    }
    totals(history, told.in(Role.USED))
        .forEach((place, cell) ->
            room(limits, place)
                .ifPresent(room ->
                    utilizations.put(place, cell.mean().orElse(0) / room)));
    totals(history, told.in(Role.HOLD))
        .forEach((place, cell) ->
            room(limits, place)
                .ifPresent(room ->
                    utilizations.merge(place, cell.sum() / seconds / room, Math::max)));
    Map<Place, Cell> waits = totals(history, told.in(Role.WAIT));
    utilizations.forEach((place, utilization) -> {
      Cell wait = waits.get(place);
      var use =
          new Use(
              Math.clamp(utilization, 0, 1),
              wait == null ? OptionalDouble.empty() : wait.quantile(objective.quantile()));
      String subject = kind == StationKind.CPU ? "" : place.subject;
      uses.merge(new Station(place.service, kind, subject), use, Use::fuller);
    });
  }

  /** One station of one instance. */
  private record Place(String service, String instance, String subject) {}

  private static OptionalDouble room(Map<Place, Cell> limits, Place place) {
    Cell limit = limits.get(place);
    if (limit == null) {
      limit = limits.get(new Place(place.service, place.instance, ""));
    }
    return limit == null || !(limit.last() > 0)
        ? OptionalDouble.empty()
        : OptionalDouble.of(limit.last());
  }

  private static Map<Place, Cell> totals(History history, Optional<Measure> measure) {
    Map<Place, Cell> totals = new HashMap<>();
    for (Series series : measure.map(history::of).orElse(List.of())) {
      SeriesKey key = series.key();
      totals
          .computeIfAbsent(
              new Place(key.service(), key.instance(), key.subject()), unused -> new Cell())
          .merge(series.total());
    }
    return totals;
  }
}
