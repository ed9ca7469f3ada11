package headroom.score;

import headroom.drift.Drift;
import headroom.drift.Drift.Suspicion;
import headroom.sim.weeks.Plant.Shape;
import headroom.sim.weeks.PlantedCause;
import headroom.sim.weeks.WeeksSystem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/** Whether the planted cause is named, days after what it did began. */
final class CauseExams implements Exam {
  private static final int CASES_PER_SEED = 4;

  @Override
  public String name() {
    return "causes";
  }

  @Override
  public Marks take(Seeds set, int seeds, Cases cases) {
    PlantedCause[] causes = PlantedCause.values();
    List<Ranked> ranked =
        cases.each(
            "causes",
            seeds * CASES_PER_SEED,
            number -> {
              long seed = set.seed("causes", number);
              return rank(causes[number % causes.length], seed);
            });
    Marks.Builder marks =
        Marks.table("causes", "cases", "told at all", "true one first", "among three");
    row(marks, "all", ranked);
    Map<PlantedCause, List<Ranked>> byCause =
        ranked.stream().collect(Collectors.groupingBy(Ranked::cause, Collectors.toList()));
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("cases", ranked.size());
    figures.put("top1", share(ranked, 1));
    figures.put("top3", share(ranked, 3));
    figures.put("noneSaid", share(byCause.getOrDefault(PlantedCause.NONE, List.of()), 1));
    figures.put("calibrationError", calibrationError(ranked));
    Map<String, Object> single = new LinkedHashMap<>();
    for (PlantedCause cause : causes) {
      List<Ranked> some = byCause.getOrDefault(cause, List.of());
      row(marks, "  " + cause.wireName(), some);
      single.put(cause.wireName(), share(some, 1));
    }
    figures.put("byCause", single);
    return marks.figures("causes", figures).each(ranked).build();
  }

  /**
   * @param place of the true cause, from 1; 0 when it was not named
   */
  private record Ranked(
      PlantedCause cause, boolean told, int place, double firstProbability, String what) {
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "cause %-12s place %d %s",
          cause.wireName(),
          place,
          told ? what : "not told");
    }
  }

  private static Ranked rank(PlantedCause cause, long seed) {
    var random = new SplittableRandom(seed);
    WeeksSystem system = WeeksScenarios.caused(cause, random);
    var one = new WeeksCase(system, seed);
    var plant = system.plants().getFirst();
    double after =
        plant.shape() == Shape.STEP ? random.nextDouble(36, 168) : random.nextDouble(150, 230);
    Optional<Drift> drift = one.planted(one.at(Math.ceil(plant.startHour() + after)));
    if (drift.isEmpty()) {
      return new Ranked(cause, false, 0, 0, "");
    }
    List<Suspicion> causes = drift.get().causes();
    int place = 0;
    for (int i = 0; i < causes.size() && place == 0; i++) {
      place = isTrue(causes.get(i), cause, one.truth().what()) ? i + 1 : 0;
    }
    String told =
        causes.stream()
            .limit(3)
            .map(some ->
                String.format(
                    Locale.ROOT, "%s %s %.2f", some.kind(), some.what(), some.probability()))
            .collect(Collectors.joining(", "));
    return new Ranked(
        cause,
        true,
        place,
        causes.getFirst().probability(),
        drift.get().service()
            + " "
            + drift.get().operation()
            + " "
            + drift.get().shape()
            + ": "
            + told);
  }

  /** The same sort of thing, and of several such things the right one. */
  private static boolean isTrue(Suspicion named, PlantedCause cause, String what) {
    if (!named.kind().equals(cause.wireName())) {
      return false;
    }
    return switch (cause) {
      case DEPLOY, DATA_GROWTH, TRAFFIC_MIX, DEPENDENCY -> named.what().equals(what);
      case BATCH, NEIGHBOUR, GARBAGE_COLLECTION -> named.what().contains(what);
      case CACHE_DECAY, RETRIES, NONE -> true;
    };
  }

  private static void row(Marks.Builder marks, String title, List<Ranked> some) {
    marks.row(
        title,
        String.valueOf(some.size()),
        Marks.percent((double) some.stream().filter(Ranked::told).count() / some.size()),
        Marks.percent(share(some, 1)),
        Marks.percent(share(some, 3)));
  }

  private static double share(List<Ranked> some, int best) {
    return ResultSummary.share(some, one -> one.place() > 0 && one.place() <= best);
  }

  /** Mean distance, over fifths of what was claimed for the first, from how often it was right. */
  private static double calibrationError(List<Ranked> ranked) {
    double error = 0;
    List<Ranked> told = ranked.stream().filter(Ranked::told).toList();
    for (int fifth = 0; fifth < 5; fifth++) {
      double low = fifth / 5.0;
      double high = fifth == 4 ? 1.01 : low + 0.2;
      List<Ranked> some =
          told.stream()
              .filter(one -> one.firstProbability() >= low && one.firstProbability() < high)
              .toList();
      double claimed = some.stream().mapToDouble(Ranked::firstProbability).sum();
      long right = some.stream().filter(one -> one.place() == 1).count();
      error += Math.abs(claimed - right);
    }
    return error / told.size();
  }
}
