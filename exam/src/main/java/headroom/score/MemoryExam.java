package headroom.score;

import headroom.detect.Detectors;
import headroom.detect.Finding;
import headroom.stats.Quantiles;
import headroom.wall.Objective;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/** Leaks dated day by day beside those that were planted, and alarms where there is none. */
final class MemoryExam implements Exam {
  private static final List<MemoryHistory.Kind> KINDS = List.of(MemoryHistory.Kind.values());
  private static final int DAYS = MemoryHistory.HOURS / 24;

  /** The verdict that counts is the one of this day. */
  private static final int JUDGED_ON_DAY = 3;

  /** An alarm once it is a week old is judged by its date. */
  private static final int DATED_ON_DAY = 7;

  /**
   * One heap.
   *
   * @param alarms on which days there was a finding, from the end of the first day
   * @param leadDays from the first alarm to the exhaustion
   * @param dateError of the days left, over the true ones; and whether the interval held
   */
  @SuppressWarnings("ArrayRecordComponent") // read at once, never compared
  record Result(
      MemoryHistory.Kind kind,
      boolean[] alarms,
      OptionalDouble leadDays,
      OptionalDouble dateError,
      boolean inside) {
    boolean alarmOn(int day) {
      return alarms[day - 1];
    }

    boolean everAlarmed() {
      for (boolean alarm : alarms) {
        if (alarm) {
          return true;
        }
      }
      return false;
    }

    @Override
    public String toString() {
      var days = new StringBuilder();
      for (boolean alarm : alarms) {
        days.append(alarm ? '!' : '.');
      }
      return String.format(
          Locale.ROOT, "memory %-20s %s lead %s date %s", kind, days, leadDays, dateError);
    }
  }

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public Marks take(Seeds set, int seeds, Cases cases) {
    List<Result> results =
        cases.each(
            "memory",
            KINDS.size() * seeds,
            number ->
                result(
                    MemoryHistory.draw(
                        KINDS.get(number % KINDS.size()), set.seed("memory", number))));
    return marks(results);
  }

  static Result result(MemoryHistory heap) {
    boolean[] alarms = new boolean[DAYS];
    OptionalDouble lead = OptionalDouble.empty();
    OptionalDouble error = OptionalDouble.empty();
    boolean inside = false;
    for (int day = 1; day <= DAYS && day * 24 <= heap.exhaustedAtHour(); day++) {
      List<Finding> found =
          Detectors.detect(heap.until(day * 24), Objective.DEFAULT).stream()
              .filter(finding -> finding.kind() == Finding.Kind.MEMORY)
              .toList();
      alarms[day - 1] = !found.isEmpty();
      if (found.isEmpty() || !heap.kind().isLeak()) {
        continue;
      }
      double left = heap.exhaustedAtHour() / 24 - day;
      if (lead.isEmpty()) {
        lead = OptionalDouble.of(left);
      }
      if (day == DATED_ON_DAY) {
        Finding finding = found.getFirst();
        error = OptionalDouble.of(number(finding, "days until") / left - 1);
        inside = number(finding, "at the earliest") <= left && left <= number(finding, "at the l");
      }
    }
    return new Result(heap.kind(), alarms, lead, error, inside);
  }

  private static double number(Finding finding, String label) {
    return finding.evidence().stream()
        .filter(evidence -> evidence.label().startsWith(label))
        .findFirst()
        .orElseThrow()
        .value();
  }

  private static Marks marks(List<Result> results) {
    Marks.Builder marks =
        Marks.table("memory", "cases", "right on day 3", "ever announced", "lead, days");
    for (MemoryHistory.Kind kind : KINDS) {
      List<Result> some = results.stream().filter(result -> result.kind() == kind).toList();
      marks.row(
          kind.name().toLowerCase(Locale.ROOT).replace('_', ' '),
          String.valueOf(some.size()),
          Marks.percent(accuracy(some)),
          Marks.percent(ResultSummary.share(some, Result::everAlarmed)),
          kind.isLeak() ? String.format(Locale.ROOT, "%.1f", median(leads(some))) : "-");
    }
    List<Result> sound = results.stream().filter(result -> !result.kind().isLeak()).toList();
    double falseAlarms = sound.stream().filter(Result::everAlarmed).count();
    List<Result> dated = results.stream().filter(r -> r.dateError().isPresent()).toList();
    double[] errors = dated.stream().mapToDouble(r -> Math.abs(r.dateError().orElse(0))).toArray();
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("cases", results.size());
    figures.put("accuracy", accuracy(results));
    figures.put("leadDaysMedian", median(leads(results)));
    figures.put("falsePerThousandInstanceWeeks", 1_000 * falseAlarms / (2.0 * sound.size()));
    figures.put("dateErrorMedian", median(errors));
    figures.put("dateCoverage99", ResultSummary.share(dated, Result::inside));
    return marks
        .figures("memory", figures)
        .note(
            String.format(
                Locale.ROOT,
                "all: right on day 3 in %s, median lead %.1f days, %.1f false alarms per 1,000"
                    + " weeks of an instance;",
                Marks.percent(accuracy(results)),
                median(leads(results)),
                1_000 * falseAlarms / (2.0 * sound.size())))
        .note(
            "the date given on day %d errs by %s, its 99 %% interval holds in %s."
                .formatted(
                    DATED_ON_DAY,
                    Marks.percent(median(errors)),
                    Marks.percent(ResultSummary.share(dated, Result::inside))))
        .each(results)
        .build();
  }

  private static double accuracy(List<Result> results) {
    return ResultSummary.share(results, r -> r.alarmOn(JUDGED_ON_DAY) == r.kind().isLeak());
  }

  private static double[] leads(List<Result> results) {
    List<Double> leads = new ArrayList<>();
    results.forEach(result -> result.leadDays().ifPresent(leads::add));
    return leads.stream().mapToDouble(lead -> lead).toArray();
  }

  private static double median(double[] values) {
    return values.length == 0 ? Double.NaN : Quantiles.median(values);
  }
}
