package headroom.score;

import headroom.drift.Drift;
import headroom.model.Measure;
import headroom.sim.weeks.Plant;
import headroom.sim.weeks.WeeksSystem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Weeks of fleets that became slower, or did not, looked at every hour or every half day as they
 * went by.
 */
final class DriftExams implements Exam {
  /** What was measured of an operation besides its latency and its callers'. */
  private static final Set<Measure> PARTS = Set.of(Measure.OPERATION_SELF, Measure.STATEMENT);

  private static final int HOURS_FOLLOWED = 72;
  private static final int MIXED_HOURS = 120;

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
      DetectionSummary.of(found).row(marks, "3 % in noise of " + Marks.percent(noise.sd));
      bySd.put(String.valueOf(noise.sd), DetectionSummary.of(found).figures());
      if (noise.sd <= 0.01) {
        one.addAll(found);
      }
      marks.each(found);
    }
    figures.putAll(DetectionSummary.of(one).figures());
    figures.put("bySd", bySd);
    List<Detection> wholes =
        cases.each(
            "drift, steps of 3 % with nothing but latency known",
            2 * seeds, number -> step(Noise.USUAL.sd, number, set, PARTS));
    DetectionSummary.of(wholes).row(marks, "3 % in noise of 1.0 %, only latency known");
    figures.put("latencyOnly", DetectionSummary.of(wholes).figures());
    List<Detection> ramps =
        cases.each(
            "drift, slow ramps",
            2 * seeds,
            number -> {
              long seed = set.seed("drift-ramp", number);
              return ramp(WeeksScenarios.slowRamp(new SplittableRandom(seed)), seed);
            });
    DetectionSummary.of(ramps).row(marks, "ramps, from when they have added 3 %");
    marks.note("ramps: 10 % within one to two weeks; delay and shares count from 3 %");
    marks.each(ramps);
    figures.put("ramps", DetectionSummary.of(ramps).figures());
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
    FalseAlarms.examine(set, seeds, cases, marks, figures);
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

  private static Detection step(double sd, int number, Seeds set, Set<Measure> hidden) {
    long seed = set.seed("drift-step-" + sd, number);
    WeeksSystem system = WeeksScenarios.smallStep(sd, new SplittableRandom(seed));
    double start = system.plants().getFirst().startHour();
    var one = new WeeksCase(system, seed, hidden);
    return Detection.followed(one, start, start, 11, HOURS_FOLLOWED, after -> after < 24 ? 1 : 6);
  }

  /** The delay counts from when the ramp has added what a small step has. */
  private static Detection ramp(WeeksSystem system, long seed) {
    Plant plant = system.plants().getFirst();
    double start = plant.startHour();
    double grown = start + plant.lengthHours() * WeeksScenarios.SMALL / plant.size();
    var one = new WeeksCase(system, seed);
    return Detection.followed(one, start, grown, 24, WeeksScenarios.WEEKS * 168, after -> 6);
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
}
