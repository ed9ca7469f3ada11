package headroom.detect;

import headroom.store.Series;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which instances of a service were there in a window: only among those is a share even. An
 * instance is there from the first to the last window in which it reported anything.
 *
 * <pre>
 *   a1  ■■■■■■■·········        windows in which one comes or goes are left out: nobody
 *   b1  ······■■■■■■■■■■        knows for how much of them it was there
 *   judged ✓✓✓✓✓···✓✓✓✓✓✓✓✓
 * </pre>
 */
final class Membership {
  private record Lifetime(long first, long last) {
    Lifetime with(long window) {
      return new Lifetime(Math.min(first, window), Math.max(last, window));
    }
  }

  private final Map<String, Lifetime> lifetimes = new HashMap<>();
  private final Set<Long> changing = new HashSet<>();

  /** The instances of a service, as all that it reported tells. */
  Membership(Observation observation, String service) {
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;
    for (List<Series> ofMeasure : observation.history().series().values()) {
      for (Series series : ofMeasure) {
        String instance = series.key().instance();
        if (instance.isEmpty() || !series.key().service().equals(service)) {
          continue;
        }
        for (Series.Window window : series.windows()) {
          if (window.cell().count() == 0) {
            continue;
          }
          lifetimes.merge(
              instance,
              new Lifetime(window.start(), window.start()),
              (known, one) -> known.with(one.first()));
          first = Math.min(first, window.start());
          last = Math.max(last, window.start());
        }
      }
    }
    for (Lifetime lifetime : lifetimes.values()) {
      if (lifetime.first() > first) {
        changing.add(lifetime.first());
      }
      if (lifetime.last() < last) {
        changing.add(lifetime.last());
      }
    }
  }

  /** Whether nobody came or went in this window. */
  boolean isSettled(long window) {
    return !changing.contains(window);
  }

  /** Those of these instances that were there. */
  List<String> present(long window, Set<String> instances) {
    return instances.stream().filter(instance -> isPresent(instance, window)).sorted().toList();
  }

  private boolean isPresent(String instance, long window) {
    Lifetime lifetime = lifetimes.get(instance);
    return lifetime != null && lifetime.first() <= window && window <= lifetime.last();
  }
}
