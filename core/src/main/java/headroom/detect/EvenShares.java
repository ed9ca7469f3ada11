package headroom.detect;

import headroom.rollup.Cell;
import headroom.store.Series;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * What each instance got beside its even share among the instances that were there at the time.
 *
 * @param got by instance, in windows in which nobody came or went
 * @param even what it would have got if all that were there had got the same
 * @param others what each of the others that were there got meanwhile, on average
 * @param windows in how many of these windows it was there
 */
record EvenShares(
    Map<String, Double> got,
    Map<String, Double> even,
    Map<String, Double> others,
    Map<String, Integer> windows) {
  /** Whoever was there for a smaller part of the time than this may still be warming up. */
  private static final double LONG_ENOUGH = 0.3;

  private static final NavigableMap<Long, Double> NOTHING = Collections.emptyNavigableMap();

  /** The recent windows of these series by instance. */
  static EvenShares of(
      Observation observation,
      Membership membership,
      Collection<Series> series,
      ToDoubleFunction<Cell> content) {
    Map<String, NavigableMap<Long, Double>> byInstance = new TreeMap<>();
    NavigableMap<Long, Double> totals = new TreeMap<>();
    for (Series one : series) {
      if (one.key().instance().isEmpty()) {
        continue;
      }
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
    Map<String, Integer> windows = new HashMap<>();
    totals.forEach((window, total) -> {
      List<String> present = membership.present(window, byInstance.keySet());
      if (present.size() < 2) {
        return;
      }
      for (String instance : present) {
        double own = byInstance.getOrDefault(instance, NOTHING).getOrDefault(window, 0.0);
        windows.merge(instance, 1, Integer::sum);
        got.merge(instance, own, Double::sum);
        even.merge(instance, total / present.size(), Double::sum);
        others.merge(instance, (total - own) / (present.size() - 1), Double::sum);
      }
    });
    return new EvenShares(got, even, others, windows);
  }

  /** How many times its even share an instance got. */
  double ratio(String instance) {
    double fair = even.getOrDefault(instance, 0.0);
    return fair > 0 ? got.getOrDefault(instance, 0.0) / fair : 1;
  }

  /** Of those that this is certain of and that were there long enough, the hottest one. */
  Optional<String> hottest(Predicate<String> certain) {
    double longest = windows.values().stream().mapToInt(count -> count).max().orElse(0);
    return got.keySet().stream()
        .filter(instance -> windows.getOrDefault(instance, 0) >= LONG_ENOUGH * longest)
        .filter(certain)
        .max(Comparator.comparingDouble(this::ratio).thenComparing(Comparator.naturalOrder()));
  }

  int size() {
    return got.size();
  }

  double total() {
    return got.values().stream().mapToDouble(value -> value).sum();
  }
}
