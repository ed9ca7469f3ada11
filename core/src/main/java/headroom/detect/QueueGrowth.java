package headroom.detect;

import static headroom.detect.Words.format;
import static headroom.detect.Words.seconds;

import headroom.detect.Finding.Evidence;
import headroom.detect.Finding.Kind;
import headroom.detect.Finding.Severity;
import headroom.model.Measure;
import headroom.model.Station;
import headroom.model.StationKind;
import headroom.rollup.Cell;
import headroom.stats.Quantiles;
import headroom.stats.Trend;
import headroom.store.Series;
import headroom.store.SeriesIndex;
import headroom.store.SeriesIndex.Thing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * Backlogs that grow: queues and executors to which work arrives faster than it is done. dQ/dt = A
 * − S; drained after Q / (S_max − A), where S_max is the most that was ever done in a window while
 * something waited.
 */
final class QueueGrowth implements Detector {
  private static final double SMALLEST_DEPTH = 20;
  private static final double SMALLEST_GROWTH_SHARE = 0.4;
  private static final double CERTAIN = 6;
  private static final int FEWEST_WINDOWS = 12;
  private static final double NEARLY_MOST = 0.9;

  @Override
  public List<Finding> detect(Observation observation) {
    List<Finding> findings = new ArrayList<>();
    var index = observation.index();
    for (Thing queue : index.things(Measure.QUEUE_DEPTH)) {
      judge(observation, queue, StationKind.QUEUE, levels(observation, Measure.QUEUE_DEPTH, queue))
          .ifPresent(findings::add);
    }
    for (Thing executor : index.things(Measure.EXECUTOR_QUEUED)) {
      judge(
              observation,
              executor,
              StationKind.EXECUTOR,
              levels(observation, Measure.EXECUTOR_QUEUED, executor))
          .ifPresent(findings::add);
    }
    for (Thing group : index.things(Measure.QUEUE_COMMITTED)) {
      judge(observation, group, StationKind.QUEUE, lag(observation, group))
          .ifPresent(findings::add);
    }
    return findings;
  }

  /** Mean level by window, all instances and partitions added up. */
  private static NavigableMap<Long, Double> levels(
      Observation observation, Measure measure, Thing thing) {
    var levels = new TreeMap<Long, Double>();
    for (Series series : observation.index().everywhere(measure, thing)) {
      for (Series.Window window : series.windows()) {
        levels.merge(window.start(), window.cell().mean().orElse(0), Double::sum);
      }
    }
    return levels;
  }

  private static NavigableMap<Long, Double> lag(Observation observation, Thing group) {
    NavigableMap<Long, Double> written = levels(observation, Measure.QUEUE_OFFSET, group);
    NavigableMap<Long, Double> read = levels(observation, Measure.QUEUE_COMMITTED, group);
    var lag = new TreeMap<Long, Double>();
    read.forEach((start, offset) -> {
      Double end = written.get(start);
      if (end != null) {
        lag.put(start, Math.max(0, end - offset));
      }
    });
    return lag;
  }

  private static Optional<Finding> judge(
      Observation observation, Thing thing, StationKind kind, NavigableMap<Long, Double> levels) {
    if (levels.size() < FEWEST_WINDOWS) {
      return Optional.empty();
    }
    // The last half: an old burst that drains is not growth.
    long middle = (levels.firstKey() + levels.lastKey()) / 2;
    NavigableMap<Long, Double> latest =
        levels.size() >= 2 * FEWEST_WINDOWS ? levels.tailMap(middle, true) : levels;
    double[] times = latest.keySet().stream().mapToDouble(start -> start).toArray();
    double[] depths = latest.values().stream().mapToDouble(depth -> depth).toArray();
    double depth = (depths[depths.length - 1] + depths[depths.length - 2]) / 2;
    Optional<Trend> trend = Trend.of(times, depths, new double[depths.length]);
    if (trend.isEmpty()
        || depth < SMALLEST_DEPTH
        || trend.get().z() < CERTAIN
        || trend.get().change() < SMALLEST_GROWTH_SHARE * depth) {
      return Optional.empty();
    }
    double perSecond = trend.get().change() / (times[times.length - 1] - times[0]);
    return Optional.of(finding(observation, thing, kind, levels, depth, perSecond));
  }

  private static Finding finding(
      Observation observation,
      Thing thing,
      StationKind kind,
      NavigableMap<Long, Double> levels,
      double depth,
      double perSecond) {
    OptionalDouble mostDone = mostDonePerSecond(observation, thing, levels);
    OptionalDouble doneNow = donePerSecond(observation, thing);
    OptionalDouble room =
        SeriesIndex.latest(observation.index().everywhere(Measure.EXECUTOR_QUEUE_REMAINING, thing));
    var summary = new StringBuilder(format("%.0f wait, %.2g more every second", depth, perSecond));
    OptionalDouble arriving =
        doneNow.isPresent()
            ? OptionalDouble.of(doneNow.getAsDouble() + perSecond)
            : OptionalDouble.empty();
    double drain = Double.POSITIVE_INFINITY;
    if (mostDone.isPresent() && arriving.isPresent()) {
      double spare = mostDone.getAsDouble() - arriving.getAsDouble();
      drain = spare > 0 ? depth / spare : drain;
      var backlog =
          new Backlog(
              depth,
              Backlog.arrivals(done(observation, thing), levels),
              observation.windowSeconds(),
              mostDone.getAsDouble());
      summary.append("; ").append(backlog.says(arriving.getAsDouble()));
    }
    room.ifPresent(left -> summary.append(format("; full in %s", seconds(left / perSecond))));
    boolean critical = drain == Double.POSITIVE_INFINITY && mostDone.isPresent();
    List<Evidence> evidence = new ArrayList<>();
    evidence.add(
        new Evidence(
            "waiting",
            depth,
            "items",
            levels.entrySet().stream()
                .map(e -> new Evidence.Point(Observation.at(e.getKey()), e.getValue()))
                .toList()));
    evidence.add(Charts.number("growth per second", perSecond, "1/s"));
    arriving.ifPresent(rate -> evidence.add(Charts.number("arriving per second", rate, "1/s")));
    mostDone.ifPresent(most -> evidence.add(Charts.number("most done per second", most, "1/s")));
    doneNow.ifPresent(done -> evidence.add(Charts.number("done per second", done, "1/s")));
    return new Finding(
        Words.id(Kind.QUEUE, thing.service(), thing.subject()),
        Kind.QUEUE,
        new Station(thing.service(), kind, thing.subject()).text(),
        critical ? Severity.CRITICAL : Severity.WARNING,
        null,
        null,
        summary.toString(),
        List.of(),
        evidence,
        "Add consumers, or make each item cheaper (batch its writes); bound the queue and decide"
            + " what to refuse when it is full.");
  }

  private static NavigableMap<Long, Cell> done(Observation observation, Thing thing) {
    var consumed = observation.index().everywhere(Measure.QUEUE_CONSUMED, thing);
    return Observation.byWindow(
        consumed.isEmpty()
            ? observation.index().everywhere(Measure.EXECUTOR_COMPLETED, thing)
            : consumed);
  }

  /**
   * What is done at full speed: nearly the most of a window while something waited. The very most
   * is a window that was told late.
   */
  private static OptionalDouble mostDonePerSecond(
      Observation observation, Thing thing, NavigableMap<Long, Double> levels) {
    double[] all = perSecond(observation, done(observation, thing), levels, 0);
    double[] waited = perSecond(observation, done(observation, thing), levels, 1);
    return waited.length >= FEWEST_WINDOWS
        ? OptionalDouble.of(Quantiles.of(waited, NEARLY_MOST))
        : Arrays.stream(all).max();
  }

  /** In windows in which so many waited at least. */
  private static double[] perSecond(
      Observation observation,
      NavigableMap<Long, Cell> done,
      NavigableMap<Long, Double> levels,
      double least) {
    return done.entrySet().stream()
        .filter(window -> levels.getOrDefault(window.getKey(), 0.0) >= least)
        .mapToDouble(window -> window.getValue().sum() / observation.windowSeconds())
        .toArray();
  }

  private static OptionalDouble donePerSecond(Observation observation, Thing thing) {
    return done(observation, thing).tailMap(observation.recentFrom(), true).values().stream()
        .mapToDouble(cell -> cell.sum() / observation.windowSeconds())
        .average();
  }
}
