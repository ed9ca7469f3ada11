package headroom.cli.prometheus;

import headroom.cli.prometheus.PrometheusClient.TooMuchException;
import headroom.cli.terminal.UserError;
import headroom.ingest.pipeline.TelemetryStore;
import headroom.ingest.prometheus.HistoryReader;
import headroom.ingest.prometheus.LabelRules;
import headroom.ingest.prometheus.SampleDrop;
import headroom.ingest.prometheus.Written;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * History from a running Prometheus into a store, hour by hour from the oldest on. All metrics of
 * an hour are asked for in as few questions as Prometheus will answer, and only those that are
 * read.
 */
public final class HistoryImport {
  private static final Duration CHUNK = Duration.ofHours(1);
  private static final int MOST_VALUES = 2_000_000;
  private static final int MOST_NAMES_AT_ONCE = 400;

  private final PrometheusClient prometheus;
  private final String selector;
  private final Duration step;
  private final HistoryReader reader;
  private final TelemetryStore telemetry;
  private final ImportNote note;
  private final Map<SampleDrop, Long> dropped = new EnumMap<>(SampleDrop.class);
  private List<List<String>> questions = List.of();
  private long samples;

  /** Told how far it is. */
  public interface Told {
    void at(double share, String what);
  }

  /**
   * What came of it.
   *
   * @param reached up to when there is history now
   * @param samples values that were read
   * @param unread native histograms that were left out
   */
  public record Outcome(
      Instant from,
      Instant reached,
      int metrics,
      long samples,
      Map<SampleDrop, Long> dropped,
      long unread,
      boolean leftPartOut) {
    public Outcome {
      dropped = Map.copyOf(dropped);
    }
  }

  /**
   * @param selector what all series must match besides, such as {@code namespace="prod"}; may be
   *     empty
   */
  public HistoryImport(
      PrometheusClient prometheus,
      String selector,
      Duration step,
      LabelRules rules,
      TelemetryStore telemetry,
      ImportNote note) {
    this.prometheus = prometheus;
    this.selector = selector;
    this.step = step;
    this.reader = new HistoryReader(rules, step.toMillis());
    this.telemetry = telemetry;
    this.note = note;
  }

  /** Imports what lies between two times and is not there yet. */
  public Outcome run(Instant since, Instant until, Told told) throws InterruptedException {
    boolean leftPartOut = note.wasInterrupted();
    Instant from = note.reached().filter(since::isBefore).orElse(since);
    Instant at = floor(from);
    Instant end = floor(until);
    if (at.isBefore(end)) {
      ask(at, end);
    }
    int metrics = questions.stream().mapToInt(List::size).sum();
    Instant begin = at;
    while (metrics > 0 && at.isBefore(end)) {
      Instant next = at.plus(CHUNK).isAfter(end) ? end : at.plus(CHUNK);
      chunk(at, next);
      at = next;
      told.at(
          (double) Duration.between(begin, at).toMillis() / Duration.between(begin, end).toMillis(),
          "%s, %,d samples".formatted(at, samples));
    }
    return new Outcome(begin, at, metrics, samples, dropped, reader.unread(), leftPartOut);
  }

  /** Whole hours, so that no window is shared by two chunks. */
  private static Instant floor(Instant time) {
    long seconds = CHUNK.toSeconds();
    return Instant.ofEpochSecond(Math.floorDiv(time.getEpochSecond(), seconds) * seconds);
  }

  /** Which names there are decides what is asked: the parts of a metric in one question. */
  private void ask(Instant from, Instant to) throws InterruptedException {
    var byMetric = new TreeMap<String, List<String>>();
    try {
      String all = selector.isEmpty() ? "{__name__!=\"\"}" : "{" + selector + "}";
      for (String name : prometheus.names(all, from, to)) {
        if (HistoryReader.isRead(name) && name.chars().allMatch(HistoryImport::isPlain)) {
          byMetric
              .computeIfAbsent(HistoryReader.metric(name), unused -> new ArrayList<>())
              .add(name);
        }
      }
    } catch (TooMuchException e) {
      throw tooMuch(e);
    }
    List<List<String>> asked = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (List<String> parts : byMetric.values()) {
      if (names.size() + parts.size() > MOST_NAMES_AT_ONCE) {
        asked.add(names);
        names = new ArrayList<>();
      }
      names.addAll(parts);
    }
    if (!names.isEmpty()) {
      asked.add(names);
    }
    questions = asked;
  }

  private static boolean isPlain(int c) {
    return c == '_' || c == ':' || (c < 128 && Character.isLetterOrDigit(c));
  }

  private void chunk(Instant from, Instant to) throws InterruptedException {
    reader.begin(from, to);
    List<List<String>> answered = new ArrayList<>();
    for (List<String> names : questions) {
      answer(names, from, to, answered);
    }
    questions = answered;
    note.storing(to);
    Written written = reader.deliver(to.plus(CHUNK), telemetry);
    telemetry.flush();
    note.stored(to);
    samples += written.samples();
    written.dropped().forEach((reason, count) -> dropped.merge(reason, count, Long::sum));
  }

  /** A question that is too much is asked in halves, from then on. */
  private void answer(List<String> names, Instant from, Instant to, List<List<String>> answered)
      throws InterruptedException {
    String query =
        "{__name__=~\""
            + String.join("|", names)
            + "\""
            + (selector.isEmpty() ? "" : ",")
            + selector
            + "}";
    try {
      prometheus.range(query, from, to, step, reader::add);
      answered.add(names);
    } catch (TooMuchException e) {
      if (names.size() < 2) {
        throw tooMuch(e);
      }
      answer(names.subList(0, names.size() / 2), from, to, answered);
      answer(names.subList(names.size() / 2, names.size()), from, to, answered);
    }
    if (reader.values() > MOST_VALUES) {
      throw new UserError(
          "an hour has more than %,d samples".formatted(MOST_VALUES),
          "Import one part after the other with --match, or with a longer --step.");
    }
  }

  private static UserError tooMuch(TooMuchException e) {
    return new UserError(
        "Prometheus finds the question too large: " + e.getMessage(),
        "Ask for less with --match, or with a longer --step.");
  }
}
