package headroom.wall;

import headroom.rollup.Cell;
import headroom.stats.Quantiles;
import headroom.store.History;
import headroom.wall.Traffic.Action;
import headroom.wall.Wall.Confidence;
import headroom.wall.Worlds.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Predicts, from traffic well below the limit, at which multiple of today's peak each station makes
 * the objective fail. How is told in {@code docs/math/walls.md}.
 *
 * <p>The objective is judged over all root operations together, weighted by their traffic, as a
 * load test would judge it. An operation that fails much earlier on its own is named in the notes.
 */
public final class WallPredictor {
  private static final int DRAWS = 300;
  private static final int SETTLED_DRAWS = 100;
  private static final double COVERAGE = 0.9;

  /** Of the ratio of two walls, in logarithms: half the width of its 90 % interval. */
  private static final double CHANGE_ERROR = 0.07;

  private static final double SMALLEST_UTILIZATION = 0.03;
  private static final double SMALLEST_LOAD_RANGE = 1.3;
  private static final double MEASURED_FROM = 0.7;
  private static final double MUCH_EARLIER = 0.9;
  private static final double CLEARLY_FIRST = 0.8;
  private static final double SMALLEST_FLOW_SHARE = 0.02;
  private static final double SHORT_HISTORY_SECONDS = 86_400;

  private final History history;
  private final Objective objective;
  private final RandomGenerator random;
  private final ChangedInputs changed;

  /** The first wall in each world that was drawn. */
  private double[] nearest = {};

  private WallPredictor(
      History history, Objective objective, RandomGenerator random, ChangedInputs changed) {
    this.history = history;
    this.objective = objective;
    this.random = random;
    this.changed = changed;
  }

  /**
   * The walls that a history lets one see, in order of breaking, those without a number last. The
   * same history and seed give the same walls.
   */
  public static Walls predict(History history, Objective objective, RandomGenerator random) {
    return new WallPredictor(history, objective, random, ChangedInputs.none(history)).predict();
  }

  /**
   * The walls as they are and as they would be.
   *
   * @param random gives the same numbers each time, so that both see the same worlds
   * @throws IllegalArgumentException when a change names what was not seen
   */
  public static Comparison compare(
      History history, Objective objective, Supplier<RandomGenerator> random, WhatIf changes) {
    var before = new WallPredictor(history, objective, random.get(), ChangedInputs.none(history));
    var after =
        new WallPredictor(history, objective, random.get(), new ChangedInputs(changes, history));
    Walls now = before.predict();
    Walls then = after.predict();
    int worlds = Math.min(before.nearest.length, after.nearest.length);
    if (worlds == 0) {
      return new Comparison(now, then, null);
    }
    double[] ratios =
        IntStream.range(0, worlds)
            .mapToDouble(i -> after.nearest[i] / before.nearest[i])
            .sorted()
            .toArray();
    double error = changes.changes().isEmpty() ? 0 : CHANGE_ERROR;
    return new Comparison(now, then, widened(ratios, error));
  }

  /** What the model errs in the effect of a change does not cancel, and is added in logarithms. */
  private static Estimate widened(double[] sorted, double error) {
    double median = Quantiles.ofSorted(sorted, 0.5);
    double below = Math.log(median / Quantiles.ofSorted(sorted, (1 - COVERAGE) / 2));
    double above = Math.log(Quantiles.ofSorted(sorted, (1 + COVERAGE) / 2) / median);
    return new Estimate(
        median * Math.exp(-Math.hypot(below, error)),
        median,
        median * Math.exp(Math.hypot(above, error)),
        COVERAGE);
  }

  private Walls predict() {
    Optional<Traffic> seen = Traffic.of(history);
    if (seen.isEmpty()) {
      return new Walls(history.to(), null, List.of());
    }
    Traffic traffic = seen.get();
    Optional<Double> peak = traffic.peakPerSecond();
    if (peak.isEmpty()) {
      List<Wall> walls =
          changed.of(Stations.find(history, traffic)).stream()
              .map(use -> unknown(use, OptionalDouble.empty(), "less than a whole minute was seen"))
              .toList();
      return new Walls(traffic.to(), null, walls);
    }
    Responses responses = Responses.of(traffic, objective);
    List<Wall> walls = new ArrayList<>(stations(traffic, responses, peak.get()));
    AlreadyFailing.wall(traffic, responses, objective, peak.get()).ifPresent(walls::add);
    walls.sort(
        Comparator.comparingDouble((Wall wall) ->
                wall.multiple() == null ? Double.MAX_VALUE : wall.multiple().median())
            .thenComparing(Wall::station));
    var load = new Walls.Load(peak.get(), traffic.from(), traffic.to());
    return new Walls(traffic.to(), load, walls);
  }

  private List<Wall> stations(Traffic traffic, Responses responses, double peak) {
    List<Wall> walls = new ArrayList<>();
    List<StationUse> judged = new ArrayList<>();
    List<DemandFit> fits = new ArrayList<>();
    for (StationUse found : changed.of(Stations.find(history, traffic))) {
      StationUse use = found.from(responses.settledFrom());
      if (use.servers().isEmpty()) {
        walls.add(unknown(use, OptionalDouble.empty(), "its limit is not reported"));
        continue;
      }
      DemandFit fit = DemandFit.of(use, traffic, peak);
      double utilization = fit.central().busyAt(1) / use.servers().getAsDouble();
      if (utilization < SMALLEST_UTILIZATION) {
        walls.add(unknown(use, OptionalDouble.of(utilization), Wording.tooIdle(utilization)));
      } else {
        judged.add(use);
        fits.add(fit);
      }
    }
    walls.addAll(predicted(traffic, responses, judged, fits, peak));
    return walls;
  }

  private List<Wall> predicted(
      Traffic traffic,
      Responses responses,
      List<StationUse> judged,
      List<DemandFit> fits,
      double peak) {
    List<Flow> flows = flows(traffic, responses, judged);
    if (judged.isEmpty() || flows.isEmpty()) {
      return judged.stream()
          .map(use -> unknown(use, OptionalDouble.empty(), "response times are not reported"))
          .toList();
    }
    boolean failing = responses.missing() > 1 - objective.quantile();
    var worlds =
        new Worlds(
            judged,
            fits,
            flows,
            objective,
            new Worlds.Reference(peak, responses.meanPerSecond(), traffic.spanSeconds(), failing));
    List<Outcome> outcomes = draws(worlds, DRAWS, false);
    nearest =
        outcomes.stream()
            .mapToDouble(one -> Arrays.stream(one.multiple()).min().orElse(LoadModel.FARTHEST))
            .toArray();
    int first = mostOftenFirst(outcomes, judged.size());
    List<Wall> walls = new ArrayList<>();
    for (int k = 0; k < judged.size(); k++) {
      List<String> notes = new ArrayList<>(judged.get(k).notes());
      double chance = chanceFirst(outcomes, k);
      if (chance >= 1 - CLEARLY_FIRST && chance < CLEARLY_FIRST) {
        notes.add(Wording.tie(chance));
      }
      if (failing) {
        notes.add("the objective fails already; this is where the station itself is full");
      } else if (k == first) {
        notes.addAll(firstNotes(traffic, worlds, flows, outcomes, k));
      }
      walls.add(wall(traffic, judged.get(k), fits.get(k), outcomes, k, peak, notes));
    }
    return walls;
  }

  private List<Outcome> draws(Worlds worlds, int count, boolean settled) {
    List<Outcome> outcomes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      outcomes.add(worlds.draw(random, settled));
    }
    return outcomes;
  }

  private static double chanceFirst(List<Outcome> outcomes, int k) {
    long first = outcomes.stream().filter(outcome -> outcome.first() == k).count();
    return (double) first / outcomes.size();
  }

  private static int mostOftenFirst(List<Outcome> outcomes, int stations) {
    int[] times = new int[stations];
    int best = -1;
    for (Outcome outcome : outcomes) {
      int first = outcome.first();
      if (first >= 0 && ++times[first] > (best < 0 ? 0 : times[best])) {
        best = first;
      }
    }
    return best;
  }

  private List<String> firstNotes(
      Traffic traffic, Worlds worlds, List<Flow> flows, List<Outcome> outcomes, int k) {
    List<String> notes = new ArrayList<>();
    Estimate now = estimate(outcomes, outcome -> outcome.multiple()[k], 1);
    if (now.median() <= 1) {
      notes.add("the objective fails at today's peak already");
    }
    for (Flow flow : flows) {
      double alone = flow.share() >= SMALLEST_FLOW_SHARE ? worlds.wallOf(flow) : now.median();
      if (alone < MUCH_EARLIER * now.median()) {
        notes.add(Wording.earlier(flow.name(), alone, objective));
      }
    }
    if (traffic.spanSeconds() < SHORT_HISTORY_SECONDS) {
      Estimate settled =
          estimate(draws(worlds, SETTLED_DRAWS, true), outcome -> outcome.multiple()[k], 1);
      notes.add(
          Wording.shortHistory(
              traffic,
              Math.log(now.high() / now.low()) / Math.log(settled.high() / settled.low())));
    }
    return notes;
  }

  private Wall wall(
      Traffic traffic,
      StationUse use,
      DemandFit fit,
      List<Outcome> outcomes,
      int k,
      double peak,
      List<String> notes) {
    double widening = widening(traffic, use, notes);
    Estimate multiple = estimate(outcomes, outcome -> outcome.multiple()[k], widening);
    Estimate saturation = estimate(outcomes, outcome -> outcome.saturation()[k], widening);
    double servers = use.servers().orElseThrow();
    boolean far = multiple.median() >= LoadModel.FARTHEST * 0.9;
    double highestLoad =
        use.samples().stream()
            .mapToDouble(row -> traffic.perSecond(row.from(), row.to()))
            .max()
            .orElse(0);
    boolean measured = highestLoad >= MEASURED_FROM * multiple.median() * peak;
    return new Wall(
        use.name(),
        use.kind(),
        new Wall.Limit(servers, use.unit()),
        OptionalDouble.of(Math.min(1, fit.central().busyAt(1) / servers)),
        far ? null : multiple,
        far ? null : saturation,
        null,
        Wording.breaks(use, objective),
        new Causes(history).of(use),
        measured ? Confidence.MEASURED : Confidence.EXTRAPOLATED,
        chanceFirst(outcomes, k),
        notes);
  }

  /** By how much the interval must be wider than the draws say. */
  private static double widening(Traffic traffic, StationUse use, List<String> notes) {
    double[] loads =
        use.samples().stream()
            .mapToDouble(row -> traffic.perSecond(row.from(), row.to()))
            .toArray();
    double low = Quantiles.of(loads, 0.05);
    double high = Quantiles.of(loads, 0.95);
    if (high >= SMALLEST_LOAD_RANGE * low) {
      return 1;
    }
    notes.add(
        "traffic varied by less than 30 %: use is scaled in proportion to it, interval doubled");
    return 2;
  }

  private static Estimate estimate(
      List<Outcome> outcomes, ToDoubleFunction<Outcome> value, double widening) {
    double[] sorted = outcomes.stream().mapToDouble(value).sorted().toArray();
    double median = Quantiles.ofSorted(sorted, 0.5);
    double low = Quantiles.ofSorted(sorted, (1 - COVERAGE) / 2);
    double high = Quantiles.ofSorted(sorted, (1 + COVERAGE) / 2);
    return new Estimate(
        median * Math.pow(low / median, widening),
        median,
        median * Math.pow(high / median, widening),
        COVERAGE);
  }

  private List<Flow> flows(Traffic traffic, Responses responses, List<StationUse> stations) {
    var visits = new Visits(history, traffic);
    List<Action> actions = traffic.actions();
    double all = responses.byAction().stream().mapToDouble(Cell::count).sum();
    List<Flow> flows = new ArrayList<>();
    for (int i = 0; i < actions.size(); i++) {
      Cell cell = responses.byAction().get(i);
      Action action = actions.get(i);
      @Nullable Flow flow =
          Flow.of(action.name(), cell, cell.count() / all, visits.of(action, stations));
      if (flow != null) {
        flows.add(changed.of(flow, action.service(), (double) action.total().count()));
      }
    }
    return flows;
  }

  private Wall unknown(StationUse use, OptionalDouble utilization, String why) {
    List<String> notes = new ArrayList<>(use.notes());
    notes.add(why);
    return new Wall(
        use.name(),
        use.kind(),
        use.servers().isPresent() ? new Wall.Limit(use.servers().getAsDouble(), use.unit()) : null,
        utilization,
        null,
        null,
        null,
        Wording.breaks(use, objective),
        new Causes(history).of(use),
        Confidence.NOT_ENOUGH_DATA,
        0,
        notes);
  }
}
