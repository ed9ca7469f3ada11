package headroom.requests;

import headroom.requests.TraceShare.Basis;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the requests of one service are read from, and how many each of its traced requests stands
 * for.
 *
 * @param share of the requests that traces hold; empty where that is not known
 * @param counted operations that request metrics name
 * @param weights requests for each traced one, by operation
 * @param usualWeight of operations that metrics do not name
 * @param rootShares of an operation's requests, those that a user made rather than a service
 * @param usualRootShare of operations that were never traced
 */
record ServiceSampling(
    Basis basis,
    OptionalDouble share,
    Set<String> counted,
    Map<String, Double> weights,
    double usualWeight,
    Map<String, Double> rootShares,
    double usualRootShare) {
  /** From this share of the requests on, traces are believed to be all there are. */
  private static final double COMPLETE = 0.9;

  /** Above this share there are more requests in traces than were counted. */
  private static final double TOO_MANY = 1.1;

  /** Fewer counted requests tell no share. */
  private static final long FEWEST = 100;

  /** Fewer traced requests of an operation tell no weight of its own. */
  private static final long FEWEST_TRACED = 5;

  /** The names of operations in traces and in metrics are the same for so many traced requests. */
  private static final double SAME_NAMES = 0.8;

  /** Traces as they are. */
  static ServiceSampling traced(Basis basis, OptionalDouble share) {
    return new ServiceSampling(basis, share, Set.of(), Map.of(), 1, Map.of(), 0);
  }

  /** Traces of which each stands for as many as those of other services do. */
  static ServiceSampling weighted(double weight) {
    return new ServiceSampling(
        Basis.WEIGHTED, OptionalDouble.of(1 / weight), Set.of(), Map.of(), weight, Map.of(), 0);
  }

  /** Request metrics without a trace anywhere: each operation may be what a user did. */
  static ServiceSampling metricsOnly(RequestCounts metrics) {
    return new ServiceSampling(
        Basis.METRICS_ONLY,
        OptionalDouble.of(0),
        Set.copyOf(metrics.operations()),
        Map.of(),
        1,
        Map.of(),
        1);
  }

  /** What to believe where both are there. */
  static ServiceSampling compared(
      RequestCounts metrics, RequestCounts traces, @Nullable RequestCounts roots) {
    RequestCounts.Range both = metrics.range().and(traces.range());
    Map<String, Long> real = metrics.within(both);
    Map<String, Long> seen = traces.within(both);
    long requests = sum(real);
    long all = sum(seen);
    long matched =
        seen.entrySet().stream()
            .filter(entry -> metrics.has(entry.getKey()))
            .mapToLong(Map.Entry::getValue)
            .sum();
    if (requests < FEWEST) {
      return traced(Basis.TRACES, OptionalDouble.empty());
    }
    OptionalDouble share = OptionalDouble.of((double) matched / requests);
    boolean tooMany = share.getAsDouble() > TOO_MANY;
    // Where all that was counted is in traces, what they hold besides is no request: a message
    // that was taken from a queue, a job.
    if (!tooMany && share.getAsDouble() >= COMPLETE) {
      return traced(Basis.TRACES, share);
    }
    if (tooMany || matched == 0 || matched < SAME_NAMES * all) {
      return traced(Basis.CONTRADICTED, share);
    }
    double usual = 1 / share.getAsDouble();
    Map<String, Double> weights = new HashMap<>();
    seen.forEach((operation, count) -> {
      long counted = real.getOrDefault(operation, 0L);
      boolean tells = count >= FEWEST_TRACED && counted > 0;
      weights.put(operation, tells ? (double) counted / count : usual);
    });
    Map<String, Long> begun = roots == null ? Map.of() : roots.within(both);
    Map<String, Double> rootShares = new HashMap<>();
    seen.forEach((operation, count) -> {
      if (count > 0) {
        double ofUsers = begun.getOrDefault(operation, 0L);
        rootShares.put(operation, Math.min(1, ofUsers / count));
      }
    });
    return new ServiceSampling(
        Basis.METRICS,
        share,
        new HashSet<>(metrics.operations()),
        weights,
        usual,
        rootShares,
        Math.min(1, (double) sum(begun) / all));
  }

  private static long sum(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(count -> count).sum();
  }

  /** Whether request metrics and not traces tell of this operation. */
  boolean isCounted(String operation) {
    return counted.contains(operation);
  }

  /** How many requests one traced request of an operation stands for. */
  double weight(String operation) {
    return weights.getOrDefault(operation, usualWeight);
  }

  /** Of the requests of an operation, those that users made, 0..1. */
  double rootShare(String operation) {
    return rootShares.getOrDefault(operation, usualRootShare);
  }
}
