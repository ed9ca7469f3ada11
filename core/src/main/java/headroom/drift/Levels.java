package headroom.drift;

import headroom.drift.HourlySeries.Column;
import headroom.drift.Suspect.Kind;
import headroom.model.Measure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What is measured of a service besides latency and may be what makes it slow, by the hour. */
final class Levels {
  /** Below these a ratio of two small numbers would mean nothing. */
  private static final double SMALLEST_SHARE = 1e-3;

  private static final double SMALLEST_PROCESSOR_SHARE = 0.02;

  private final Landscape landscape;
  private final Timeframe span;

  Levels(Landscape landscape) {
    this.landscape = landscape;
    span = landscape.span;
  }

  /**
   * @param says what it is, as the subject of a sentence
   * @param logs by hour; NaN where unknown
   */
  @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
  record Level(Kind kind, String what, String says, double[] logs) {}

  List<Level> of(String service) {
    List<Level> levels = new ArrayList<>();
    caches(service, levels);
    collections(service, levels);
    neighbours(service, levels);
    retries(service, levels);
    return levels;
  }

  private List<HourlySeries> series(Measure measure, String service) {
    return landscape.history.of(measure, key -> key.service().equals(service));
  }

  private Map<String, List<HourlySeries>> bySubject(Measure measure, String service) {
    Map<String, List<HourlySeries>> subjects = new TreeMap<>();
    for (HourlySeries one : series(measure, service)) {
      subjects.computeIfAbsent(one.key().subject(), unused -> new ArrayList<>()).add(one);
    }
    return subjects;
  }

  private double[] sum(List<HourlySeries> parts, Column column) {
    return HourlyHistory.sum(parts, column, span.from(), span.to());
  }

  /** The mean over instances of the mean over an hour's samples. */
  private double[] mean(List<HourlySeries> parts) {
    double[] sums = sum(parts, Column.SUM);
    double[] counts = sum(parts, Column.COUNT);
    for (int t = 0; t < sums.length; t++) {
      sums[t] /= counts[t];
    }
    return sums;
  }

  private static double[] logs(double[] values, double smallest) {
    double[] logs = new double[values.length];
    for (int t = 0; t < logs.length; t++) {
      logs[t] = Math.log(Math.max(smallest, values[t])); // NaN stays NaN
    }
    return logs;
  }

  private void caches(String service, List<Level> levels) {
    Map<String, List<HourlySeries>> hits = bySubject(Measure.CACHE_HITS, service);
    bySubject(Measure.CACHE_MISSES, service)
        .forEach((cache, parts) -> {
          double[] missed = sum(parts, Column.SUM);
          double[] found = sum(hits.getOrDefault(cache, List.of()), Column.SUM);
          for (int t = 0; t < missed.length; t++) {
            missed[t] /= missed[t] + found[t];
          }
          levels.add(
              new Level(Kind.CACHE, cache, "its share of misses", logs(missed, SMALLEST_SHARE)));
        });
  }

  private void collections(String service, List<Level> levels) {
    List<HourlySeries> shares = series(Measure.GC_SHARE, service);
    List<HourlySeries> pauses = series(Measure.GC_DURATION, service);
    double[] share;
    if (!shares.isEmpty()) {
      share = mean(shares);
    } else if (!pauses.isEmpty()) {
      share = sum(pauses, Column.SUM);
      for (int t = 0; t < share.length; t++) {
        share[t] /= HourlySeries.HOUR;
      }
    } else {
      return;
    }
    levels.add(
        new Level(
            Kind.GARBAGE_COLLECTION,
            service,
            "the share of time that goes to garbage collection",
            logs(share, SMALLEST_SHARE)));
  }

  private void neighbours(String service, List<Level> levels) {
    List<HourlySeries> host = series(Measure.HOST_CPU_UTILIZATION, service);
    List<HourlySeries> time = series(Measure.CPU_TIME, service);
    List<HourlySeries> cores = series(Measure.CPU_COUNT, service);
    if (host.isEmpty() || time.isEmpty() || cores.isEmpty()) {
      return;
    }
    double[] used = mean(host);
    double[] own = sum(time, Column.SUM);
    double[] all = sum(cores, Column.LAST);
    for (int t = 0; t < used.length; t++) {
      used[t] -= own[t] / (all[t] * HourlySeries.HOUR);
    }
    levels.add(
        new Level(
            Kind.NEIGHBOUR,
            "hosts of " + service,
            "what others use of the processors",
            logs(used, SMALLEST_PROCESSOR_SHARE)));
  }

  private void retries(String service, List<Level> levels) {
    double[] rate = landscape.rate(service);
    bySubject(Measure.RETRY_RESENDS, service)
        .forEach((policy, parts) -> levels.add(repeats(policy, sum(parts, Column.SUM), rate)));
    List<HourlySeries> traced = series(Measure.ACTION_RETRIES, service);
    if (!traced.isEmpty()) {
      levels.add(repeats("calls of " + service, sum(traced, Column.SUM), rate));
    }
  }

  private static Level repeats(String what, double[] repeated, double[] rate) {
    for (int t = 0; t < repeated.length; t++) {
      repeated[t] /= rate[t];
    }
    return new Level(
        Kind.RETRIES, what, "the share of calls sent again", logs(repeated, SMALLEST_SHARE));
  }
}
