package headroom.detect;

import static headroom.detect.Words.format;
import static headroom.detect.Words.percent;

import headroom.detect.Finding.Effect;
import headroom.detect.Finding.Evidence;
import headroom.detect.Finding.Kind;
import headroom.detect.Finding.Severity;
import headroom.model.Measure;
import headroom.rollup.Cell;
import headroom.stats.Trend;
import headroom.store.SeriesIndex.Thing;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;

/**
 * A cache that hits less often than it did. What counts is the misses: from 95 % to 90 % hits they
 * double, and so does the load on the store behind.
 */
final class CacheDecline implements Detector {
  private static final double FEWEST_LOOKUPS = 20;
  private static final double SMALLEST_RATIO = 1.4;
  private static final double LARGE_RATIO = 2.5;

  /** From here on the store behind has more to do than it had. */
  private static final double MORE_WORK = 1.15;

  private static final double SMALLEST_LOSS = 0.02;
  private static final double CERTAIN = 6;
  private static final double NINETY_PERCENT = 1.645;

  @Override
  public List<Finding> detect(Observation observation) {
    List<Finding> findings = new ArrayList<>();
    for (Thing cache : observation.index().things(Measure.CACHE_MISSES)) {
      NavigableMap<Long, Cell> misses =
          Observation.byWindow(observation.index().everywhere(Measure.CACHE_MISSES, cache));
      NavigableMap<Long, Cell> hits =
          Observation.byWindow(observation.index().everywhere(Measure.CACHE_HITS, cache));
      judge(observation, cache, Lookups.of(hits, misses)).ifPresent(findings::add);
    }
    return findings;
  }

  /** Lookups and misses of one window; windows with few lookups are joined with the next. */
  private record Lookups(long start, double lookups, double misses) {
    static List<Lookups> of(NavigableMap<Long, Cell> hits, NavigableMap<Long, Cell> misses) {
      List<Lookups> rows = new ArrayList<>();
      var starts = new java.util.TreeSet<>(hits.keySet());
      starts.addAll(misses.keySet());
      double lookups = 0;
      double missed = 0;
      for (long start : starts) {
        missed += sum(misses, start);
        lookups += sum(misses, start) + sum(hits, start);
        if (lookups >= FEWEST_LOOKUPS) {
          rows.add(new Lookups(start, lookups, missed));
          lookups = 0;
          missed = 0;
        }
      }
      return rows;
    }

    private static double sum(NavigableMap<Long, Cell> cells, long start) {
      Cell cell = cells.get(start);
      return cell == null ? 0 : cell.sum();
    }

    double missShare() {
      return misses / lookups;
    }
  }

  /** What the store behind gets, per second, in rows that begin at these times. */
  private static double missesPerSecond(List<Lookups> rows, long until) {
    return rows.stream().mapToDouble(Lookups::misses).sum() / (until - rows.getFirst().start());
  }

  private static Optional<Finding> judge(Observation observation, Thing cache, List<Lookups> rows) {
    if (rows.size() < 12) {
      return Optional.empty();
    }
    double[] times = rows.stream().mapToDouble(Lookups::start).toArray();
    double[] shares = rows.stream().mapToDouble(Lookups::missShare).toArray();
    Optional<Trend> found = Trend.of(times, shares, new double[rows.size()]);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    Trend trend = found.get();
    int third = rows.size() / 3;
    double before = missShare(rows.subList(0, third));
    double after = missShare(rows.subList(rows.size() - third, rows.size()));
    double ratio = after / Math.max(before, 1e-3);
    if (trend.z() < CERTAIN || ratio < SMALLEST_RATIO || after - before < SMALLEST_LOSS) {
      return Optional.empty();
    }
    int later = rows.size() - third;
    double storeBefore = missesPerSecond(rows.subList(0, third), rows.get(third).start());
    long end = rows.getLast().start() + observation.windowSeconds();
    double storeAfter = missesPerSecond(rows.subList(later, rows.size()), end);
    double store = storeAfter / Math.max(storeBefore, 1e-9);
    double spread = Math.exp(NINETY_PERCENT * trend.standardDeviation() / Math.max(before, 1e-3));
    return Optional.of(
        new Finding(
            Words.id(Kind.CACHE, cache.service(), cache.subject()),
            Kind.CACHE,
            cache.service() + "/cache/" + cache.subject(),
            store >= LARGE_RATIO
                ? Severity.CRITICAL
                : store >= MORE_WORK ? Severity.WARNING : Severity.INFO,
            null,
            new Effect(ratio, ratio / spread, ratio * spread),
            format("hits fell from %s to %s: ", percent(1 - before), percent(1 - after))
                + atTheStore(storeBefore, storeAfter, ratio),
            List.of(),
            evidence(observation, cache, rows, after),
            "Compare the number of keys in use with the cache's size, and look for a shorter time"
                + " to live or a flush; every point of hits lost now costs "
                + percent(0.01 / Math.max(after, 0.01))
                + " more load behind it."));
  }

  /** Fewer lookups can be found less often and still be less work for the store. */
  private static String atTheStore(double before, double after, double perLookup) {
    return after >= MORE_WORK * before
        ? format("the store behind gets %.1f times the lookups it got", after / before)
        : format(
            "the store behind gets no more lookups than before (%.3g per second, %.3g before), for"
                + " fewer are made; at the earlier load it would get %.1f times as many",
            after, before, perLookup);
  }

  private static double missShare(List<Lookups> rows) {
    return rows.stream().mapToDouble(Lookups::misses).sum()
        / rows.stream().mapToDouble(Lookups::lookups).sum();
  }

  private static List<Evidence> evidence(
      Observation observation, Thing cache, List<Lookups> rows, double after) {
    List<Evidence> evidence = new ArrayList<>();
    evidence.add(
        new Evidence(
            "share of lookups that miss",
            after,
            "1",
            rows.stream()
                .map(row -> new Evidence.Point(Observation.at(row.start()), row.missShare()))
                .toList()));
    double evictions =
        observation.recent(observation.index().everywhere(Measure.CACHE_EVICTIONS, cache)).sum();
    if (evictions > 0) {
      evidence.add(Charts.number("entries evicted recently", evictions, "entries"));
    }
    return evidence;
  }
}
