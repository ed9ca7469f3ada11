package headroom.cli.prove;

import headroom.analysis.StationUses;
import headroom.model.Station;
import headroom.wall.Estimate;
import headroom.wall.Wall;
import headroom.wall.Walls;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Prediction beside measurement.
 *
 * @param station that was full while the objective failed, read without the predictor; empty when
 *     none was by plain thresholds
 * @param use of each station at that time
 * @param plateaus all that were held, in their order
 */
public record ProofResult(
    Proof.Settings settings,
    Watched watched,
    Outcome outcome,
    Optional<Station> station,
    StationUses use,
    List<Plateau> plateaus) {
  static final String NO_STATION = "no station that reports itself";

  public ProofResult {
    plateaus = List.copyOf(plateaus);
  }

  /** The wall that was predicted to come first. */
  static Optional<Wall> first(Walls walls) {
    return walls.walls().stream().filter(wall -> wall.multiple() != null).findFirst();
  }

  Optional<Wall> first() {
    return first(watched.walls());
  }

  /** The multiple that was predicted for it. */
  Optional<Estimate> predicted() {
    return first().flatMap(wall -> Optional.ofNullable(wall.multiple()));
  }

  /** The reference peak while watching, root operations per second. */
  double peakPerSecond() {
    Walls.Load load = watched.walls().load();
    return load == null ? 0 : load.peakPerSecond();
  }

  /** Root operations per second that telemetry counts at so many requests per second. */
  double counted(double requestsPerSecond) {
    return requestsPerSecond * watched.counted();
  }

  /** So many requests per second as a multiple of the watched peak. */
  double multiple(double requestsPerSecond) {
    return counted(requestsPerSecond) / peakPerSecond();
  }

  /** The measured wall in root operations per second; empty when it was not reached. */
  Optional<MeasuredWall> wall() {
    return switch (outcome) {
      case Outcome.Reached reached -> {
        MeasuredWall wall = reached.wall();
        yield Optional.of(
            new MeasuredWall(counted(wall.perSecond()), counted(wall.low()), counted(wall.high())));
      }
      case Outcome.NotReached notReached -> Optional.empty();
    };
  }

  /** The measured wall as a multiple of the watched peak. */
  OptionalDouble measuredMultiple() {
    return wall()
        .map(wall -> OptionalDouble.of(wall.perSecond() / peakPerSecond()))
        .orElse(OptionalDouble.empty());
  }

  /** How far the prediction was off, as a share of what was measured; positive when too high. */
  OptionalDouble relativeError() {
    OptionalDouble measured = measuredMultiple();
    return predicted()
        .filter(estimate -> measured.isPresent())
        .map(estimate -> OptionalDouble.of(estimate.median() / measured.getAsDouble() - 1))
        .orElse(OptionalDouble.empty());
  }

  /** Whether the interval holds what was measured; empty when one of the two is not known. */
  Optional<Boolean> insideInterval() {
    OptionalDouble measured = measuredMultiple();
    return predicted()
        .filter(estimate -> measured.isPresent())
        .map(estimate -> estimate.contains(measured.getAsDouble()));
  }

  /** Whether the named station is the one that was full; empty when none was seen to be. */
  Optional<Boolean> stationRight() {
    return first().flatMap(wall -> station.map(wall.station()::equals));
  }

  String measuredStation() {
    return station.map(Station::text).orElse(NO_STATION);
  }

  /** Whether the load got to where the objective fails. */
  public boolean isReached() {
    return outcome instanceof Outcome.Reached;
  }
}
