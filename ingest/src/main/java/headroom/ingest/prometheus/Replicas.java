package headroom.ingest.prometheus;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which of several replicas of Prometheus is believed. Two that scrape the same targets would make
 * every request count twice; they give themselves away by an external label that differs. The first
 * one is believed until it has been silent for a minute of the samples' time.
 */
final class Replicas {
  /** The label that receivers with several replicas agreed upon, and that of the operator. */
  static final String LABEL = "__replica__";

  static final String OPERATORS_LABEL = "prometheus_replica";

  private static final long SILENCE_MILLIS = 60_000;
  private static final int MOST_CLUSTERS = 1_000;

  private final Map<String, Elected> byCluster = new HashMap<>();

  private static final class Elected {
    String name = "";
    long seenMillis = Long.MIN_VALUE;
  }

  /**
   * One replica among those of its cluster.
   *
   * @param name empty when there is but one
   */
  record Replica(String cluster, String name) {
    static final Replica ONLY = new Replica("", "");

    static Replica of(Map<String, String> labels) {
      String name = labels.getOrDefault(LABEL, labels.getOrDefault(OPERATORS_LABEL, ""));
      return name.isEmpty() ? ONLY : new Replica(labels.getOrDefault("cluster", ""), name);
    }
  }

  /** Whether a sample of this replica counts. */
  boolean believes(Replica replica, long timeMillis) {
    if (replica.name().isEmpty()) {
      return true;
    }
    Elected elected = elected(replica.cluster());
    if (elected == null) {
      return true;
    }
    if (!elected.name.equals(replica.name())) {
      if (elected.seenMillis > timeMillis - SILENCE_MILLIS) {
        return false;
      }
      elected.name = replica.name();
    }
    elected.seenMillis = Math.max(elected.seenMillis, timeMillis);
    return true;
  }

  private @Nullable Elected elected(String cluster) {
    Elected elected = byCluster.get(cluster);
    if (elected == null && byCluster.size() < MOST_CLUSTERS) {
      elected = new Elected();
      byCluster.put(cluster, elected);
    }
    return elected;
  }
}
