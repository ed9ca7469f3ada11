package headroom.detect;

import static headroom.detect.Words.format;
import static headroom.detect.Words.percent;

import headroom.detect.Finding.Evidence;
import headroom.detect.Finding.Kind;
import headroom.detect.Finding.Severity;
import headroom.model.Measure;
import headroom.rollup.Cell;
import headroom.store.Series;
import headroom.store.SeriesIndex.Thing;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * One of several equal parts (instances of a service, partitions of a queue) that gets more than
 * its share: its own wall is nearer by as much. By counts where the measure counts, with the
 * Poisson noise of the largest of n such counts allowed for.
 */
final class InstanceImbalance implements Detector {
  private static final double SMALLEST_RATIO = 1.3;
  private static final double CERTAIN = 6;
  private static final long FEWEST = 200;

  /** For measures that are not counts: a part must be so far from the others' median. */
  private static final double SMALLEST_USE_RATIO = 1.6;

  @Override
  public List<Finding> detect(Observation observation) {
    List<Finding> findings = new ArrayList<>();
    Function<String, Membership> memberships = memberships(observation);
    // Counts that are weighted for sampled traces are not as certain as they are large.
    for (Measure measure : List.of(Measure.SERVER_DURATION, Measure.OPERATION_SELF)) {
      counts(observation, measure, memberships, findings);
    }
    partitions(observation, findings);
    use(observation, Measure.CPU_TIME, "processor time", memberships, findings);
    use(observation, Measure.POOL_HOLD, "time connections are held", memberships, findings);
    return dropRepeats(findings);
  }

  private static Function<String, Membership> memberships(Observation observation) {
    Map<String, Membership> known = new HashMap<>();
    return service -> known.computeIfAbsent(service, name -> new Membership(observation, name));
  }

  private static void counts(
      Observation observation,
      Measure measure,
      Function<String, Membership> memberships,
      List<Finding> findings) {
    Map<String, List<Series>> services = new LinkedHashMap<>();
    for (Series series : observation.history().of(measure)) {
      boolean weighted =
          measure != Measure.SERVER_DURATION
              && observation.sampled().contains(series.key().service());
      if (!series.key().instance().isEmpty() && !weighted) {
        services.computeIfAbsent(series.key().service(), unused -> new ArrayList<>()).add(series);
      }
    }
    services.forEach((service, series) -> {
      var shares =
          EvenShares.of(
              observation, memberships.apply(service), series, cell -> (double) cell.count());
      shares
          .hottest(instance -> isCertain(shares, instance))
          .ifPresent(hottest ->
              findings.add(
                  finding(
                      service,
                      "instance",
                      "requests",
                      hottest,
                      shares.ratio(hottest),
                      shares.total(),
                      shares.got())));
    });
  }

  private static boolean isCertain(EvenShares shares, String instance) {
    double even = shares.even().getOrDefault(instance, 0.0);
    return even >= FEWEST
        && isCertain(shares.got().getOrDefault(instance, 0.0), even, shares.size());
  }

  /** The largest of n Poisson counts exceeds their mean by about √(2 ln n) deviations anyway. */
  private static boolean isCertain(double count, double even, int n) {
    double z = (count - even) / Math.sqrt(even) - Math.sqrt(2 * Math.log(n));
    return count / even >= SMALLEST_RATIO && z >= CERTAIN;
  }

  private static void partitions(Observation observation, List<Finding> findings) {
    for (Measure measure : List.of(Measure.QUEUE_PUBLISHED, Measure.QUEUE_CONSUMED)) {
      for (Thing queue : observation.index().things(measure)) {
        Map<String, Cell> parts = new LinkedHashMap<>();
        for (Series series : observation.index().everywhere(measure, queue)) {
          if (!series.key().detail().isEmpty()) {
            parts
                .computeIfAbsent(series.key().detail(), unused -> new Cell())
                .merge(observation.recent(List.of(series)));
          }
        }
        judgeCounts(
            queue.service() + "/" + queue.subject(),
            "partition",
            "messages",
            shares(parts, Cell::sum),
            findings);
      }
    }
  }

  private static <N extends Number> Map<String, Double> shares(
      Map<String, Cell> parts, Function<Cell, N> content) {
    Map<String, Double> values = new HashMap<>();
    parts.forEach((name, cell) -> values.put(name, content.apply(cell).doubleValue()));
    return values;
  }

  private static void judgeCounts(
      String subject, String part, String unit, Map<String, Double> counts, List<Finding> into) {
    int n = counts.size();
    double total = counts.values().stream().mapToDouble(value -> value).sum();
    if (n < 2 || total < FEWEST * n) {
      return;
    }
    double even = total / n;
    var hottest = hottest(counts);
    if (isCertain(hottest.getValue(), even, n)) {
      into.add(
          finding(subject, part, unit, hottest.getKey(), hottest.getValue() / even, total, counts));
    }
  }

  private static void use(
      Observation observation,
      Measure measure,
      String unit,
      Function<String, Membership> memberships,
      List<Finding> findings) {
    for (Thing thing : observation.index().things(measure)) {
      var shares =
          EvenShares.of(
              observation,
              memberships.apply(thing.service()),
              observation.index().everywhere(measure, thing),
              Cell::sum);
      if (!(shares.total() > 1)) {
        continue;
      }
      shares
          .hottest(instance ->
              shares.got().getOrDefault(instance, 0.0)
                  >= SMALLEST_USE_RATIO * shares.others().getOrDefault(instance, 0.0))
          .ifPresent(hottest ->
              findings.add(
                  finding(
                      thing.service(),
                      "instance",
                      unit,
                      hottest,
                      shares.ratio(hottest),
                      shares.total(),
                      shares.got())));
    }
  }

  private static Map.Entry<String, Double> hottest(Map<String, Double> values) {
    return values.entrySet().stream()
        .max(
            Comparator.comparingDouble((Map.Entry<String, Double> e) -> e.getValue())
                .thenComparing(Map.Entry::getKey))
        .orElseThrow();
  }

  private static Finding finding(
      String subject,
      String part,
      String unit,
      String hottest,
      double ratio,
      double total,
      Map<String, Double> values) {
    List<Evidence> evidence =
        values.entrySet().stream()
            .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
            .limit(10)
            .map(e -> Charts.number("share of " + e.getKey(), e.getValue() / total, "1"))
            .toList();
    return new Finding(
        Words.id(Kind.IMBALANCE, subject, part),
        Kind.IMBALANCE,
        subject,
        Severity.WARNING,
        null,
        null,
        format(
            "%s %s gets %.2f times its even share of %s (%s of all, %d %ss)",
            part,
            hottest,
            ratio,
            unit,
            percent(values.getOrDefault(hottest, 0.0) / total),
            values.size(),
            part),
        List.of(),
        evidence,
        format(
            "Its wall is %.2f times nearer than it would be with even shares, and `headroom walls`"
                + " judges by it: see what routes work to it (keys, sticky sessions, weights).",
            ratio));
  }

  /** The same instance is often hot by several measures; the first one says it. */
  private static List<Finding> dropRepeats(List<Finding> findings) {
    Map<String, Finding> byId = new LinkedHashMap<>();
    findings.forEach(finding -> byId.putIfAbsent(finding.id(), finding));
    return List.copyOf(byId.values());
  }
}
