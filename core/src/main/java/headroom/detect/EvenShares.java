package headroom.detect;

import headroom.rollup.Cell;
import headroom.store.Series;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * What each instance got beside its even share among the instances that were there at the time.
 *
 * @param got by instance, in windows in which nobody came or went
 * @param even what it would have got if all that were there had got the same
 * @param others what each of the others that were there got meanwhile, on average
 */
record EvenShares(Map<String, Double> got, Map<String, Double> even, Map<String, Double> others) {
  /** The recent windows of these series by instance. */
  static EvenShares of(
      Observation observation,
      String service,
      Collection<Series> series,
      ToDoubleFunction<Cell> content) {
    var membership = new Membership(observation, service);
    Map<String, NavigableMap<Long, Double>> byInstance = new TreeMap<>();
    NavigableMap<Long, Double> totals = new TreeMap<>();
    for (Series one : series) {
      for (Series.Window window : one.windows()) {
        if (window.start() >= observation.recentFrom() && membership.isSettled(window.start())) {
          double value = content.applyAsDouble(window.cell());
          totals.merge(window.start(), value, Double::sum);
          byInstance
              .computeIfAbsent(one.key().instance(), unused -> new TreeMap<>())
              .merge(window.start(), value, Double::sum);
        }
      }
    }
    Map<String, Double> got = new HashMap<>();
    Map<String, Double> even = new HashMap<>();
    Map<String, Double> others = new HashMap<>();
    totals.forEach((window, total) -> {
      List<String> present = membership.present(window, byInstance.keySet());
      if (present.size() < 2) {
        return;
      }
      for (String instance : present) {
        double own = byInstance.getOrDefault(instance, new TreeMap<>()).getOrDefault(window, 0.0);
        got.merge(instance, own, Double::sum);
        even.merge(instance, total / present.size(), Double::sum);
        others.merge(instance, (total - own) / (present.size() - 1), Double::sum);
      }
    });
    return new EvenShares(got, even, others);
  }

  /** How many times its even share an instance got. */
  double ratio(String instance) {
    double fair = even.getOrDefault(instance, 0.0);
    return fair > 0 ? got.getOrDefault(instance, 0.0) / fair : 1;
  }

  /** The one that got most for its share. */
  Optional<String> hottest() {
    return got.keySet().stream()
        .max(Comparator.comparingDouble(this::ratio).thenComparing(Comparator.naturalOrder()));
  }

  int size() {
    return got.size();
  }

  double total() {
    return got.values().stream().mapToDouble(value -> value).sum();
  }
}
