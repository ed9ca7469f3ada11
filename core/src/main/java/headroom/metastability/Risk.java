package headroom.metastability;

import headroom.wall.Capacity;
import java.util.List;

/**
 * One station's risk of staying down after a short overload.
 *
 * @param capacity the station
 * @param state the numbers at the reference peak
 * @param isLearnt whether the callers' attempts and timeout were seen at work; otherwise they are
 *     assumptions
 * @param assumptions what was not seen, in words
 */
public record Risk(
    Capacity capacity, Metastability state, boolean isLearnt, List<String> assumptions) {
  public Risk {
    assumptions = List.copyOf(assumptions);
  }
}
