package headroom.score;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Dates of walls, from drawn histories that are then run on until traffic gets there. */
final class DateExams implements Exam {
  /** They are cheap, and a coverage needs many. */
  private static final int PER_SEED = 40;

  @Override
  public String name() {
    return "dates";
  }

  @Override
  public Marks take(Seeds set, int seeds, Cases cases) {
    List<DateResult> all =
        cases.each("dates", seeds * PER_SEED, number -> DateExam.take(set, number));
    Marks.Builder marks =
        Marks.table(
            "dates",
            "cases",
            "dated",
            "80 % interval holds",
            "later",
            "90 % holds",
            "median error of lead",
            "false never");
    row(marks, "all", all);
    row(marks, "  no launch announced", all.stream().filter(one -> !one.launch()).toList());
    for (ArrivalHistory.Trend trend : ArrivalHistory.Trend.values()) {
      row(
          marks,
          "  " + trend.name().toLowerCase(Locale.ROOT),
          all.stream().filter(one -> one.history().kind() == trend).toList());
    }
    row(
        marks,
        "  with a change of regime",
        all.stream().filter(one -> one.history().breaks() > 0).toList());
    row(marks, "  5 to 15 weeks", all.stream().filter(one -> one.weeks() <= 15).toList());
    row(marks, "  16 to 50 weeks", all.stream().filter(one -> one.weeks() > 15).toList());
    lead(marks, all, 0, 30);
    lead(marks, all, 30, 90);
    lead(marks, all, 90, 180);
    Map<String, Object> figures = DateScore.of(all).figures();
    DateScore unannounced = DateScore.of(all.stream().filter(one -> !one.launch()).toList());
    figures.put("withoutLaunch", unannounced.figures());
    marks.figures("dates", figures);
    return marks
        .note("dated: a date was named; the other columns but the last are of these.")
        .note(
            "lead: days to the date that was named; the error is of those that came within 180"
                + " days.")
        .note("false never: it came before the day before which it was said not to come.")
        .each(all)
        .build();
  }

  private static void lead(Marks.Builder marks, List<DateResult> all, int from, int to) {
    row(
        marks,
        "  said to be %d to %d days away".formatted(from, to),
        all.stream()
            .filter(one -> one.isDated() && one.saidDays() >= from && one.saidDays() < to)
            .toList());
  }

  private static void row(Marks.Builder marks, String title, List<DateResult> some) {
    DateScore score = DateScore.of(some);
    marks.row(
        title,
        String.valueOf(score.cases()),
        Marks.percent(score.dated()),
        Marks.percent(score.coverage80()),
        Marks.percent(score.laterThan80()),
        Marks.percent(score.coverage90()),
        Marks.percent(score.medianErrorOfLead()),
        Marks.percent(score.falseNever()));
  }
}
