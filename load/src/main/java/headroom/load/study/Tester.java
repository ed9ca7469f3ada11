package headroom.load.study;

import headroom.load.engine.LoadEngine;
import headroom.load.engine.LoadOptions;
import headroom.load.engine.LoadRun;
import headroom.load.network.TargetUnusableException;
import headroom.load.result.Judgement;
import headroom.load.result.LoadResult;
import headroom.load.study.capacity.CapacityResult;
import headroom.load.study.capacity.CapacitySearch;
import headroom.load.study.capacity.Plateau;
import headroom.load.study.duplicate.DuplicateProbe;
import headroom.load.study.duplicate.DuplicateVerdict;
import headroom.load.study.growth.DataGrowth;
import headroom.load.study.growth.RowHistory;
import headroom.load.study.growth.Surface;
import headroom.load.study.interference.FlowRuns;
import headroom.load.study.interference.Interference;
import headroom.plan.Plan;
import headroom.plan.Study;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Asks a target what its plan asks. */
public final class Tester {
  private final Plan plan;
  private final LoadOptions options;
  private final TestListener listener;

  private Tester(Plan plan, LoadOptions options, TestListener listener) {
    this.plan = plan;
    this.options = options;
    this.listener = listener;
  }

  /**
   * Does all that the plan says, which takes as long as that takes.
   *
   * @throws TargetUnusableException when the target cannot be loaded at all
   */
  public static TestOutcome run(Plan plan, LoadOptions options, TestListener listener)
      throws TargetUnusableException, InterruptedException {
    return new Tester(plan, options, listener).run();
  }

  private TestOutcome run() throws TargetUnusableException, InterruptedException {
    Optional<StudyResult.Duplicates> duplicates = duplicates();
    TestOutcome outcome = study();
    if (duplicates.isEmpty()) {
      return outcome;
    }
    var studies = new ArrayList<>(outcome.studies());
    studies.add(duplicates.get());
    return new TestOutcome(outcome.run().doubted(unprobed(duplicates.get())), studies);
  }

  /** Before the load, so that nobody else changes what the probe reads. */
  private Optional<StudyResult.Duplicates> duplicates()
      throws TargetUnusableException, InterruptedException {
    if (!DuplicateProbe.applies(plan)) {
      return Optional.empty();
    }
    List<DuplicateVerdict> verdicts =
        DuplicateProbe.run(
            plan,
            options.seed(),
            time -> TimeUnit.NANOSECONDS.sleep(time.toNanos()),
            (step, number, all) ->
                listener.news(
                    "sending '%s' again, write %d of %d".formatted(step.name(), number, all)));
    verdicts.forEach(
        verdict -> listener.news("%s sent again: %s".formatted(verdict.step(), verdict.because())));
    return Optional.of(new StudyResult.Duplicates(verdicts));
  }

  private static List<String> unprobed(StudyResult.Duplicates duplicates) {
    return duplicates.verdicts().stream()
        .filter(verdict -> verdict.effect() == DuplicateVerdict.Effect.NOT_PROBED)
        .map(verdict ->
            "'%s' could not be sent again: %s".formatted(verdict.step(), verdict.because()))
        .toList();
  }

  private TestOutcome study() throws TargetUnusableException, InterruptedException {
    return switch (plan.study()) {
      case Study.Run run -> plan.data().isEmpty() ? TestOutcome.of(load()) : growth();
      case Study.Capacity capacity -> capacity(capacity);
      case Study.Interference interference -> interference(interference);
      case Study.Metastability metastability -> metastability(metastability);
    };
  }

  private LoadResult load() throws TargetUnusableException {
    try (LoadRun run = LoadEngine.start(plan, options, listener)) {
      return run.await();
    }
  }

  private TestOutcome growth() throws TargetUnusableException, InterruptedException {
    try (DataGrowth growth = DataGrowth.open(plan, options.seed());
        LoadRun run = LoadEngine.start(plan, options, Parts.growing(growth, plan, listener))) {
      growth.begin(run.schedule().seconds(), run::elapsedSeconds);
      LoadResult result = run.await();
      List<RowHistory> data = growth.end();
      Surface surface =
          Surface.of(
              result.stats().timeline(),
              result.schedule(),
              run.steps(),
              plan.objectives(),
              at -> data.stream().mapToDouble(rows -> rows.rowsAt(at)).sum());
      List<String> doubts = new ArrayList<>();
      for (RowHistory rows : data) {
        rows.failure().ifPresent(why -> doubts.add("data '%s': %s".formatted(rows.name(), why)));
      }
      return new TestOutcome(
          result.doubted(doubts), List.of(new StudyResult.Growth(surface, data)));
    }
  }

  private TestOutcome capacity(Study.Capacity asked) throws TargetUnusableException {
    CapacityResult found =
        CapacitySearch.run(
            plan,
            asked,
            options,
            new CapacitySearch.Listener() {
              @Override
              public void begins(CapacitySearch.Ahead ahead) {
                listener.begins(Parts.plateau(ahead));
              }

              @Override
              public void ended(Plateau plateau) {
                listener.news(tell(plateau));
              }
            },
            listener);
    // The search breaks the objectives on purpose: what counts is where they were held.
    LoadResult run = found.run().judgedBy(atCapacity(found));
    return new TestOutcome(run, List.of(new StudyResult.Capacity(asked, found)));
  }

  private static List<LoadResult.Outcome> atCapacity(CapacityResult found) {
    return found.plateaus().stream()
        .filter(plateau -> plateau.verdict() == Plateau.Verdict.HELD)
        .max(Comparator.comparingDouble(Plateau::ratePerSecond))
        .or(() -> found.plateaus().stream().min(Comparator.comparingDouble(Plateau::ratePerSecond)))
        .map(Plateau::objectives)
        .orElse(List.of());
  }

  private static String tell(Plateau plateau) {
    return String.format(
        Locale.ROOT,
        "%s/s %s: p99 %.0f ms, %.1f %% errors, %s",
        Double.toString(Math.round(plateau.ratePerSecond() * 100) / 100.0),
        plateau.verdict() == Plateau.Verdict.HELD ? "held" : "broke",
        1e3 * plateau.p99Seconds().orElse(0),
        100 * plateau.errorShare(),
        plateau
            .stationarity()
            .map(s -> s.isStationary() ? "settled" : "did not settle")
            .orElse("far beyond a limit at once"));
  }

  private TestOutcome interference(Study.Interference asked) throws TargetUnusableException {
    FlowRuns.Compared compared =
        FlowRuns.run(
            plan,
            asked,
            options,
            (together, done, all, seconds) ->
                listener.begins(Parts.run(together, done, all, seconds)),
            listener);
    Interference matrix = compared.matrix();
    LoadResult run = compared.together().judgedBy(matrix.companies().getLast().objectives());
    return new TestOutcome(run, List.of(new StudyResult.FlowInterference(matrix, List.of())));
  }

  private TestOutcome metastability(Study.Metastability asked) throws TargetUnusableException {
    try (LoadRun run =
        LoadEngine.start(plan, options, Parts.aroundTrigger(asked, plan, listener))) {
      LoadResult result = run.await();
      StudyResult.Metastability found = MetastabilityProbe.judge(asked, result);
      // While the trigger lasts anything may break; before it and once it is overcome nothing may.
      double end = result.schedule().seconds();
      double back = asked.endedSeconds() + found.recovery().afterSeconds().orElse(0);
      var calm =
          run.between(0, asked.beganSeconds())
              .plus(run.between(Math.ceil(Math.min(back, end)), end));
      List<LoadResult.Outcome> outcomes =
          new ArrayList<>(Judgement.of(plan.objectives(), run.steps(), calm));
      return new TestOutcome(result.judgedBy(outcomes), List.of(found));
    }
  }
}
