package headroom.score;

import headroom.drift.Drift;
import headroom.sim.weeks.WeeksSystem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/** Warnings of a fleet of which nothing became slower; each series counts once while it goes on. */
record FalseAlarms(String kind, double seriesWeeks, int paged, int watched, String first) {
  private static final int TARGETS = 15;
  private static final double EVERY_HOURS = 24;
  private static final int QUIET_CASES_PER_SEED = 5;

  static void examine(
      Seeds set, int seeds, Exam.Cases cases, Marks.Builder marks, Map<String, Object> figures) {
    List<FalseAlarms> quiet =
        cases.each(
            "drift, nothing planted",
            QUIET_CASES_PER_SEED * seeds,
            number -> {
              long seed = set.seed("drift-quiet", number);
              boolean hard = number % 2 == 1;
              var system = WeeksScenarios.quiet(hard, new SplittableRandom(seed));
              return watch(system, seed, 4 * 168, 7 * 168, hard ? "wandering" : "plain");
            });
    List<FalseAlarms> surges =
        cases.each(
            "drift, traffic doubled",
            seeds,
            number -> {
              long seed = set.seed("drift-surge", number);
              var system = WeeksScenarios.surge(new SplittableRandom(seed));
              return watch(system, seed, 5 * 168, 7 * 168, "traffic doubled");
            });
    List<FalseAlarms> troubles =
        cases.each(
            "drift, troubles that went away",
            seeds,
            number -> {
              long seed = set.seed("drift-trouble", number);
              var system = WeeksScenarios.trouble(new SplittableRandom(seed));
              return watch(system, seed, 5 * 168, 6 * 168, "went away");
            });
    figures.put("falsePerThousandSeriesWeeks", 1_000 * rate(quiet, FalseAlarms::paged));
    figures.put("watchedPerThousandSeriesWeeks", 1_000 * rate(quiet, FalseAlarms::watched));
    figures.put("seriesWeeks", quiet.stream().mapToDouble(FalseAlarms::seriesWeeks).sum());
    figures.put("pagedByLoadAlone", surges.stream().mapToInt(FalseAlarms::paged).sum());
    figures.put("pagedByTransients", troubles.stream().mapToInt(FalseAlarms::paged).sum());
    List<FalseAlarms> all = new ArrayList<>(quiet);
    all.addAll(surges);
    all.addAll(troubles);
    all.stream()
        .collect(Collectors.groupingBy(FalseAlarms::kind, LinkedHashMap::new, Collectors.toList()))
        .forEach((kind, some) ->
            marks.note(
                String.format(
                    Locale.ROOT,
                    "%s: %d false warnings and %d on the watch list in %.0f series-weeks",
                    kind,
                    some.stream().mapToInt(FalseAlarms::paged).sum(),
                    some.stream().mapToInt(FalseAlarms::watched).sum(),
                    some.stream().mapToDouble(FalseAlarms::seriesWeeks).sum())));
    marks.each(all.stream().filter(some -> some.paged() > 0).toList());
  }

  private static double rate(List<FalseAlarms> all, ToIntFunction<FalseAlarms> count) {
    return all.stream().mapToInt(count).sum()
        / all.stream().mapToDouble(FalseAlarms::seriesWeeks).sum();
  }

  private static FalseAlarms watch(
      WeeksSystem system, long seed, double from, double to, String kind) {
    var one = new WeeksCase(system, seed);
    int paged = 0;
    int watched = 0;
    String first = "";
    Set<String> before = new HashSet<>();
    Set<String> watchedBefore = new HashSet<>();
    for (double hour = from; hour <= to; hour += EVERY_HOURS) {
      Set<String> now = new HashSet<>();
      Set<String> watchedNow = new HashSet<>();
      for (Drift drift : one.at(hour)) {
        boolean isNew =
            WeeksCase.names(drift).noneMatch((drift.paged() ? before : watchedBefore)::contains);
        WeeksCase.names(drift).forEach((drift.paged() ? now : watchedNow)::add);
        if (drift.paged() && isNew) {
          paged++;
          first = first.isEmpty() ? told(system, hour, drift) : first;
        } else if (isNew) {
          watched++;
        }
      }
      before = now;
      watchedBefore = watchedNow;
    }
    return new FalseAlarms(kind, TARGETS * (to - from) / 168, paged, watched, first);
  }

  private static String told(WeeksSystem system, double hour, Drift drift) {
    return String.format(
        Locale.ROOT,
        "%s at hour %.0f: %s %s %s %.0f %.3f z %.1f since %s, %d also, shown by %s",
        system.wobble(),
        hour,
        drift.service(),
        drift.operation(),
        drift.shape(),
        100 * drift.quantile(),
        drift.size().ratio(),
        drift.z(),
        drift.onset().likeliest(),
        drift.alsoSlower().size(),
        drift.shownBy());
  }
}
