package headroom.score;

import headroom.score.WallScenario.Series;
import headroom.sim.Activity;
import headroom.sim.Distribution.Exponential;
import headroom.sim.Replicas;
import headroom.sim.Truth;
import headroom.sim.VirtualStation;
import headroom.sim.VirtualStation.Processor;
import headroom.sim.VirtualSystem;
import headroom.sim.Watch;
import headroom.store.History;
import headroom.wall.Comparison;
import headroom.wall.Estimate;
import headroom.wall.Objective;
import headroom.wall.WallPredictor;
import headroom.wall.WhatIf;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;

/**
 * Changes that were only thought of, beside the same change made: the walls of the changed system
 * are predicted from telemetry of the unchanged one.
 */
final class WhatIfExam implements Exam {
  private static final double QUANTILE = 0.99;
  private static final double WITHIN = 0.1;
  private static final double CLEAR_GAP = 0.1;
  private static final String MAIN = "SELECT account";
  private static final String EXTRA = "INSERT INTO report";

  private enum Kind {
    POOL,
    CPU,
    REPLICAS,
    CACHE,
    ASYNC
  }

  private static final List<Kind> KINDS = List.of(Kind.values());

  /** One change, thought of and made. */
  record Result(
      String change,
      double trueMultiple,
      double trueRatio,
      Estimate multiple,
      Estimate ratio,
      boolean clear,
      boolean firstRight) {
    double error() {
      return Math.abs(multiple.median() / trueMultiple - 1);
    }

    double ratioError() {
      return Math.abs(ratio.median() / trueRatio - 1);
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "what-if %-28s wall %.2f said %.2f [%.2f %.2f] ratio %.3f said %.3f [%.3f %.3f] %s",
          change,
          trueMultiple,
          multiple.median(),
          multiple.low(),
          multiple.high(),
          trueRatio,
          ratio.median(),
          ratio.low(),
          ratio.high(),
          firstRight ? "" : clear ? "WRONG first" : "tie");
    }
  }

  @Override
  public String name() {
    return "what-if";
  }

  @Override
  public Marks take(Seeds set, int seeds, Cases cases) {
    List<Result> results = new ArrayList<>();
    cases.each("what-if", seeds, number -> result(set, number)).forEach(results::addAll);
    return marks(results);
  }

  /** No result where nothing was predicted. */
  static List<Result> result(Seeds set, int number) {
    WallScenario plain = WallScenarios.draw(Series.TIER_1, set, number);
    var random = new SplittableRandom(plain.seed() ^ 0x3f);
    VirtualSystem system = withStatements(plain.system(), random);
    Kind kind = KINDS.get(number % KINDS.size());
    double factor = 1.3 + 1.2 * random.nextDouble();
    double hits = 0.5 + 0.5 * random.nextDouble();
    String change = text(kind, system, factor, hits);
    VirtualSystem changed = changed(kind, system, factor, hits);

    var goal = new Truth.Goal(QUANTILE, plain.goalSeconds());
    Truth before = Truth.of(system, goal, plain.steady(), plain.seed() ^ 0x77);
    Truth after = Truth.of(changed, goal, plain.steady(), plain.seed() ^ 0x78);
    History history =
        Watch.history(
            system,
            plain.watched().apply(plain.shareOfWall() * before.perSecond()),
            plain.seconds(),
            plain.reporting(),
            plain.seed() ^ 0x11);
    Comparison said =
        WallPredictor.compare(
            history,
            new Objective(QUANTILE, plain.goalSeconds(), 0.01),
            () -> new SplittableRandom(plain.seed()),
            WhatIf.parse(List.of(change)));
    var load = said.after().load();
    Estimate ratio = said.change();
    Estimate multiple =
        said.after().walls().isEmpty() ? null : said.after().walls().getFirst().multiple();
    if (load == null || ratio == null || multiple == null) {
      return List.of();
    }
    return List.of(
        new Result(
            change,
            after.perSecond() / load.peakPerSecond(),
            after.perSecond() / before.perSecond(),
            multiple,
            ratio,
            after.gap() >= CLEAR_GAP,
            said.after().firstToBreak().map(Object::toString).orElse("").equals(after.first())));
  }

  /** What it does with a connection becomes one statement, and each adds another one. */
  private static VirtualSystem withStatements(VirtualSystem system, SplittableRandom random) {
    double extra = 0.3 + 0.9 * random.nextDouble();
    return SystemEdits.each(
        system,
        step ->
            step instanceof Activity.Hold hold
                ? new Activity.Hold(
                    hold.pool(),
                    new Activity.Statement(MAIN, hold.steps()),
                    new Activity.Statement(
                        EXTRA,
                        List.of(
                            new Activity.Work(
                                Systems.DATABASE,
                                new Exponential(0.3 * extra * UnloadedTime.seconds(hold.steps()))),
                            new Activity.Pause(
                                new Exponential(
                                    0.7 * extra * UnloadedTime.seconds(hold.steps()))))))
                : step);
  }

  private static double servers(VirtualSystem system, String station) {
    return switch (system.station(station)) {
      case VirtualStation.Pool pool -> pool.servers();
      case Processor processor -> processor.cores();
      case VirtualStation.Cache unused -> 1;
    };
  }

  private static double more(VirtualSystem system, String station, double factor) {
    return Math.ceil(factor * servers(system, station));
  }

  private static String text(Kind kind, VirtualSystem system, double factor, double hits) {
    String station =
        Truth.id(system, system.station(kind == Kind.POOL ? Systems.POOL : Systems.DATABASE));
    return String.format(
        Locale.ROOT,
        switch (kind) {
          case POOL -> "pool=%1$s:%2$.0f";
          case CPU -> "cpu=%1$s:%3$.0f";
          case REPLICAS -> "replicas=" + Systems.SERVICE + ":2";
          case CACHE -> "cache=" + EXTRA + ":%4$s";
          case ASYNC -> "async=" + EXTRA;
        },
        station,
        more(system, Systems.POOL, factor),
        more(system, Systems.DATABASE, factor),
        hits);
  }

  private static VirtualSystem changed(
      Kind kind, VirtualSystem system, double factor, double hits) {
    return switch (kind) {
      case POOL ->
          system.with(one ->
              one instanceof VirtualStation.Pool pool && pool.name().equals(Systems.POOL)
                  ? pool.withServers((int) more(system, Systems.POOL, factor))
                  : one);
      case CPU ->
          system.with(one ->
              one instanceof Processor processor && processor.name().equals(Systems.DATABASE)
                  ? new Processor(
                      processor.name(),
                      more(system, Systems.DATABASE, factor),
                      processor.ceiling(),
                      processor.background(),
                      processor.crowding(),
                      processor.perReplica())
                  : one);
      case REPLICAS -> system.withReplicas(new Replicas(2, 2, 1, 0));
      case CACHE -> withoutExtra(system, step -> new Activity.Sometimes(1 - hits, List.of(step)));
      case ASYNC -> withoutExtra(system, step -> new Activity.Publish(List.of(step)));
    };
  }

  private static VirtualSystem withoutExtra(VirtualSystem system, UnaryOperator<Activity> instead) {
    return SystemEdits.each(
        system,
        step ->
            step instanceof Activity.Statement statement && statement.text().equals(EXTRA)
                ? instead.apply(statement)
                : step);
  }

  private static Marks marks(List<Result> results) {
    Marks.Builder marks =
        Marks.table(
            "what if",
            "cases",
            "within 10 %",
            "median error",
            "of the ratio",
            "90 % interval holds",
            "of the ratio",
            "first right");
    for (Kind kind : KINDS) {
      String name = kind.name().toLowerCase(Locale.ROOT);
      row(marks, name, results.stream().filter(r -> r.change().startsWith(name + "=")).toList());
    }
    row(marks, "all", results);
    List<Result> clear = results.stream().filter(Result::clear).toList();
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("cases", results.size());
    figures.put("within10", ResultSummary.share(results, one -> one.error() <= WITHIN));
    figures.put("medianError", ResultSummary.median(results, Result::error));
    figures.put("medianRatioError", ResultSummary.median(results, Result::ratioError));
    figures.put(
        "coverage90",
        ResultSummary.share(results, one -> one.multiple().contains(one.trueMultiple())));
    figures.put("firstToBreak", ResultSummary.share(clear, Result::firstRight));
    return marks.figures("whatIf", figures).each(results).build();
  }

  private static void row(Marks.Builder marks, String title, List<Result> some) {
    marks.row(
        title,
        String.valueOf(some.size()),
        Marks.percent(ResultSummary.share(some, one -> one.error() <= WITHIN)),
        Marks.percent(ResultSummary.median(some, Result::error)),
        Marks.percent(ResultSummary.median(some, Result::ratioError)),
        Marks.percent(
            ResultSummary.share(some, one -> one.multiple().contains(one.trueMultiple()))),
        Marks.percent(ResultSummary.share(some, one -> one.ratio().contains(one.trueRatio()))),
        Marks.percent(
            ResultSummary.share(some.stream().filter(Result::clear).toList(), Result::firstRight)));
  }
}
