package headroom.cli.prove;

import headroom.model.SeriesKey;
import headroom.model.Station;
import headroom.model.StationKind;
import headroom.model.StationMeasures.Role;
import headroom.rollup.Cell;
import headroom.store.History;
import headroom.store.Series;
import headroom.wall.Objective;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Which station had no room left while the objective failed, read from the telemetry of that time
 * by plain thresholds and so independent of the predictor.
 *
 * <p>The objective fails before a station is quite full: at p99 a pool of a few connections makes
 * requests wait too long from about three quarters of its capacity on. So where waiting is reported
 * it decides, and only else how full a station was. The deepest station is named: a pool that is
 * full because the processor is, is a symptom.
 */
final class SaturatedStation {
  private static final double PROCESSOR_FULL = 0.93;
  private static final double MAKES_WAIT = 0.7;

  /** Waiting that long at the objective's quantile, as a share of what it allows, explains it. */
  private static final double WAIT_SHARE = 0.4;

  private SaturatedStation() {}

  /** The station that was full, empty when none was by these thresholds. */
  static Optional<Station> during(History failing, Objective objective) {
    return fullProcessor(failing)
        .or(() -> longestWait(failing, objective))
        .or(() -> fullest(failing, StationKind.POOL))
        .or(() -> fullest(failing, StationKind.EXECUTOR))
        .or(() -> fullest(failing, StationKind.THREADS));
  }

  private static Optional<Station> fullProcessor(History failing) {
    return told(failing, StationKind.CPU, Role.MACHINE_SHARE).stream()
        .filter(series -> series.total().mean().orElse(0) >= PROCESSOR_FULL)
        .findFirst()
        .map(series -> new Station(series.key().service(), StationKind.CPU, ""));
  }

  private static Optional<Station> longestWait(History failing, Objective objective) {
    Optional<Station> best = Optional.empty();
    double longest = WAIT_SHARE * objective.seconds();
    for (Series series : told(failing, StationKind.POOL, Role.WAIT)) {
      double wait = series.total().quantile(objective.quantile()).orElse(0);
      if (wait >= longest) {
        longest = wait;
        best = Optional.of(station(StationKind.POOL, series));
      }
    }
    return best;
  }

  private static Optional<Station> fullest(History failing, StationKind kind) {
    Optional<Station> best = Optional.empty();
    double bestUtilization = MAKES_WAIT;
    for (Series series : told(failing, kind, Role.USED)) {
      OptionalDouble room = last(told(failing, kind, Role.LIMIT), series.key());
      Cell total = series.total();
      if (room.isEmpty() || total.count() == 0 || !(room.getAsDouble() > 0)) {
        continue;
      }
      double utilization = total.sum() / total.count() / room.getAsDouble();
      if (utilization >= bestUtilization) {
        bestUtilization = utilization;
        best = Optional.of(station(kind, series));
      }
    }
    return best;
  }

  private static Station station(StationKind kind, Series series) {
    return new Station(series.key().service(), kind, series.key().subject());
  }

  private static List<Series> told(History history, StationKind kind, Role role) {
    return kind.measures().in(role).map(history::of).orElse(List.of());
  }

  private static OptionalDouble last(List<Series> limits, SeriesKey used) {
    return limits.stream()
        .filter(series ->
            series.key().service().equals(used.service())
                && series.key().instance().equals(used.instance())
                && series.key().subject().equals(used.subject()))
        .mapToDouble(series -> series.total().last())
        .findFirst();
  }
}
