package headroom.wall.model;

import headroom.model.Station;
import java.util.Map;
import java.util.Optional;

/**
 * Where the walls are in one world.
 *
 * @param walls by station, in the order of the candidates
 * @param first the station that breaks first; empty when none does within what is looked at
 * @param besideJobs whether it does while something else than the traffic uses it
 * @param hidden whether a server that nobody reports breaks before it
 * @param modelled the lowest wall as the stations alone tell it, whatever was seen to hold
 * @param withoutJobs the lowest wall were there no jobs, likewise
 */
public record Outcome(
    Map<Station, Multiples> walls,
    Optional<Station> first,
    boolean besideJobs,
    boolean hidden,
    double modelled,
    double withoutJobs) {
  /**
   * Multiples of the peak at which something happens to a station.
   *
   * @param fails where the objective fails
   * @param full where it is full; never below that
   */
  public record Multiples(double fails, double full) {}

  public Multiples at(Station station) {
    return Optional.ofNullable(walls.get(station)).orElseThrow();
  }

  /** The lowest wall. */
  public double nearest() {
    return walls.values().stream().mapToDouble(Multiples::fails).min().orElseThrow();
  }
}
