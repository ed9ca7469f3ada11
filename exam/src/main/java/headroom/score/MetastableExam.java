package headroom.score;

import headroom.metastability.Risk;
import headroom.metastability.Risks;
import headroom.rollup.Resolution;
import headroom.sim.Aftermath;
import headroom.sim.Load;
import headroom.sim.Reporting;
import headroom.sim.Watch;
import headroom.stats.Quantiles;
import headroom.store.History;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Metastable risk, claimed from an hour of telemetry in which calls failed once for a short while,
 * beside what happens when the system is pushed over.
 */
final class MetastableExam implements Exam {
  private static final double SECONDS = 3_600;
  private static final double BLIP_AT = 150;

  /** Verdicts are cheap; multiples are looked for in one case of so many. */
  private static final int VERDICTS_PER_SEED = 4;

  private static final int HALVINGS = 5;
  private static final double WITHIN = 0.1;

  /** One claim beside what happened. */
  record Result(
      MetastableScenario scenario,
      boolean claimed,
      boolean staysDown,
      OptionalDouble multiple,
      OptionalDouble trueMultiple,
      String said) {
    boolean isGrey() {
      return scenario.state().isGrey();
    }

    OptionalDouble error() {
      return multiple.isPresent() && trueMultiple.isPresent()
          ? OptionalDouble.of(multiple.getAsDouble() / trueMultiple.getAsDouble() - 1)
          : OptionalDouble.empty();
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "metastable %-14s m1 %5.2f m2 %6.2f said %-24s %s claimed %-5s happened %-5s %s multiple"
              + " %s true %s",
          scenario.kind(),
          scenario.state().amplifiedLoad(),
          scenario.state().fullQueueWait(),
          said,
          isGrey() ? "grey " : "clear",
          claimed,
          staysDown,
          claimed == staysDown ? "     " : "WRONG",
          text(multiple),
          text(trueMultiple));
    }

    private static String text(OptionalDouble value) {
      return value.isPresent() ? String.format(Locale.ROOT, "%.3f", value.getAsDouble()) : "-";
    }
  }

  @Override
  public String name() {
    return "metastable";
  }

  @Override
  public Marks take(Seeds set, int seeds, Cases cases) {
    List<Result> results =
        cases.each(
            "metastable risk",
            VERDICTS_PER_SEED * seeds,
            number ->
                result(MetastableScenario.draw(set, number), number % VERDICTS_PER_SEED == 0));
    return marks(results);
  }

  static Result result(MetastableScenario scenario, boolean withMultiple) {
    boolean staysDown = staysDown(scenario, scenario.peakPerSecond());
    List<Risk> risks = Risks.of(watched(scenario));
    if (risks.isEmpty()) {
      return new Result(
          scenario, false, staysDown, OptionalDouble.empty(), OptionalDouble.empty(), "nothing");
    }
    Risk worst = risks.getFirst();
    double said = worst.state().multiple();
    return new Result(
        scenario,
        risks.stream().anyMatch(risk -> risk.isLearnt() && risk.state().isVulnerable()),
        staysDown,
        Double.isFinite(said)
            ? OptionalDouble.of(said * worst.capacity().peakPerSecond() / scenario.peakPerSecond())
            : OptionalDouble.empty(),
        withMultiple ? trueMultiple(scenario) : OptionalDouble.empty(),
        String.format(
            Locale.ROOT,
            "m1 %.2f m2 %.2f A %.2f/%.2f",
            worst.state().amplifiedLoad(),
            worst.state().fullQueueWait(),
            worst.state().amplification(),
            scenario.state().amplification()));
  }

  static History watched(MetastableScenario scenario) {
    double peak = scenario.peakPerSecond();
    double to = BLIP_AT + scenario.blip().seconds();
    return Watch.history(
        Aftermath.slowed(scenario.system(), scenario.blip(), BLIP_AT, to),
        Load.waves(scenario.trough() * peak, peak, SECONDS),
        SECONDS,
        new Reporting(Resolution.MINUTE, 5, true, true, 0.03, 0, 0, 0, 0),
        scenario.seed() ^ 0x11);
  }

  private static boolean staysDown(MetastableScenario scenario, double perSecond) {
    return Aftermath.staysDown(
        scenario.system(),
        perSecond,
        scenario.trigger(),
        scenario.watchSeconds(),
        scenario.seed() ^ 0x77);
  }

  /** By halving the loads between those at which it surely does and surely does not come back. */
  private static OptionalDouble trueMultiple(MetastableScenario scenario) {
    var state = scenario.state();
    if (state.fullQueueWait() <= 1 || state.isGrey() || state.amplification() < 1.1) {
      return OptionalDouble.empty();
    }
    double centre = scenario.capacityPerSecond() / state.amplification();
    double low = 0.75 * centre;
    double high = Math.min(1.3 * centre, 0.97 * scenario.capacityPerSecond());
    if (staysDown(scenario, low) || !staysDown(scenario, high)) {
      return OptionalDouble.empty();
    }
    for (int i = 0; i < HALVINGS; i++) {
      double middle = Math.sqrt(low * high);
      if (staysDown(scenario, middle)) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return OptionalDouble.of(Math.sqrt(low * high) / scenario.peakPerSecond());
  }

  private static Marks marks(List<Result> results) {
    Marks.Builder marks =
        Marks.table("metastable risk", "cases", "stay down", "recall", "precision", "right");
    List<Result> clear = results.stream().filter(result -> !result.isGrey()).toList();
    List<Result> grey = results.stream().filter(Result::isGrey).toList();
    row(marks, "clear", clear);
    row(marks, "near one of the two limits", grey);
    List<Double> errors = new ArrayList<>();
    results.forEach(result -> result.error().ifPresent(error -> errors.add(Math.abs(error))));
    double within = ResultSummary.share(errors, error -> error <= WITHIN);
    Map<String, Object> figures = figures(clear);
    figures.put("grey", figures(grey));
    figures.put("vulnerabilityMultipleWithin10", within);
    return marks
        .figures("metastable", figures)
        .note(
            "multiple from which on it stays down: %s of %d within 10 %%, median error %s."
                .formatted(
                    Marks.percent(within),
                    errors.size(),
                    Marks.percent(errors.isEmpty() ? Double.NaN : median(errors))))
        .each(results)
        .build();
  }

  private static double median(List<Double> values) {
    return Quantiles.median(values.stream().mapToDouble(value -> value).toArray());
  }

  private static double recall(List<Result> results) {
    return ResultSummary.share(
        results.stream().filter(Result::staysDown).toList(), Result::claimed);
  }

  private static double precision(List<Result> results) {
    return ResultSummary.share(
        results.stream().filter(Result::claimed).toList(), Result::staysDown);
  }

  private static Map<String, Object> figures(List<Result> results) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("cases", results.size());
    figures.put("recall", recall(results));
    figures.put("precision", precision(results));
    return figures;
  }

  private static void row(Marks.Builder marks, String title, List<Result> results) {
    marks.row(
        title,
        String.valueOf(results.size()),
        String.valueOf(results.stream().filter(Result::staysDown).count()),
        Marks.percent(recall(results)),
        Marks.percent(precision(results)),
        Marks.percent(
            ResultSummary.share(results, result -> result.claimed() == result.staysDown())));
  }
}
