package headroom.load.study.capacity;

import headroom.load.result.LoadResult;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a search has found.
 *
 * @param capacityPerSecond the highest rate of journeys that held; empty when none did
 * @param breaksAtPerSecond the lowest rate that broke; empty when the highest allowed one held
 * @param kneePerSecond the rate from which response time rises faster than load
 * @param scalability absent with fewer than four usable plateaus
 * @param plateaus in the order they were run
 */
public record CapacityResult(
    OptionalDouble capacityPerSecond,
    OptionalDouble breaksAtPerSecond,
    OptionalDouble kneePerSecond,
    Optional<Scalability> scalability,
    List<Plateau> plateaus,
    LoadResult run) {
  public CapacityResult {
    plateaus = List.copyOf(plateaus);
  }
}
