package headroom.load.study.capacity;

import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The load from which response time rises faster than load: where the elasticity {@code d log R / d
 * log λ} between neighbouring plateaus first exceeds 1 and stays there.
 */
final class Knee {
  private Knee() {}

  /** Between the two plateaus where it begins, by their geometric mean; empty when it does not. */
  static OptionalDouble of(List<Plateau> plateaus) {
    List<Plateau> sorted =
        plateaus.stream()
            .filter(p -> p.p50Seconds().isPresent() && p.p50Seconds().getAsDouble() > 0)
            .sorted(Comparator.comparingDouble(Plateau::ratePerSecond))
            .toList();
    OptionalDouble knee = OptionalDouble.empty();
    for (int i = sorted.size() - 1; i > 0; i--) {
      Plateau low = sorted.get(i - 1);
      Plateau high = sorted.get(i);
      double load = Math.log(high.ratePerSecond() / low.ratePerSecond());
      double time = Math.log(high.p50Seconds().getAsDouble() / low.p50Seconds().getAsDouble());
      if (load <= 0 || time <= load) {
        break;
      }
      knee = OptionalDouble.of(Math.sqrt(low.ratePerSecond() * high.ratePerSecond()));
    }
    return knee;
  }
}
