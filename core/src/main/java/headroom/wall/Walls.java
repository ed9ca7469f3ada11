package headroom.wall;

import headroom.model.Station;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All walls of a system at one moment, in order of breaking; those without a multiple last.
 *
 * @param load the reference peak; null when no root operation was seen
 * @param hidden what may break before the first of them though nothing reports it; null where
 *     nothing hints at it
 * @param disturbances time that was slow for a reason that is not load
 */
public record Walls(
    Instant asOf,
    @Nullable Load load,
    List<Wall> walls,
    @Nullable HiddenLimit hidden,
    List<Disturbance> disturbances) {
  public Walls {
    walls = List.copyOf(walls);
    disturbances = List.copyOf(disturbances);
  }

  /** Walls beside which nothing hints at a hidden limit. */
  public Walls(Instant asOf, @Nullable Load load, List<Wall> walls) {
    this(asOf, load, walls, null, List.of());
  }

  /** The same with other walls. */
  public Walls with(List<Wall> others) {
    return new Walls(asOf, load, others, hidden, disturbances);
  }

  /** The station that breaks first, where one can be named. */
  public Optional<Station> firstToBreak() {
    return walls.stream().filter(wall -> wall.multiple() != null).findFirst().map(Wall::station);
  }

  /**
   * The load that multiples refer to: the median of the busiest 5 % of minutes (at least one) of
   * root operations per second.
   */
  public record Load(double peakPerSecond, Instant windowStart, Instant windowEnd) {}
}
