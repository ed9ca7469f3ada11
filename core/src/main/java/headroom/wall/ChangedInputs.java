package headroom.wall;

import static headroom.wall.belief.Errors.LEAST_RESPONSE;
import static headroom.wall.belief.Errors.LEAST_USE;

import headroom.model.Measure;
import headroom.model.Station;
import headroom.model.StationKind;
import headroom.rollup.Cell;
import headroom.store.History;
import headroom.store.Series;
import headroom.store.SeriesIndex;
import headroom.wall.WhatIf.Change;
import headroom.wall.evidence.Flow;
import headroom.wall.evidence.Spread;
import headroom.wall.evidence.StationUse;
import headroom.wall.evidence.Traffic;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * What the predictor reads, as it would be with some changes made: sizes of stations, how busy they
 * are, how long visits and responses take.
 */
final class ChangedInputs {
  private final WhatIf changes;
  private final History history;
  private final SeriesIndex index;
  private final Optional<Traffic> traffic;

  /** Seconds of statements that requests do not wait for any more, by service and operation. */
  private final Map<List<String>, Double> saved = new HashMap<>();

  private final Map<String, Double> savedInPools = new HashMap<>();
  private double savedInDatabase;
  private double allStatements;

  ChangedInputs(WhatIf changes, History history) {
    this.changes = changes;
    this.history = history;
    this.index = new SeriesIndex(history);
    this.traffic = changes.changes().isEmpty() ? Optional.empty() : Traffic.of(history);
    changes.changes().forEach(this::readStatements);
    allStatements =
        history.of(Measure.STATEMENT).stream().mapToDouble(one -> total(one).sum()).sum();
  }

  static ChangedInputs none(History history) {
    return new ChangedInputs(new WhatIf(List.of()), history);
  }

  /** In the time of the traffic: what a process did before is nothing that a change would save. */
  private Cell total(Series series) {
    return traffic.map(one -> one.total(series)).orElseGet(series::total);
  }

  /** Whether nothing is changed. */
  boolean isNone() {
    return changes.changes().isEmpty();
  }

  private void readStatements(Change change) {
    switch (change) {
      case Change.Servers size -> {}
      case Change.Instances instances -> {}
      case Change.Cached cached -> save(cached.statement(), 1 - cached.hitRatio(), true);
      case Change.Runs runs -> save(runs.statement(), left(runs), true);
      case Change.Async async -> save(async.statement(), 0, false);
    }
  }

  private List<Series> statements(String prefix) {
    List<Series> found =
        history.of(Measure.STATEMENT).stream()
            .filter(one -> one.key().subject().regionMatches(true, 0, prefix, 0, prefix.length()))
            .toList();
    if (found.isEmpty()) {
      throw WhatIf.unknown(
          "statement that begins with",
          prefix,
          history.of(Measure.STATEMENT).stream().map(one -> one.key().subject()).toList());
    }
    return found;
  }

  /** The share of runs that is left when those who run it do so this often. */
  private double left(Change.Runs runs) {
    List<Series> found = statements(runs.statement());
    double executed = found.stream().mapToLong(one -> total(one).count()).sum();
    Set<List<String>> operations = new HashSet<>();
    found.forEach(one -> operations.add(List.of(one.key().service(), one.key().detail())));
    double requests =
        operations.stream().mapToDouble(one -> requests(one.get(0), one.get(1))).sum();
    return requests == 0 ? 1 : Math.min(1, runs.perRequest() * requests / executed);
  }

  private double requests(String service, String operation) {
    Measure measure = history.of(Measure.OPERATION).isEmpty() ? Measure.ACTION : Measure.OPERATION;
    return index.ofService(measure, service).stream()
        .filter(one -> one.key().subject().equals(operation))
        .mapToLong(one -> total(one).count())
        .sum();
  }

  private void save(String prefix, double left, boolean inDatabaseToo) {
    for (Series one : statements(prefix)) {
      double seconds = (1 - left) * total(one).sum();
      saved.merge(List.of(one.key().service(), one.key().detail()), seconds, Double::sum);
      savedInPools.merge(one.key().service(), seconds, Double::sum);
      savedInDatabase += inDatabaseToo ? seconds : 0;
    }
  }

  /** The stations as they would be; names that no station has are an error. */
  List<StationUse> of(List<StationUse> stations) {
    for (Change change : changes.changes()) {
      switch (change) {
        case Change.Servers size -> {
          if (stations.stream().noneMatch(one -> isNamed(one, size))) {
            throw WhatIf.unknown(
                "station",
                size.station(),
                stations.stream().map(one -> one.station().text()).toList());
          }
        }
        case Change.Instances more -> {
          if (stations.stream().noneMatch(one -> one.service().equals(more.service()))) {
            throw WhatIf.unknown(
                "service", more.service(), stations.stream().map(StationUse::service).toList());
          }
        }
        case Change.Cached unused -> {}
        case Change.Runs unused -> {}
        case Change.Async unused -> {}
      }
    }
    return changes.changes().isEmpty() ? stations : stations.stream().map(this::of).toList();
  }

  private static boolean isNamed(StationUse one, Change.Servers change) {
    return Station.parse(change.station()).filter(one.station()::equals).isPresent();
  }

  private StationUse of(StationUse station) {
    OptionalDouble servers = station.servers();
    double use = 1;
    for (Change change : changes.changes()) {
      if (change instanceof Change.Servers size && isNamed(station, size)) {
        servers = OptionalDouble.of(size.count());
      }
      if (change instanceof Change.Instances more && more.service().equals(station.service())) {
        use *= instances(station.service()) / more.count();
      }
    }
    double shorter = shorter(station);
    double factor = use * shorter;
    var hold = station.hold();
    return new StationUse(
        station.station(),
        servers,
        station.unit(),
        station.samples().stream()
            .map(one -> new StationUse.Sample(one.from(), one.to(), factor * one.busy()))
            .toList(),
        hold == null || shorter == 1 ? hold : hold.withMean(shorter * hold.mean()),
        station.visitsPerSecond(),
        station.notes());
  }

  /** How the work of a station of this service would be spread over instances. */
  Spread of(Spread spread, String service) {
    Spread changed = spread;
    for (Change change : changes.changes()) {
      if (change instanceof Change.Instances more && more.service().equals(service)) {
        changed = spread.evenlyOver(more.count());
      }
    }
    return changed;
  }

  private double instances(String service) {
    Set<String> seen = new HashSet<>();
    for (Measure measure : List.of(Measure.POOL_USED, Measure.POOL_HOLD, Measure.CPU_TIME)) {
      index.ofService(measure, service).forEach(one -> seen.add(one.key().instance()));
    }
    return Math.max(1, seen.size());
  }

  /** By how much less it is used for the statements that are saved. */
  private double shorter(StationUse station) {
    if (station.kind() == StationKind.POOL) {
      double held = sum(Measure.POOL_HOLD, station.service());
      double all = held > 0 ? held : sum(Measure.HOLD, station.service());
      return without(savedInPools.getOrDefault(station.service(), 0.0), all);
    }
    boolean serves =
        !index.ofService(Measure.OPERATION, station.service()).isEmpty()
            || !index.ofService(Measure.ACTION, station.service()).isEmpty();
    return station.kind() == StationKind.CPU && !serves
        ? without(savedInDatabase, allStatements)
        : 1;
  }

  private static double without(double part, double whole) {
    return part == 0 || whole == 0 ? 1 : Math.max(LEAST_USE, 1 - part / whole);
  }

  private double sum(Measure measure, String service) {
    return index.ofService(measure, service).stream().mapToDouble(one -> total(one).sum()).sum();
  }

  /** The flow of an operation with what its requests do not wait for taken out. */
  Flow of(Flow flow, String service, double requests) {
    double seconds = saved.getOrDefault(List.of(service, flow.name()), 0.0);
    if (seconds == 0 || requests == 0) {
      return flow;
    }
    double less = seconds / requests;
    double[] shorter =
        Arrays.stream(flow.seconds())
            .map(one -> Math.max(LEAST_RESPONSE * one, one - less))
            .toArray();
    return flow.taking(shorter);
  }
}
