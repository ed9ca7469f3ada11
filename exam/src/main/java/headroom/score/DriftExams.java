package headroom.score;

import headroom.drift.Drift;
import headroom.model.Measure;
import headroom.sim.weeks.Plant;
import headroom.sim.weeks.WeeksSystem;
import headroom.stats.Quantiles;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/**
 * Weeks of fleets that became slower, or did not, looked at every hour or every half day as they
 * went by.
 */
final class DriftExams implements Exam {
  /** What was measured of an operation besides its latency and its callers'. */
  private static final Set<Measure> PARTS = Set.of(Measure.OPERATION_SELF, Measure.STATEMENT);

  private static final int HOURS_FOLLOWED = 72;
  private static final int MIXED_HOURS = 120;
  private static final int TARGETS = 15;
  private static final double EVERY_HOURS = 24;
  private static final int QUIET_CASES_PER_SEED = 5;

  @Override
  public String name() {
    return "drift";
  }

  @Override
  public Marks take(Seeds set, int seeds, Cases cases) {
    Marks.Builder marks =
        Marks.table(
            "drift at equal load",
            "cases",
            "within 24 h",
            "within 72 h",
            "median delay",
            "median onset error",
            "onset in interval");
    Map<String, Object> figures = new LinkedHashMap<>();
    Map<String, Object> bySd = new LinkedHashMap<>();
    List<Detection> one = new ArrayList<>();
    for (Noise noise : Noise.values()) {
      List<Detection> found =
          cases.each(
              "drift, steps of 3 % in noise of " + Marks.percent(noise.sd),
              noise.casesPerSeed * seeds,
              number -> step(noise.sd, number, set, Set.of()));
      row(marks, "3 % in noise of " + Marks.percent(noise.sd), found);
      bySd.put(String.valueOf(noise.sd), figures(found));
      if (noise.sd <= 0.01) {
        one.addAll(found);
      }
      marks.each(found);
    }
    figures.putAll(figures(one));
    figures.put("bySd", bySd);
    List<Detection> wholes =
        cases.each(
            "drift, steps of 3 % with nothing but latency known",
            2 * seeds, number -> step(Noise.USUAL.sd, number, set, PARTS));
    row(marks, "3 % in noise of 1.0 %, only latency known", wholes);
    figures.put("latencyOnly", figures(wholes));
    List<Detection> ramps =
        cases.each(
            "drift, slow ramps",
            2 * seeds,
            number -> {
              long seed = set.seed("drift-ramp", number);
              return ramp(WeeksScenarios.slowRamp(new SplittableRandom(seed)), seed);
            });
    row(marks, "ramps, from when they have added 3 %", ramps);
    marks.note("ramps: 10 % within one to two weeks; delay and shares count from 3 %");
    marks.each(ramps);
    figures.put("ramps", figures(ramps));
    List<Boolean> splits =
        cases.each(
            "drift, load and drift together",
            seeds,
            number -> {
              long seed = set.seed("drift-mixed", number);
              return isSplitWell(WeeksScenarios.mixed(new SplittableRandom(seed)), seed);
            });
    figures.put("splitWithin10Points", ResultSummary.share(splits, split -> split));
    marks.note(
        "load told from drift within 10 points: "
            + Marks.percent(ResultSummary.share(splits, split -> split)));
    alarms(set, seeds, cases, marks, figures);
    marks.figures("drift", figures);
    return marks.build();
  }

  /** Hourly residual deviations, and how many cases of each. */
  private enum Noise {
    QUIET(0.005, 1),
    USUAL(0.01, 4),
    LOUD(0.02, 2);

    private final double sd;
    private final int casesPerSeed;

    Noise(double sd, int casesPerSeed) {
      this.sd = sd;
      this.casesPerSeed = casesPerSeed;
    }
  }

  /**
   * @param delayHours from when it had the size of the smallest that is examined; a ramp may be
   *     found earlier than that
   * @param onsetError in hours, with its sign; infinite when nothing was found
   */
  private record Detection(double delayHours, double onsetError, boolean covered, String what) {
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "drift found after %6.1f h, onset off by %6.1f h %s %s",
          delayHours,
          onsetError,
          covered ? "  " : "! ",
          what);
    }
  }

  private static Detection step(double sd, int number, Seeds set, Set<Measure> hidden) {
    long seed = set.seed("drift-step-" + sd, number);
    WeeksSystem system = WeeksScenarios.smallStep(sd, new SplittableRandom(seed));
    double start = system.plants().getFirst().startHour();
    var one = new WeeksCase(system, seed, hidden);
    return followed(one, start, start, 11, HOURS_FOLLOWED, after -> after < 24 ? 1 : 6);
  }

  /** The delay counts from when the ramp has added what a small step has. */
  private static Detection ramp(WeeksSystem system, long seed) {
    Plant plant = system.plants().getFirst();
    double start = plant.startHour();
    double grown = start + plant.lengthHours() * WeeksScenarios.SMALL / plant.size();
    var one = new WeeksCase(system, seed);
    return followed(one, start, grown, 24, WeeksScenarios.WEEKS * 168, after -> 6);
  }

  /** Looks again and again, so many hours after it began, until it is found. */
  private static Detection followed(
      WeeksCase one, double start, double due, int earliest, int longest, IntUnaryOperator pause) {
    int latest = (int) Math.min(longest, WeeksScenarios.WEEKS * 168 - start);
    for (int after = earliest; after <= latest; after += pause.applyAsInt(after)) {
      Optional<Detection> found = look(one, due, Math.ceil(start) + after);
      if (found.isPresent()) {
        return found.get();
      }
    }
    return new Detection(
        Double.POSITIVE_INFINITY,
        Double.POSITIVE_INFINITY,
        false,
        one.truth().affected().toString());
  }

  /** Five days later: which part of the rise is said to be drift. */
  private static boolean isSplitWell(WeeksSystem system, long seed) {
    var one = new WeeksCase(system, seed);
    var plant = system.plants().getFirst();
    return one.planted(one.at(Math.ceil(plant.startHour()) + MIXED_HOURS))
        .filter(drift -> one.truth().affected().getFirst().startsWith(drift.service() + " "))
        .map(Drift::attribution)
        .filter(parts -> {
          double all = Math.abs(parts.load() + parts.mix()) + plant.size();
          return Math.abs(parts.drift() - plant.size()) <= 0.1 * all;
        })
        .isPresent();
  }

  private static Optional<Detection> look(WeeksCase one, double due, double hour) {
    return one.planted(one.at(hour).stream().filter(Drift::paged).toList())
        .map(drift -> {
          var onset = one.truth().onset();
          double error = Duration.between(onset, drift.onset().likeliest()).toSeconds() / 3_600.0;
          boolean covered =
              !onset.isBefore(drift.onset().low()) && !onset.isAfter(drift.onset().high());
          return new Detection(
              hour - due,
              error,
              covered,
              String.format(
                  Locale.ROOT,
                  "%s %s %s %.3f z %.1f",
                  drift.service(),
                  drift.operation(),
                  drift.shape(),
                  drift.size().ratio(),
                  drift.z()));
        });
  }

  private static void alarms(
      Seeds set, int seeds, Cases cases, Marks.Builder marks, Map<String, Object> figures) {
    List<Alarms> quiet =
        cases.each(
            "drift, nothing planted",
            QUIET_CASES_PER_SEED * seeds,
            number -> {
              long seed = set.seed("drift-quiet", number);
              boolean hard = number % 2 == 1;
              var system = WeeksScenarios.quiet(hard, new SplittableRandom(seed));
              return watch(system, seed, 4 * 168, 7 * 168, hard ? "wandering" : "plain");
            });
    List<Alarms> surges =
        cases.each(
            "drift, traffic doubled",
            seeds,
            number -> {
              long seed = set.seed("drift-surge", number);
              var system = WeeksScenarios.surge(new SplittableRandom(seed));
              return watch(system, seed, 5 * 168, 7 * 168, "traffic doubled");
            });
    List<Alarms> troubles =
        cases.each(
            "drift, troubles that went away",
            seeds,
            number -> {
              long seed = set.seed("drift-trouble", number);
              var system = WeeksScenarios.trouble(new SplittableRandom(seed));
              return watch(system, seed, 5 * 168, 6 * 168, "went away");
            });
    figures.put("falsePerThousandSeriesWeeks", 1_000 * rate(quiet, Alarms::paged));
    figures.put("watchedPerThousandSeriesWeeks", 1_000 * rate(quiet, Alarms::watched));
    figures.put("seriesWeeks", quiet.stream().mapToDouble(Alarms::seriesWeeks).sum());
    figures.put("pagedByLoadAlone", surges.stream().mapToInt(Alarms::paged).sum());
    figures.put("pagedByTransients", troubles.stream().mapToInt(Alarms::paged).sum());
    List<Alarms> all = new ArrayList<>(quiet);
    all.addAll(surges);
    all.addAll(troubles);
    all.stream()
        .collect(Collectors.groupingBy(Alarms::kind, LinkedHashMap::new, Collectors.toList()))
        .forEach((kind, some) ->
            marks.note(
                String.format(
                    Locale.ROOT,
                    "%s: %d false warnings and %d on the watch list in %.0f series-weeks",
                    kind,
                    some.stream().mapToInt(Alarms::paged).sum(),
                    some.stream().mapToInt(Alarms::watched).sum(),
                    some.stream().mapToDouble(Alarms::seriesWeeks).sum())));
    marks.each(all.stream().filter(some -> some.paged() > 0).toList());
  }

  private static double rate(List<Alarms> all, ToIntFunction<Alarms> count) {
    return all.stream().mapToInt(count).sum() / all.stream().mapToDouble(Alarms::seriesWeeks).sum();
  }

  /** False warnings: each series counts once while it goes on. */
  private record Alarms(String kind, double seriesWeeks, int paged, int watched, String first) {}

  private static Alarms watch(WeeksSystem system, long seed, double from, double to, String kind) {
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
    return new Alarms(kind, TARGETS * (to - from) / 168, paged, watched, first);
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

  private static void row(Marks.Builder marks, String title, List<Detection> found) {
    Summary summary = Summary.of(found);
    marks.row(
        title,
        String.valueOf(summary.cases()),
        Marks.percent(summary.in24h()),
        Marks.percent(summary.in72h()),
        String.format(Locale.ROOT, "%.1f h", summary.delayHours()),
        String.format(Locale.ROOT, "%.1f h", summary.onsetErrorHours()),
        Marks.percent(summary.onsetCovered()));
  }

  private static Map<String, Object> figures(List<Detection> all) {
    return Summary.of(all).figures();
  }

  /** What came of several cases: shares 0..1, medians in hours. */
  private record Summary(
      int cases,
      double in24h,
      double in72h,
      double delayHours,
      double onsetErrorHours,
      double onsetCovered) {
    static Summary of(List<Detection> all) {
      List<Detection> found =
          all.stream().filter(one -> Double.isFinite(one.delayHours())).toList();
      double covered = found.stream().filter(Detection::covered).count();
      return new Summary(
          all.size(),
          within(all, 24),
          within(all, 72),
          median(all.stream().mapToDouble(Detection::delayHours).toArray()),
          median(found.stream().mapToDouble(one -> Math.abs(one.onsetError())).toArray()),
          covered / found.size());
    }

    private static double within(List<Detection> all, double hours) {
      return ResultSummary.share(all, one -> one.delayHours() <= hours);
    }

    Map<String, Object> figures() {
      Map<String, Object> figures = new LinkedHashMap<>();
      figures.put("cases", cases);
      figures.put("foundIn24h", in24h);
      figures.put("foundIn72h", in72h);
      figures.put("medianDelayHours", delayHours);
      figures.put("onsetErrorHoursMedian", onsetErrorHours);
      figures.put("onsetCovered", onsetCovered);
      return figures;
    }
  }

  private static double median(double[] values) {
    return values.length == 0 ? Double.NaN : Quantiles.of(values, 0.5);
  }
}
