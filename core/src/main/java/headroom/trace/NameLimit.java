package headroom.trace;

import headroom.model.Irregularities;
import headroom.model.Irregularity;
import java.util.HashMap;
import java.util.Map;

/**
 * Lets a bounded number of distinct names per service through; the others become {@link #OTHER} and
 * are counted. Names come from outside, and each is a series.
 */
final class NameLimit {
  static final String OTHER = "(other)";

  private static final int MAX_SERVICES = 1_000;

  private final int namesPerService;
  private final Irregularities irregularities;
  private final Map<String, Map<String, String>> byService = new HashMap<>();

  NameLimit(int namesPerService, Irregularities irregularities) {
    if (namesPerService < 1) {
      throw new IllegalArgumentException("namesPerService must be >= 1, got " + namesPerService);
    }
    this.namesPerService = namesPerService;
    this.irregularities = irregularities;
  }

  /** The name itself, as the one instance kept of it, or {@link #OTHER}. */
  String admit(String service, String name) {
    Map<String, String> names = byService.get(service);
    if (names == null) {
      if (byService.size() >= MAX_SERVICES) {
        return refuse();
      }
      names = new HashMap<>();
      byService.put(service, names);
    }
    String known = names.get(name);
    if (known != null) {
      return known;
    }
    if (names.size() >= namesPerService) {
      return refuse();
    }
    names.put(name, name);
    return name;
  }

  private String refuse() {
    irregularities.count(Irregularity.NAME_OVER_LIMIT);
    return OTHER;
  }

  /** Forgets all names, so that those no longer in use make room. */
  void forget() {
    byService.clear();
  }
}
