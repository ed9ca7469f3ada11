package headroom.load.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import headroom.load.result.ErrorLog;
import headroom.load.result.Hook;
import headroom.load.result.Interval;
import headroom.load.result.LoadResult;
import headroom.load.result.Recovery;
import headroom.load.result.RunStats;
import headroom.load.result.StepStats;
import headroom.load.result.Timeline;
import headroom.load.study.TestOutcome;
import headroom.rollup.Cell;
import java.util.List;
import java.util.OptionalDouble;

/**
 * A result as one JSON document, times in seconds, shares as 0..1, rates per second. A quantile of
 * nothing is null.
 */
public final class ResultJson {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private ResultJson() {}

  /** The document, indented. */
  public static String of(LoadResult result) {
    ObjectNode json = tree(result);
    Batches.write(json.putObject("batches"), result);
    return json.toPrettyString() + "\n";
  }

  /** The document of a run and of what was found out beyond it. */
  public static String of(TestOutcome outcome) {
    ObjectNode json = tree(outcome.run());
    StudyJson.add(json, outcome);
    Batches.write(json.putObject("batches"), outcome.run());
    return json.toPrettyString() + "\n";
  }

  static ObjectNode tree(LoadResult result) {
    RunStats stats = result.stats();
    ObjectNode json = MAPPER.createObjectNode();
    json.put("valid", result.isValid());
    ArrayNode invalid = json.putArray("invalidBecause");
    result.invalidBecause().forEach(invalid::add);
    json.put("verdict", result.hasPassed() ? "passed" : "failed");
    result.stoppedBecause().ifPresent(reason -> json.put("stoppedBecause", reason));
    json.put("onlyFailures", result.hasOnlyFailures());
    json.put("target", result.plan().target().toString());
    json.put("startedAt", result.startedAt().toString());
    json.put("seed", result.seed());
    json.put("seconds", result.generator().elapsedSeconds());
    json.put("arrivals", stats.arrivals());
    json.put("sent", stats.sent());
    json.put("dropped", stats.dropped());
    json.put("errors", stats.errors());
    quantiles(json.putObject("lag"), stats.lag(), false);
    ArrayNode objectives = json.putArray("objectives");
    result.objectives().forEach(outcome -> objective(objectives.addObject(), outcome));
    ArrayNode recoveries = json.putArray("recoveries");
    result.recoveries().forEach(recovery -> recovery(recoveries.addObject(), recovery));
    ArrayNode hooks = json.putArray("hooks");
    result.hooks().forEach(hook -> hook(hooks.addObject(), hook));
    ObjectNode steps = json.putObject("steps");
    stats.steps().forEach(step -> step(steps.putObject(step.name()), step));
    journeys(json.putObject("journeys"), result);
    groups(json.putObject("groups"), stats);
    RetriesTold.all(stats)
        .ifPresent(attempts -> RetriesTold.write(json.putObject("retries"), attempts));
    ConnectionsTold.write(json.putObject("connections"), stats.connections());
    generator(json.putObject("generator"), result);
    timeline(json, stats.timeline(), stats.steps());
    return json;
  }

  static void objective(ObjectNode json, LoadResult.Outcome outcome) {
    json.put("name", outcome.name());
    json.put("limit", outcome.limit());
    outcome.value().ifPresentOrElse(value -> json.put("value", value), () -> json.putNull("value"));
    json.put("held", outcome.held());
    outcome.step().ifPresent(step -> json.put("step", step.text()));
  }

  static void recovery(ObjectNode json, Recovery recovery) {
    json.put("what", recovery.what());
    json.put("began", recovery.beganSeconds());
    json.put("ended", recovery.endedSeconds());
    json.put("recovered", recovery.hasRecovered());
    put(json, "afterSeconds", recovery.afterSeconds());
    put(json, "goodputBefore", recovery.goodputBefore());
    put(json, "goodputDuring", recovery.goodputDuring());
    put(json, "goodputAtEnd", recovery.goodputAtEnd());
  }

  private static void hook(ObjectNode json, Hook hook) {
    json.put("command", hook.command());
    json.put("at", hook.atSeconds());
    hook.failure().ifPresentOrElse(why -> json.put("failure", why), () -> json.putNull("failure"));
  }

  static void put(ObjectNode json, String name, OptionalDouble value) {
    value.ifPresentOrElse(v -> json.put(name, v), () -> json.putNull(name));
  }

  private static void step(ObjectNode json, StepStats step) {
    json.put("count", step.count());
    json.put("errors", step.failed());
    quantiles(json.putObject("response"), step.response(), true);
    quantiles(json.putObject("service"), step.service(), true);
    quantiles(json.putObject("queued"), step.queued(), true);
    step.gaps()
        .ifPresent(gaps -> {
          ObjectNode between = json.putObject("betweenMessages");
          between.put("count", gaps.count());
          quantiles(between, gaps, true);
        });
    step.retries().ifPresent(tries -> RetriesTold.write(json.putObject("retries"), tries));
    json.put("bodyBytes", step.bodyBytes());
    ArrayNode kinds = json.putArray("errorsByKind");
    for (ErrorLog.Entry entry : step.errors().entries()) {
      ObjectNode kind = kinds.addObject();
      kind.put("kind", entry.kind().label());
      kind.put("count", entry.count());
      ObjectNode samples = kind.putObject("samples");
      entry.samples().forEach(samples::put);
    }
  }

  private static void journeys(ObjectNode json, LoadResult result) {
    RunStats stats = result.stats();
    for (int i = 0; i < stats.journeys().size(); i++) {
      Cell times = stats.journeys().get(i);
      ObjectNode journey = json.putObject(result.plan().journeys().get(i).name());
      journey.put("count", times.count());
      journey.put("aborted", times.errors());
      quantiles(journey.putObject("response"), times, true);
    }
  }

  private static void groups(ObjectNode json, RunStats stats) {
    stats
        .groups()
        .forEach((name, times) -> {
          ObjectNode group = json.putObject(name);
          group.put("count", times.count());
          group.put("aborted", times.errors());
          quantiles(group.putObject("response"), times, true);
        });
  }

  private static void generator(ObjectNode json, LoadResult result) {
    json.put("workers", result.generator().workers());
    json.put("cpuSeconds", result.generator().cpuSeconds());
    json.put(
        "cpuSecondsPerThousand", result.generator().cpuSecondsPerThousand(result.stats().sent()));
  }

  private static void timeline(ObjectNode json, Timeline timeline, List<StepStats> steps) {
    json.put("intervalSeconds", timeline.widthSeconds());
    ArrayNode rows = json.putArray("timeline");
    int second = 0;
    for (Interval interval : timeline.intervals()) {
      ObjectNode row = rows.addObject();
      row.put("second", second);
      row.put("arrivals", interval.arrivals());
      row.put("dropped", interval.dropped());
      row.put("sent", interval.requestsSent());
      row.put("completed", interval.requestsCompleted());
      row.put("errors", interval.requestsFailed());
      row.put("inFlight", interval.mostInFlight());
      quantiles(row.putObject("response"), interval.allResponses(), false);
      ObjectNode byStep = row.putObject("steps");
      for (int i = 0; i < steps.size(); i++) {
        Cell cell = interval.response(i);
        if (cell != null) {
          ObjectNode step = byStep.putObject(steps.get(i).name());
          step.put("count", cell.count());
          quantiles(step, cell, false);
        }
      }
      second += timeline.widthSeconds();
    }
  }

  static void quantiles(ObjectNode json, Cell cell, boolean all) {
    put(json, "p50", cell, 0.5);
    if (all) {
      put(json, "p90", cell, 0.9);
      put(json, "p95", cell, 0.95);
    }
    put(json, "p99", cell, 0.99);
    if (all) {
      put(json, "p999", cell, 0.999);
    }
    if (cell.count() == 0) {
      json.putNull("max");
    } else {
      json.put("max", cell.max());
    }
  }

  private static void put(ObjectNode json, String name, Cell cell, double q) {
    cell.quantile(q).ifPresentOrElse(value -> json.put(name, value), () -> json.putNull(name));
  }
}
