package headroom.wall;

import static headroom.wall.belief.Errors.CLEARLY_FIRST;
import static headroom.wall.belief.Errors.FARTHEST;
import static headroom.wall.belief.Errors.LIKELY_HIDDEN;
import static headroom.wall.belief.Errors.MEASURED_FROM;
import static headroom.wall.belief.Errors.MUCH_EARLIER;
import static headroom.wall.belief.Errors.NO_NUMBER;
import static headroom.wall.belief.Errors.SMALLEST_FLOW;
import static headroom.wall.belief.Limits.SMALLEST_UTILIZATION;
import static headroom.wall.belief.ResponseTimes.MINUTES_UP_TO_SECONDS;
import static headroom.wall.belief.ResponseTimes.PAUSES_EXPLAIN_GROWTH;
import static headroom.wall.belief.ResponseTimes.SHORT_UP_TO_SECONDS;

import headroom.rollup.Cell;
import headroom.store.History;
import headroom.wall.Traffic.Action;
import headroom.wall.Wall.Confidence;
import headroom.wall.Wall.HiddenLimit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;
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
    return Comparison.of(now, then, before.nearest, after.nearest, !changes.changes().isEmpty());
  }

  private Walls predict() {
    var operations = new JobOperations(history, objective);
    History requests = operations.without(history);
    Optional<Traffic> seen = Traffic.of(requests);
    if (seen.isEmpty()) {
      return new Walls(history.to(), null, List.of());
    }
    Traffic traffic = seen.get();
    Optional<Double> peak = traffic.peakPerSecond();
    if (peak.isEmpty()) {
      List<Wall> walls =
          changed.of(Stations.find(requests, traffic)).stream()
              .map(use -> unknown(use, OptionalDouble.empty(), "less than a whole minute was seen"))
              .toList();
      return new Walls(traffic.to(), null, walls);
    }
    List<StationUse> found = Stations.find(requests, traffic);
    Jobs jobs = Jobs.of(found, traffic, peak.get(), operations.windows(traffic));
    if (!jobs.isEmpty()) {
      found = Stations.find(requests, traffic, jobs);
    }
    Responses responses = Responses.of(traffic, objective, jobs);
    var context = new Seen(requests, traffic, jobs, responses, peak.get());
    List<Wall> walls = new ArrayList<>(stations(context, found));
    AlreadyFailing.wall(traffic, responses, objective, peak.get()).ifPresent(walls::add);
    walls.sort(
        Comparator.comparingDouble((Wall wall) ->
                wall.multiple() == null ? Double.MAX_VALUE : wall.multiple().median())
            .thenComparing(Comparator.comparingDouble(Wall::probabilityFirst).reversed())
            .thenComparing(Wall::station));
    var load = new Walls.Load(peak.get(), traffic.from(), traffic.to());
    return new Walls(traffic.to(), load, walls);
  }

  /**
   * What was seen.
   *
   * @param requests the history without the operations of jobs
   */
  private record Seen(
      History requests, Traffic traffic, Jobs jobs, Responses responses, double peak) {}

  /**
   * A station whose wall is looked for.
   *
   * @param use with what is to be changed, outside of jobs
   * @param seen as it was, outside of jobs
   * @param allTheTime with what is to be changed
   */
  private record Judged(StationUse use, StationUse seen, StationUse allTheTime, DemandFit fit) {}

  private List<Wall> stations(Seen seen, List<StationUse> found) {
    List<Wall> walls = new ArrayList<>();
    List<Judged> judged = new ArrayList<>();
    List<StationUse> after = changed.of(found);
    for (int i = 0; i < found.size(); i++) {
      StationUse before = seen.jobs.without(found.get(i).from(seen.responses.settledFrom()));
      StationUse allTheTime = after.get(i).from(seen.responses.settledFrom());
      StationUse use = seen.jobs.without(allTheTime);
      if (use.servers().isEmpty()) {
        walls.add(unknown(use, OptionalDouble.empty(), "its limit is not reported"));
        continue;
      }
      DemandFit fit = DemandFit.of(use, before, seen.traffic, seen.peak);
      double utilization = fit.central().busyAt(1) / use.servers().getAsDouble();
      if (utilization < SMALLEST_UTILIZATION) {
        walls.add(unknown(use, OptionalDouble.of(utilization), Wording.tooIdle(utilization)));
      } else {
        judged.add(new Judged(use, before, allTheTime, fit));
      }
    }
    walls.addAll(predicted(seen, judged));
    return walls;
  }

  private List<Wall> predicted(Seen seen, List<Judged> stations) {
    Traffic traffic = seen.traffic;
    double peak = seen.peak;
    List<StationUse> judged = stations.stream().map(Judged::use).toList();
    List<DemandFit> fits = stations.stream().map(Judged::fit).toList();
    List<Flow> flows = flows(seen, judged);
    if (judged.isEmpty() || flows.isEmpty()) {
      return judged.stream()
          .map(use -> unknown(use, OptionalDouble.empty(), "response times are not reported"))
          .toList();
    }
    List<Spread> spreads =
        stations.stream().map(one -> Spread.of(seen.requests, one.seen)).toList();
    UsableCores cores = cores(seen, stations, spreads);
    Jobs.@Nullable Beside beside =
        seen.jobs.worst(stations.stream().map(Judged::allTheTime).toList(), fits).orElse(null);
    double[] pauses = pauses(seen, stations, spreads);
    boolean failing = seen.responses.missing() > 1 - objective.quantile();
    var worlds =
        new Worlds(
            judged,
            fits,
            IntStream.range(0, spreads.size())
                .mapToObj(k -> changed.of(spreads.get(k), judged.get(k).service()))
                .toList(),
            pauses,
            cores,
            flows,
            objective,
            new Worlds.Reference(
                peak,
                seen.responses.meanPerSecond(),
                traffic.spanSeconds(),
                Bursts.of(traffic),
                failing,
                beside,
                hidden(cores, flows, pauses, peak)));
    Outcomes outcomes = Outcomes.of(worlds, DRAWS, false, random);
    nearest = outcomes.nearest();
    int first = outcomes.first();
    @Nullable HiddenLimit hidden =
        HiddenLimits.beside(
                outcomes.earliest(Widening.NONE).median(),
                seen.requests,
                traffic,
                cores.unexplained(),
                peak)
            .orElse(null);
    List<Wall> walls = new ArrayList<>();
    for (int k = 0; k < judged.size(); k++) {
      List<String> notes = new ArrayList<>(judged.get(k).notes());
      double chance = outcomes.chanceFirst(k);
      if (chance >= 1 - CLEARLY_FIRST && chance < CLEARLY_FIRST) {
        notes.add(Wording.tie(chance));
      }
      if (failing) {
        notes.add("the objective fails already; this is where the station itself is full");
      } else if (k == first) {
        notes.addAll(firstNotes(traffic, worlds, flows, outcomes));
        if (beside != null) {
          notes.add(Wording.besideJobs(beside, outcomes.chanceBesideJobs()));
        }
      }
      walls.add(
          wall(
              traffic,
              judged.get(k),
              fits.get(k),
              outcomes,
              k,
              peak,
              notes,
              k == first ? hidden : null));
    }
    return walls;
  }

  /** What the growth of responses says of processors as they were, whatever would be changed. */
  private UsableCores cores(Seen seen, List<Judged> stations, List<Spread> spreads) {
    List<StationUse> before = stations.stream().map(Judged::seen).toList();
    List<DemandFit> fits =
        stations.stream()
            .map(one ->
                one.seen.equals(one.use) || one.seen.servers().isEmpty()
                    ? one.fit
                    : DemandFit.of(one.seen, seen.traffic, seen.peak))
            .toList();
    return UsableCores.of(
        before,
        fits,
        ResponseGrowth.of(seen.requests, seen.traffic, seen.jobs, before, fits, spreads, seen.peak),
        seen.traffic.spanSeconds() > MINUTES_UP_TO_SECONDS,
        random);
  }

  /** The server that nobody reports, where responses grow for no other reason that is known. */
  private @Nullable HiddenServer hidden(
      UsableCores cores, List<Flow> flows, double[] pauses, double peak) {
    if (Arrays.stream(pauses).anyMatch(pause -> pause > PAUSES_EXPLAIN_GROWTH)) {
      return null;
    }
    double mean = flows.stream().mapToDouble(flow -> flow.share() * flow.meanSeconds()).sum();
    return cores
        .unexplained()
        .filter(LatencyGrowth::isCertain)
        .map(one -> one.server(peak, LoadModel.patience(objective, mean)))
        .orElse(null);
  }

  private double[] pauses(Seen seen, List<Judged> stations, List<Spread> spreads) {
    return IntStream.range(0, stations.size())
        .mapToDouble(k ->
            Pauses.unevenness(
                seen.requests,
                stations.get(k).seen,
                spreads.get(k),
                seen.traffic.spanSeconds(),
                seen.responses.meanPerSecond(),
                stations.get(k).fit.central().atPeak() / seen.peak / spreads.get(k).busiest()))
        .toArray();
  }

  private List<String> firstNotes(
      Traffic traffic, Worlds worlds, List<Flow> flows, Outcomes outcomes) {
    List<String> notes = new ArrayList<>();
    Estimate now = outcomes.earliest(Widening.NONE);
    if (now.median() <= 1) {
      notes.add("the objective fails at today's peak already");
    }
    for (Flow flow : flows) {
      double alone = flow.share() >= SMALLEST_FLOW ? worlds.wallOf(flow) : now.median();
      if (alone < MUCH_EARLIER * now.median()) {
        notes.add(Wording.earlier(flow.name(), alone, objective));
      }
    }
    if (traffic.spanSeconds() < SHORT_UP_TO_SECONDS) {
      Estimate settled = Outcomes.of(worlds, SETTLED_DRAWS, true, random).earliest(Widening.NONE);
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
      Outcomes outcomes,
      int k,
      double peak,
      List<String> notes,
      @Nullable HiddenLimit hidden) {
    Widening widening = Widening.of(traffic, use, fit, notes);
    Estimate multiple = outcomes.multiple(k, widening);
    if (hidden != null && hidden.measured()) {
      multiple = multiple.downTo(hidden.atLeast());
    }
    Estimate saturation = outcomes.saturation(k, widening);
    double servers = use.servers().orElseThrow();
    boolean far = multiple.median() >= FARTHEST * NO_NUMBER;
    double highestLoad =
        use.samples().stream()
            .mapToDouble(row -> traffic.perSecond(row.from(), row.to()))
            .max()
            .orElse(0);
    boolean measured = highestLoad >= MEASURED_FROM * multiple.median() * peak;
    return new Wall(
        use.station(),
        new Wall.Limit(servers, use.unit()),
        OptionalDouble.of(Math.min(1, fit.central().busyAt(1) / servers)),
        far ? null : multiple,
        far ? null : saturation,
        null,
        hidden != null && outcomes.chanceHidden() > LIKELY_HIDDEN
            ? Wording.breaksHidden(objective)
            : Wording.breaks(use, objective),
        new Causes(history).of(use),
        measured ? Confidence.MEASURED : Confidence.EXTRAPOLATED,
        outcomes.chanceFirst(k),
        notes,
        hidden,
        null);
  }

  private List<Flow> flows(Seen seen, List<StationUse> stations) {
    Traffic traffic = seen.traffic;
    var visits = new Visits(seen.requests, traffic);
    List<Action> actions = traffic.actions();
    List<Flow> flows = new ArrayList<>();
    for (int i = 0; i < actions.size(); i++) {
      Cell cell = seen.responses.byAction().get(i);
      Action action = actions.get(i);
      @Nullable Flow flow =
          Flow.of(
              action.name(),
              cell,
              traffic.shareAtPeak(action.counts(), seen.peak),
              visits.of(action, stations));
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
        use.station(),
        use.servers().isPresent() ? new Wall.Limit(use.servers().getAsDouble(), use.unit()) : null,
        utilization,
        null,
        null,
        null,
        Wording.breaks(use, objective),
        new Causes(history).of(use),
        Confidence.NOT_ENOUGH_DATA,
        0,
        notes,
        null,
        null);
  }
}
