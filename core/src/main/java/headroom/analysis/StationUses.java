package headroom.analysis;

import headroom.model.Measure;
import headroom.model.SeriesKey;
import headroom.model.Station;
import headroom.model.StationKind;
import headroom.model.StationMeasures;
import headroom.model.StationMeasures.Role;
import headroom.rollup.Cell;
import headroom.store.History;
import headroom.store.Series;
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
public record StationUses(Map<Station, Use> byStation) {
  /** Nothing is known. */
  public static final StationUses NONE = new StationUses(Map.of());

  /**
   * How busy one was.
   *
   * @param utilization 0..1, of the fullest of its instances
   * @param waitSeconds what was waited for it, at a quantile; empty where that is not
   *     reported
   */
  public record Use(double utilization, OptionalDouble waitSeconds) {
    Use fuller(Use other) {
      return new Use(
          Math.max(utilization, other.utilization),
          waitSeconds.isEmpty()
              ? other.waitSeconds
              : OptionalDouble.of(
                  Math.max(waitSeconds.getAsDouble(), other.waitSeconds.orElse(0))));
    }
  }

  public StationUses {
    byStation = Collections.unmodifiableMap(new TreeMap<>(byStation));
  }

  /** Of one; empty where its use cannot be seen. */
  public Optional<Use> of(Station station) {
    return Optional.ofNullable(byStation.get(station));
  }

  /** Of all stations whose use can be seen. */
  public static StationUses of(History history, double quantile) {
    Map<Station, Use> uses = new HashMap<>();
    for (StationKind kind : StationKind.values()) {
      if (kind.discipline().isPresent()) {
        add(kind, history, quantile, uses);
      }
    }
    return new StationUses(uses);
  }

  private static void add(
      StationKind kind, History history, double quantile, Map<Station, Use> uses) {
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
                .ifPresent(room -> utilizations.put(place, cell.mean().orElse(0) / room)));
    totals(history, told.in(Role.HOLD))
        .forEach((place, cell) ->
            room(limits, place)
                .ifPresent(room -> {
                  double held = cell.sum() / seconds / room;
                  // A time that is measured says more than a level that is looked at now and then.
                  utilizations.merge(
                      place, held, kind == StationKind.CPU ? Math::max : (level, timed) -> timed);
                }));
    Map<Place, Cell> waits = totals(history, told.in(Role.WAIT));
    utilizations.forEach((place, utilization) -> {
      Cell wait = waits.get(place);
      var use =
          new Use(
              Math.clamp(utilization, 0, 1),
              wait == null ? OptionalDouble.empty() : wait.quantile(quantile));
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
