package headroom.load.report;

import headroom.load.result.Interval;
import headroom.load.result.LoadResult;
import headroom.load.result.StepStats;
import headroom.load.result.Timeline;
import headroom.load.study.TestOutcome;
import headroom.load.study.TestedRate;
import headroom.model.Event;
import headroom.model.Measure;
import headroom.model.SeriesKey;
import headroom.plan.Objective;
import headroom.rollup.Cell;
import headroom.rollup.Resolution;
import headroom.rollup.Rollup;
import headroom.rollup.RollupTable;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A result as what production reports: response times by step in windows of event time, and an
 * event that says that there was a test. Response times count from the intended start.
 */
public final class ResultRollups {
  private static final int MOST_CELLS = 200_000;

  private ResultRollups() {}

  /**
   * Response times of each step, at the time they were intended for. What never left has no time
   * and is only in the event.
   *
   * @param measure {@link Measure#ACTION} where the test is all that is known of the traffic,
   *     {@link Measure#CLIENT_DURATION} where the service reports its own
   * @param service the name under which they are kept
   */
  public static List<Rollup> of(LoadResult result, Measure measure, String service) {
    Timeline timeline = result.stats().timeline();
    List<StepStats> steps = result.stats().steps();
    var table = new RollupTable(MOST_CELLS);
    double start = seconds(result.startedAt());
    for (Interval interval : timeline.intervals()) {
      for (int step = 0; step < steps.size(); step++) {
        Cell cell = interval.response(step);
        if (cell != null) {
          var key = new SeriesKey(measure, service, "", steps.get(step).name(), "");
          spread(table, key, cell, start, timeline.widthSeconds());
        }
      }
      start += timeline.widthSeconds();
    }
    return table.drain();
  }

  /** Divides a cell among the windows that its time lies in. */
  private static void spread(
      RollupTable table, SeriesKey key, Cell cell, double from, double width) {
    Cell rest = cell;
    double at = from;
    double left = width;
    while (true) {
      double boundary = nextWindow(at);
      if (boundary >= at + left - 1e-6) {
        table.cell(key, (long) at).merge(rest);
        return;
      }
      Cell.Parts parts = rest.split((boundary - at) / left);
      table.cell(key, (long) at).merge(parts.earlier());
      rest = parts.later();
      left -= boundary - at;
      at = boundary;
    }
  }

  private static double nextWindow(double at) {
    int width = Resolution.TEN_SECONDS.seconds();
    return (Math.floor(at / width) + 1) * width;
  }

  private static double seconds(Instant moment) {
    return moment.getEpochSecond() + moment.getNano() * 1e-9;
  }

  /**
   * That there was a test, and what came of it: also on which side of which load the target's wall
   * lies, where the test tells, so that predictions can be scored by it.
   *
   * @param station that was full when it broke; empty when nobody knows
   */
  public static Event event(TestOutcome outcome, String service, Optional<String> station) {
    Event event = event(outcome.run(), service);
    Map<String, String> attributes = new LinkedHashMap<>(event.attributes());
    TestedRate.of(outcome)
        .ifPresent(rate -> {
          rate.held().ifPresent(held -> attributes.put("heldPerSecond", number(held)));
          rate.broke().ifPresent(broke -> attributes.put("brokePerSecond", number(broke)));
          rate.perSecond().ifPresent(found -> attributes.put("perSecond", number(found)));
          switch (rate.objective()) {
            case Objective.Latency latency -> {
              attributes.put("quantile", String.valueOf(latency.quantile()));
              attributes.put("limitSeconds", String.valueOf(latency.limitSeconds()));
            }
            case Objective.Errors errors ->
                attributes.put("errorShare", String.valueOf(errors.limitShare()));
          }
          station.ifPresent(name -> attributes.put("station", name));
        });
    return new Event(event.kind(), event.at(), service, attributes);
  }

  private static String number(double perSecond) {
    return String.format(Locale.ROOT, "%.3f", perSecond);
  }

  /** That there was a test, and what came of it. */
  static Event event(LoadResult result, String service) {
    Map<String, String> attributes = new LinkedHashMap<>();
    attributes.put("verdict", result.hasPassed() ? "passed" : "failed");
    attributes.put("valid", String.valueOf(result.isValid()));
    attributes.put("target", result.plan().target().toString());
    attributes.put("seconds", "%.0f".formatted(result.generator().elapsedSeconds()));
    attributes.put("sent", Long.toString(result.stats().sent()));
    attributes.put("errors", Long.toString(result.stats().errors()));
    attributes.put("dropped", Long.toString(result.stats().dropped()));
    OptionalDouble tail = result.stats().allResponses().quantile(0.99);
    tail.ifPresent(p99 -> attributes.put("p99Seconds", "%.4f".formatted(p99)));
    result
        .objectives()
        .forEach(
            outcome -> attributes.put("objective " + outcome.name(), Summary.describe(outcome)));
    result.stoppedBecause().ifPresent(reason -> attributes.put("stoppedBecause", reason));
    return new Event("test", result.startedAt(), service, attributes);
  }
}
