package headroom.model;

import static headroom.model.Measure.*;
import static headroom.model.StationChart.Field.MEAN;
import static headroom.model.StationChart.Field.P50;
import static headroom.model.StationChart.Field.P99;
import static headroom.model.StationChart.Field.PER_SECOND;
import static headroom.model.StationChart.Format.BYTES;
import static headroom.model.StationChart.Format.NUMBER;
import static headroom.model.StationChart.Format.RATE;
import static headroom.model.StationChart.Format.SECONDS;
import static headroom.model.StationChart.Line.limit;
import static headroom.model.StationChart.Line.line;
import static headroom.model.StationChart.Line.share;
import static headroom.model.StationChart.Tone.FIRST;
import static headroom.model.StationChart.Tone.SECOND;
import static headroom.model.StationChart.Tone.THIRD;
import static headroom.model.StationMeasures.Role.HOLD;
import static headroom.model.StationMeasures.Role.LIMIT;
import static headroom.model.StationMeasures.Role.MACHINE_SHARE;
import static headroom.model.StationMeasures.Role.SHARE;
import static headroom.model.StationMeasures.Role.USED;
import static headroom.model.StationMeasures.Role.WAIT;
import static headroom.model.StationMeasures.Role.WAITING;
import static headroom.model.StationMeasures.found;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The catalogue of kinds of stations: their words, what their servers are, who waits where, which
 * measures tell about them and how they are drawn. In the order in which they are looked for.
 */
@SuppressWarnings("ImmutableEnumChecker") // records of copies are immutable
public enum StationKind {
  /** Connections that are lent. */
  POOL(
      Words.same("pool"),
      "connections",
      Discipline.WAIT,
      found(POOL_USED, POOL_HOLD)
          .with(USED, POOL_USED)
          .with(HOLD, POOL_HOLD)
          .with(LIMIT, POOL_LIMIT)
          .with(WAITING, POOL_PENDING)
          .with(WAIT, POOL_WAIT),
      new StationChart(
          "Connections",
          NUMBER,
          List.of(
              line(POOL_USED, MEAN, "in use", FIRST),
              line(POOL_PENDING, MEAN, "waiting for one", SECOND),
              limit(POOL_LIMIT))),
      new StationChart(
          "Time held and waited",
          SECONDS,
          List.of(
              line(POOL_HOLD, P50, "held, p50", THIRD),
              line(POOL_HOLD, P99, "held, p99", FIRST),
              line(POOL_WAIT, P99, "waited, p99", SECOND)))),

  /** The processors of a machine, as a service or the machine itself reports them. */
  CPU(
      Words.same("cpu"),
      "cores",
      Discipline.SHARE,
      found(CPU_TIME, CPU_UTILIZATION, HOST_CPU_UTILIZATION)
          .with(HOLD, CPU_TIME)
          .with(LIMIT, CPU_COUNT)
          .with(SHARE, CPU_UTILIZATION)
          .with(MACHINE_SHARE, HOST_CPU_UTILIZATION),
      new StationChart(
          "Processors busy",
          NUMBER,
          List.of(line(CPU_TIME, PER_SECOND, "busy", FIRST), limit(CPU_COUNT))),
      new StationChart(
          "Utilization as reported",
          StationChart.Format.SHARE,
          List.of(
              share(CPU_UTILIZATION, "this process", FIRST),
              share(HOST_CPU_UTILIZATION, "whole machine", THIRD)))),

  /** Threads of a server, one for each request that is at work. */
  THREADS(
      new Words("threads", "executor"),
      "threads",
      Discipline.WAIT,
      found(THREADS_BUSY)
          .with(USED, THREADS_BUSY)
          .with(HOLD, THREADS_DURATION)
          .with(LIMIT, THREADS_LIMIT)
          .with(WAITING, THREADS_QUEUED),
      new StationChart(
          "Threads",
          NUMBER,
          List.of(
              line(THREADS_BUSY, MEAN, "busy", FIRST),
              line(THREADS_QUEUED, MEAN, "queued", SECOND),
              limit(THREADS_LIMIT)))),

  /** Threads that do what is handed to them, apart from requests. */
  EXECUTOR(
      Words.same("executor"),
      "threads",
      Discipline.BACKLOG,
      found(EXECUTOR_ACTIVE)
          .with(USED, EXECUTOR_ACTIVE)
          .with(HOLD, EXECUTOR_DURATION)
          .with(LIMIT, EXECUTOR_LIMIT)
          .with(WAITING, EXECUTOR_QUEUED)
          .with(WAIT, EXECUTOR_WAIT),
      new StationChart(
          "Threads",
          NUMBER,
          List.of(
              line(EXECUTOR_ACTIVE, MEAN, "active", FIRST),
              line(EXECUTOR_QUEUED, MEAN, "queued", SECOND),
              limit(EXECUTOR_LIMIT)))),

  /** Those who work a queue of messages off. */
  QUEUE(
      Words.same("queue"),
      "consumers",
      Discipline.BACKLOG,
      found(QUEUE_PROCESS)
          .with(HOLD, QUEUE_PROCESS)
          .with(LIMIT, QUEUE_CONSUMERS)
          .with(WAITING, QUEUE_DEPTH)
          .with(WAIT, QUEUE_AGE),
      new StationChart("Waiting", NUMBER, List.of(line(QUEUE_DEPTH, MEAN, "messages", FIRST))),
      new StationChart(
          "In and out",
          RATE,
          List.of(
              line(QUEUE_PUBLISHED, PER_SECOND, "published", FIRST),
              line(QUEUE_CONSUMED, PER_SECOND, "consumed", SECOND)))),

  /** A part of a queue that keeps its order: one consumer at a time works it off. */
  PARTITION(
      Words.same("partition"),
      "consumer",
      Discipline.BACKLOG,
      found(QUEUE_PROCESS)
          .with(HOLD, QUEUE_PROCESS)
          .with(WAITING, QUEUE_DEPTH)
          .with(WAIT, QUEUE_AGE)
          .ofDetailWith(1),
      new StationChart(
          "In and out",
          RATE,
          List.of(
              line(QUEUE_PUBLISHED, PER_SECOND, "published", FIRST),
              line(QUEUE_PROCESS, PER_SECOND, "processed", SECOND))),
      new StationChart(
          "Time to process",
          SECONDS,
          List.of(line(QUEUE_PROCESS, P50, "p50", THIRD), line(QUEUE_PROCESS, P99, "p99", FIRST)))),

  /** Connections that a database allows, whichever of its databases they are to. */
  CONNECTIONS(
      new Words("connections", "database"),
      "connections",
      Discipline.LIMIT,
      found(DATABASE_CONNECTIONS)
          .with(USED, DATABASE_CONNECTIONS)
          .with(LIMIT, DATABASE_CONNECTION_LIMIT)
          .ofInstance(),
      new StationChart(
          "Connections",
          NUMBER,
          List.of(
              line(DATABASE_RUNNING, MEAN, "running", FIRST),
              line(DATABASE_CONNECTIONS, MEAN, "open", THIRD),
              limit(DATABASE_CONNECTION_LIMIT)))),

  /** What is remembered so as not to be asked again. */
  CACHE(
      Words.same("cache"),
      "entries",
      null,
      StationMeasures.NONE.with(USED, CACHE_SIZE),
      new StationChart(
          "Look-ups",
          RATE,
          List.of(
              line(CACHE_HITS, PER_SECOND, "hits", FIRST),
              line(CACHE_MISSES, PER_SECOND, "misses", SECOND)))),

  /** A pool of memory. */
  MEMORY(
      Words.same("memory"),
      "bytes",
      null,
      StationMeasures.NONE.with(USED, MEMORY_USED).with(LIMIT, MEMORY_LIMIT),
      new StationChart(
          "Memory",
          BYTES,
          List.of(
              line(MEMORY_USED, MEAN, "used", THIRD),
              line(MEMORY_LIVE, MEAN, "live after collection", FIRST),
              limit(MEMORY_LIMIT)))),

  /** A disk or volume. */
  DISK(Words.same("disk"), "bytes", null, StationMeasures.NONE),

  /** No station, but what fails without one that is full. */
  OBJECTIVE(Words.same("objective"), "", null, StationMeasures.NONE);

  /** In the text of a station, and as a kind on the wire. */
  private record Words(String text, String wire) {
    static Words same(String word) {
      return new Words(word, word);
    }
  }

  private static final Map<String, StationKind> BY_WORD = new HashMap<>();

  static {
    for (StationKind kind : values()) {
      BY_WORD.put(kind.word(), kind);
    }
  }

  private final Words words;
  private final String unit;
  private final @Nullable Discipline discipline;
  private final StationMeasures measures;
  private final List<StationChart> charts;

  StationKind(
      Words words,
      String unit,
      @Nullable Discipline discipline,
      StationMeasures measures,
      StationChart... charts) {
    this.words = words;
    this.unit = unit;
    this.discipline = discipline;
    this.measures = measures;
    this.charts = List.of(charts);
  }

  /** The kind of a word in the text of a station; empty when there is none. */
  static Optional<StationKind> of(String word) {
    return Optional.ofNullable(BY_WORD.get(word));
  }

  /** Its word in the text of a station. */
  public String word() {
    return words.text;
  }

  /** Its name on the wire, where what breaks alike is of one kind. */
  public String wireName() {
    return words.wire;
  }

  /** What its servers are, such as {@code connections}. */
  public String unit() {
    return unit;
  }

  /** What happens when it is busy; empty for what has no servers that could be. */
  public Optional<Discipline> discipline() {
    return Optional.ofNullable(discipline);
  }

  /** The measures in their roles. */
  public StationMeasures measures() {
    return measures;
  }

  /** How stations of the kind are drawn. */
  public List<StationChart> charts() {
    return charts;
  }

  /** Every measure that tells about it or is drawn. */
  public Set<Measure> allMeasures() {
    Set<Measure> all = EnumSet.noneOf(Measure.class);
    all.addAll(measures.foundBy());
    all.addAll(measures.byRole().values());
    charts.forEach(chart -> chart.lines().forEach(line -> all.add(line.measure())));
    return all;
  }
}
