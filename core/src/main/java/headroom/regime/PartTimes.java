package headroom.regime;

import headroom.model.Measure;
import headroom.model.SeriesKey;
import headroom.store.History;
import headroom.store.Series;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The times of operations and of their parts in a history, and the load of their services. */
final class PartTimes {
  /** A bound on memory and time; those that are met first are kept. */
  private static final int MOST_PARTS = 10_000;

  private final int windowSeconds;
  private final Map<Part, List<Series>> series = new LinkedHashMap<>();
  private final Map<String, NavigableMap<Long, Double>> requests = new HashMap<>();
  private final Map<String, Set<String>> callees = new HashMap<>();

  PartTimes(History history) {
    windowSeconds = history.resolution().seconds();
    Measure whole =
        history.of(Measure.OPERATION).isEmpty() ? Measure.SERVER_DURATION : Measure.OPERATION;
    for (Series one : history.of(whole)) {
      var counts = requests.computeIfAbsent(one.key().service(), unused -> new TreeMap<>());
      for (Series.Window window : one.windows()) {
        counts.merge(window.start(), (double) window.cell().count(), Double::sum);
      }
      add(one.key().service(), one.key().subject(), "", one);
    }
    for (Series one : history.of(Measure.OPERATION_SELF)) {
      add(one.key().service(), one.key().subject(), "its own work", one);
    }
    for (Series one : history.of(Measure.STATEMENT)) {
      SeriesKey key = one.key();
      add(key.service(), key.detail(), "its statement " + key.subject(), one);
    }
    for (Series one : history.of(Measure.CALL)) {
      SeriesKey key = one.key();
      callees.computeIfAbsent(key.service(), unused -> new HashSet<>()).add(key.detail());
      if (!requests.containsKey(key.detail())) {
        add(key.service(), key.subject(), "its call of " + key.detail(), one);
      }
    }
  }

  private void add(String service, String operation, String what, Series one) {
    var part = new Part(service, operation, what);
    if (!one.windows().isEmpty() && (series.size() < MOST_PARTS || series.containsKey(part))) {
      series.computeIfAbsent(part, unused -> new ArrayList<>()).add(one);
    }
  }

  /** All parts, wholes among them. */
  Set<Part> parts() {
    return series.keySet();
  }

  /** Medians of a part by block; empty when too little is known of it. */
  Optional<Blocks> blocks(Part part) {
    return Blocks.of(series.getOrDefault(part, List.of()), windowSeconds);
  }

  /** The logarithm of the load of the part's service, in its blocks. */
  double[] load(Part part, Blocks blocks) {
    return blocks.logRates(requests.getOrDefault(part.service(), new TreeMap<>()));
  }

  /** Whether one of them is the other or calls it. */
  boolean areLinked(String service, String other) {
    return service.equals(other)
        || callees.getOrDefault(service, Set.of()).contains(other)
        || callees.getOrDefault(other, Set.of()).contains(service);
  }
}
