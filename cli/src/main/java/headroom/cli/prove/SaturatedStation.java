package headroom.cli.prove;

import headroom.analysis.StationUses;
import headroom.analysis.StationUses.Use;
import headroom.model.Station;
import headroom.model.StationKind;
import headroom.model.StationMeasures.Role;
import headroom.wall.Objective;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

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
  /** Of what is shared by all that runs on it: a processor, an event loop. */
  private static final double SHARED_FULL = 0.93;

  private static final double MAKES_WAIT = 0.7;

  /** Waiting that long at the objective's quantile, as a share of what it allows, explains it. */
  private static final double WAIT_SHARE = 0.4;

  private final StationUses uses;
  private final double longWait;

  private SaturatedStation(StationUses uses, Objective objective) {
    this.uses = uses;
    this.longWait = WAIT_SHARE * objective.seconds();
  }

  /** The station that was full, empty when none was by these thresholds. */
  static Optional<Station> among(StationUses uses, Objective objective) {
    return new SaturatedStation(uses, objective).find();
  }

  private Optional<Station> find() {
    return fullest(StationKind.CPU, use -> use.utilization() >= SHARED_FULL)
        .or(this::fullLoop)
        .or(this::longestWait)
        .or(() -> fullest(StationKind.POOL, this::isHeldUp))
        .or(() -> fullest(StationKind.EXECUTOR, this::isHeldUp))
        .or(() -> fullest(StationKind.THREADS, this::isHeldUp));
  }

  /** One that all requests of an instance share, and that reports its share, as event loops do. */
  private Optional<Station> fullLoop() {
    return greatest(
        entry ->
            entry.getKey().kind() != StationKind.CPU
                && entry.getKey().kind().measures().in(Role.SHARE).isPresent()
                && entry.getValue().utilization() >= SHARED_FULL,
        Use::utilization);
  }

  private Optional<Station> longestWait() {
    return greatest(
        entry ->
            entry.getKey().kind() == StationKind.POOL
                && entry.getValue().waitSeconds().orElse(0) >= longWait,
        use -> use.waitSeconds().orElse(0));
  }

  /** Busy enough for requests to wait, and not known to have made them wait for a moment only. */
  private boolean isHeldUp(Use use) {
    OptionalDouble wait = use.waitSeconds();
    return use.utilization() >= MAKES_WAIT && (wait.isEmpty() || wait.getAsDouble() >= longWait);
  }

  private Optional<Station> fullest(StationKind kind, Predicate<Use> isFull) {
    return greatest(
        entry -> entry.getKey().kind() == kind && isFull.test(entry.getValue()), Use::utilization);
  }

  private Optional<Station> greatest(
      Predicate<Map.Entry<Station, Use>> among, ToDoubleFunction<Use> by) {
    Stream<Map.Entry<Station, Use>> all = uses.byStation().entrySet().stream().filter(among);
    return all.max(Comparator.comparingDouble(entry -> by.applyAsDouble(entry.getValue())))
        .map(Map.Entry::getKey);
  }
}
