package headroom.load.report;

import headroom.load.result.ErrorLog;
import headroom.load.result.LoadResult;
import headroom.load.result.Recovery;
import headroom.load.result.RunStats;
import headroom.load.result.StepStats;
import headroom.load.study.TestOutcome;
import headroom.plan.quantity.Amounts;
import headroom.rollup.Cell;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** A result in a screenful of text, the verdict first. */
public final class Summary {
  private Summary() {}

  public static String of(LoadResult result) {
    return of(TestOutcome.of(result));
  }

  /** A run and what was found out beyond it. */
  public static String of(TestOutcome outcome) {
    LoadResult result = outcome.run();
    var text = new StringBuilder();
    verdict(text, result, outcome.hasPassed());
    StudySections.of(outcome.studies()).forEach(section -> section.appendTo(text));
    counts(text, result);
    steps(text, result.stats());
    errors(text, result.stats());
    RetriesTold.all(result.stats())
        .ifPresent(attempts -> text.append(RetriesTold.line(attempts)).append('\n'));
    ConnectionsTold.line(result.stats().connections())
        .ifPresent(line -> text.append(line).append('\n'));
    generator(text, result);
    return text.toString();
  }

  private static void verdict(StringBuilder text, LoadResult result, boolean passed) {
    if (!result.isValid()) {
      text.append("INVALID: the figures say nothing about the target\n");
      result.invalidBecause().forEach(reason -> text.append("  ").append(reason).append('\n'));
    }
    text.append(passed ? "PASSED" : "FAILED");
    text.append("  ").append(result.plan().target()).append('\n');
    result
        .stoppedBecause()
        .ifPresent(reason -> text.append("  stopped early: ").append(reason).append('\n'));
    if (result.isValid() && result.hasOnlyFailures()) {
      text.append("  not one request succeeded\n");
    }
    for (LoadResult.Outcome outcome : result.objectives()) {
      text.append(outcome.held() ? "  held    " : "  BROKEN  ").append(describe(outcome));
      text.append('\n');
    }
    result
        .recoveries()
        .forEach(recovery -> text.append("  ").append(describe(recovery)).append('\n'));
    text.append('\n');
  }

  /** A fault and whether the target came back. */
  static String describe(Recovery recovery) {
    String when =
        "%s from %s to %s: "
            .formatted(
                recovery.what(),
                Amounts.seconds(recovery.beganSeconds()),
                Amounts.seconds(recovery.endedSeconds()));
    if (recovery.goodputBefore().isEmpty()) {
      return when + "nothing to compare with before it";
    }
    return recovery.hasRecovered()
        ? when + "back %s after it was over".formatted(Amounts.seconds(recovery.afterSeconds()))
        : when
            + "NOT back by the end: goodput %s, before it %s"
                .formatted(share(recovery.goodputAtEnd()), share(recovery.goodputBefore()));
  }

  private static String share(OptionalDouble share) {
    return share.isPresent() ? Amounts.share(share.getAsDouble()) : "unknown";
  }

  /** The objective, its value and where that was measured. */
  static String describe(LoadResult.Outcome outcome) {
    boolean share = outcome.name().equals("errors");
    String value =
        outcome.value().isEmpty()
            ? "not measured"
            : share
                ? Amounts.share(outcome.value().getAsDouble())
                : Amounts.seconds(outcome.value());
    String limit = share ? Amounts.share(outcome.limit()) : Amounts.seconds(outcome.limit());
    String where = outcome.step().map(step -> " at " + step.text()).orElse("");
    return "%s %s%s, at most %s".formatted(outcome.name(), value, where, limit);
  }

  private static void counts(StringBuilder text, LoadResult result) {
    RunStats stats = result.stats();
    double seconds = result.generator().elapsedSeconds();
    text.append(
        "%s journeys arrived, %s dropped; %s requests sent in %s (%s), %s failed\n\n"
            .formatted(
                Amounts.count(stats.arrivals()),
                Amounts.count(stats.dropped()),
                Amounts.count(stats.sent()),
                Amounts.seconds(seconds),
                Amounts.rate(seconds > 0 ? stats.sent() / seconds : 0),
                Amounts.count(stats.errors())));
  }

  private static void steps(StringBuilder text, RunStats stats) {
    var rows = new ArrayList<List<String>>();
    rows.add(List.of("response time", "count", "failed", "p50", "p90", "p99", "p99.9", "max"));
    for (StepStats step : stats.steps()) {
      Cell response = step.response();
      rows.add(
          List.of(
              step.name(),
              Amounts.count(step.count()),
              Amounts.count(step.failed()),
              Amounts.seconds(response.quantile(0.5)),
              Amounts.seconds(response.quantile(0.9)),
              Amounts.seconds(response.quantile(0.99)),
              Amounts.seconds(response.quantile(0.999)),
              response.count() == 0 ? "–" : Amounts.seconds(response.max())));
      step.gaps().ifPresent(gaps -> rows.add(between(gaps)));
    }
    table(text, rows);
    text.append('\n');
  }

  private static List<String> between(Cell gaps) {
    return List.of(
        "  between messages",
        Amounts.count(gaps.count()),
        "",
        Amounts.seconds(gaps.quantile(0.5)),
        Amounts.seconds(gaps.quantile(0.9)),
        Amounts.seconds(gaps.quantile(0.99)),
        Amounts.seconds(gaps.quantile(0.999)),
        Amounts.seconds(gaps.max()));
  }

  static void table(StringBuilder text, List<List<String>> rows) {
    for (List<String> row : rows) {
      for (int column = 0; column < row.size(); column++) {
        int at = column;
        int width = rows.stream().mapToInt(r -> r.get(at).length()).max().orElse(1);
        String cell = row.get(column);
        text.append("  ");
        text.append(column == 0 ? cell : " ".repeat(width - cell.length()) + cell);
        text.append(column == 0 ? " ".repeat(width - cell.length()) : "");
      }
      text.append('\n');
    }
  }

  private static void errors(StringBuilder text, RunStats stats) {
    for (StepStats step : stats.steps()) {
      for (ErrorLog.Entry entry : step.errors().entries()) {
        text.append(
            "  %s: %s %s"
                .formatted(step.name(), Amounts.count(entry.count()), entry.kind().label()));
        for (Map.Entry<String, Long> sample : entry.samples().entrySet()) {
          if (!sample.getKey().isEmpty()) {
            text.append("; %s (%s)".formatted(sample.getKey(), Amounts.count(sample.getValue())));
          }
        }
        text.append('\n');
      }
    }
    if (stats.errors() > 0) {
      text.append('\n');
    }
  }

  private static void generator(StringBuilder text, LoadResult result) {
    Cell lag = result.stats().lag();
    text.append(
        "generator: late by %s at p50, %s at p99; %s of CPU per thousand requests; seed %d\n"
            .formatted(
                Amounts.seconds(lag.quantile(0.5)),
                Amounts.seconds(lag.quantile(0.99)),
                Amounts.seconds(result.generator().cpuSecondsPerThousand(result.stats().sent())),
                result.seed()));
  }
}
