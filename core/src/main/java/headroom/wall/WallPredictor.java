package headroom.wall;

import static headroom.wall.belief.Errors.LATENCY_SCALE_ERROR;
import static headroom.wall.belief.Errors.MOST_LATENCY_ERROR;
import static headroom.wall.belief.Limits.SMALLEST_UTILIZATION;
import static headroom.wall.belief.ResponseTimes.FEWEST_RESPONSES;
import static headroom.wall.belief.ResponseTimes.MINUTES_UP_TO_SECONDS;
import static headroom.wall.belief.ResponseTimes.PAUSES_EXPLAIN_GROWTH;

import headroom.store.History;
import headroom.wall.evidence.Backtest;
import headroom.wall.evidence.Bursts;
import headroom.wall.evidence.Deadline;
import headroom.wall.evidence.DemandFit;
import headroom.wall.evidence.Flow;
import headroom.wall.evidence.Instances;
import headroom.wall.evidence.JobOperations;
import headroom.wall.evidence.Jobs;
import headroom.wall.evidence.ResponseGrowth;
import headroom.wall.evidence.Responses;
import headroom.wall.evidence.StationUse;
import headroom.wall.evidence.Stations;
import headroom.wall.evidence.Traffic;
import headroom.wall.evidence.Watched;
import headroom.wall.evidence.Witness;
import headroom.wall.model.Candidate;
import headroom.wall.model.HiddenServer;
import headroom.wall.model.JobState;
import headroom.wall.model.LatencyGrowth;
import headroom.wall.model.Reference;
import headroom.wall.model.UsableCores;
import headroom.wall.model.Worlds;
import java.util.ArrayList;
import java.util.BitSet;
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
  private final Deadline deadline;
  private final RandomGenerator random;
  private final ChangedInputs changed;
  private final WallReport report;

  private WallPredictor(
      History history, Objective objective, RandomGenerator random, ChangedInputs changed) {
    this.history = history;
    this.objective = objective;
    this.deadline = objective.deadline();
    this.random = random;
    this.changed = changed;
    this.report = new WallReport(history, objective);
  }

  /**
   * The walls that a history lets one see, in order of breaking, those without a number last. The
   * same history and seed give the same walls.
   */
  public static Walls predict(History history, Objective objective, RandomGenerator random) {
    return new WallPredictor(history, objective, random, ChangedInputs.none(history))
        .predict()
        .walls;
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
    Prediction now = before.predict();
    Prediction then = after.predict();
    return Comparison.of(
        now.walls,
        then.walls,
        now.stations.nearest,
        then.stations.nearest,
        !changes.changes().isEmpty());
  }

  /** All walls, among them those of stations. */
  private record Prediction(Walls walls, StationWalls stations) {}

  /**
   * The walls of stations.
   *
   * @param nearest the first wall in each world that was drawn
   */
  @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
  private record StationWalls(List<Wall> walls, double[] nearest, @Nullable HiddenLimit hidden) {
    static StationWalls undrawn(List<Wall> walls) {
      return new StationWalls(walls, new double[0], null);
    }

    StationWalls hinting(Optional<HiddenLimit> hint) {
      return new StationWalls(walls, nearest, hint.orElse(null));
    }
  }

  private Prediction predict() {
    var operations = new JobOperations(history, deadline);
    History requests = operations.without(history);
    Optional<Traffic> seen = Traffic.of(requests);
    if (seen.isEmpty()) {
      return new Prediction(
          new Walls(history.to(), null, List.of()), StationWalls.undrawn(List.of()));
    }
    Traffic traffic = seen.get();
    Optional<Double> peak = traffic.peakPerSecond();
    if (peak.isEmpty()) {
      List<Wall> walls =
          changed.of(Stations.find(requests, traffic)).stream()
              .map(use -> unknown(use, "less than a whole minute was seen"))
              .toList();
      return new Prediction(new Walls(traffic.to(), null, walls), StationWalls.undrawn(walls));
    }
    List<StationUse> found = Stations.find(requests, traffic);
    var instances = new Instances(requests, traffic);
    found = instances.asNow(found);
    BitSet overloaded =
        Witness.of(traffic, deadline, objective.errorShare(), peak.get(), window -> true).failing();
    Jobs jobs = Jobs.of(found, traffic, peak.get(), operations.windows(traffic), overloaded);
    if (!jobs.isEmpty()) {
      found = instances.asNow(Stations.find(requests, traffic, jobs));
    }
    Seen all =
        Seen.of(
            requests,
            traffic,
            jobs,
            operations.names(),
            instances,
            overloaded,
            objective,
            peak.get());
    StationWalls stations = stations(all, found);
    List<StationUse> uses = found;
    List<Wall> walls =
        new ArrayList<>(
            AlreadyFailing.of(all, objective)
                .map(failing -> new FullNow(failing, uses).reconciled(stations.walls))
                .orElse(stations.walls));
    walls.sort(
        Comparator.comparingDouble((Wall wall) ->
                wall.multiple() == null ? Double.MAX_VALUE : wall.multiple().median())
            .thenComparing(Comparator.comparingDouble(Wall::probabilityFirst).reversed())
            .thenComparing(Wall::station));
    var load = new Walls.Load(peak.get(), traffic.from(), traffic.to());
    return new Prediction(
        new Walls(traffic.to(), load, walls, stations.hidden, disturbances(all)), stations);
  }

  private static List<Disturbance> disturbances(Seen seen) {
    return seen.slow().stretches().stream()
        .map(one -> Disturbance.of(one, seen.traffic()))
        .toList();
  }

  private Wall unknown(StationUse use, String why) {
    return report.unknown(use, OptionalDouble.empty(), why);
  }

  private StationWalls stations(Seen seen, List<StationUse> found) {
    List<Wall> walls = new ArrayList<>();
    List<Judged> judged = new ArrayList<>();
    List<StationUse> after = changed.of(found);
    for (int i = 0; i < found.size(); i++) {
      StationUse before = seen.jobs().without(found.get(i).from(seen.responses().settledFrom()));
      StationUse allTheTime = after.get(i).from(seen.responses().settledFrom());
      StationUse use = seen.jobs().without(allTheTime);
      if (use.servers().isEmpty()) {
        walls.add(unknown(use, "its limit is not reported"));
        continue;
      }
      DemandFit fit = DemandFit.of(use, before, seen.traffic(), seen.peak());
      double utilization = fit.central().busyAt(1) / use.servers().getAsDouble();
      if (utilization < SMALLEST_UTILIZATION) {
        walls.add(
            report.unknown(use, OptionalDouble.of(utilization), Wording.tooIdle(utilization)));
      } else {
        judged.add(new Judged(use, before, allTheTime, fit));
      }
    }
    StationWalls predicted = predicted(seen, judged);
    walls.addAll(predicted.walls);
    return new StationWalls(walls, predicted.nearest, predicted.hidden);
  }

  private StationWalls predicted(Seen seen, List<Judged> judged) {
    List<Flow> flows = seen.flows(judged.stream().map(Judged::use).toList(), changed);
    if (judged.isEmpty() || flows.isEmpty()) {
      List<Wall> untold =
          judged.stream()
              .map(one -> unknown(one.use(), "response times are not reported"))
              .toList();
      return StationWalls.undrawn(untold)
          .hinting(HiddenLimits.unreported(seen.requests(), seen.traffic()));
    }
    List<Candidate> candidates = Judged.candidates(judged, seen, flows, deadline, changed);
    UsableCores cores = cores(seen, candidates);
    Reference reference = reference(seen, judged, candidates, flows, cores);
    List<Flow> calm =
        seen.calm().equals(seen.responses())
            ? flows
            : seen.flows(seen.calm(), judged.stream().map(Judged::use).toList(), changed);
    var worlds =
        new Worlds(candidates, cores, flows, calm.isEmpty() ? flows : calm, deadline, reference);
    Outcomes outcomes = Outcomes.of(worlds, candidates, DRAWS, false, random);
    Optional<HiddenLimit> hint =
        HiddenLimits.beside(
            outcomes.earliest(Widening.NONE).median(),
            seen.requests(),
            seen.traffic(),
            cores.unexplained(),
            seen.peak());
    var drawn =
        new WallReport.Drawn(
            seen,
            flows,
            reference,
            worlds,
            outcomes,
            () -> Outcomes.of(worlds, candidates, SETTLED_DRAWS, true, random));
    List<Wall> walls = candidates.stream().map(one -> report.wall(one, drawn, hint)).toList();
    return new StationWalls(walls, outcomes.modelled(), hint.orElse(null));
  }

  /** What the growth of responses says of processors as they were, whatever would be changed. */
  private UsableCores cores(Seen seen, List<Candidate> candidates) {
    List<Watched> before = candidates.stream().map(Candidate::seen).toList();
    // In minutes responses grow and shrink by chance, and while a service warms up.
    boolean longEnough = seen.traffic().spanSeconds() > MINUTES_UP_TO_SECONDS;
    return UsableCores.of(
        candidates,
        ResponseGrowth.of(seen.requests(), seen.traffic(), seen.jobs(), before, seen.peak()),
        longEnough,
        random);
  }

  private Reference reference(
      Seen seen,
      List<Judged> judged,
      List<Candidate> candidates,
      List<Flow> flows,
      UsableCores cores) {
    return new Reference(
        seen.peak(),
        seen.responses().meanPerSecond(),
        seen.traffic().spanSeconds(),
        Bursts.of(seen.traffic()),
        seen.isFailing(deadline),
        jobs(seen, judged, candidates),
        changed.isNone() ? seen.witness().held() : OptionalDouble.empty(),
        latencyError(seen),
        busiest(candidates)
            .flatMap(one -> Backtest.of(one.use(), seen.traffic(), seen.peak()))
            .map(Backtest::clear)
            .orElse(0.0),
        hidden(candidates, cores, flows, seen.peak()));
  }

  /** The system beside the jobs that leave least room, with what was seen of such a time. */
  private Optional<JobState> jobs(Seen seen, List<Judged> judged, List<Candidate> candidates) {
    List<Watched> withJobs =
        IntStream.range(0, judged.size())
            .mapToObj(i -> judged.get(i).withJobs(candidates.get(i)))
            .toList();
    return seen.jobs()
        .worst(withJobs)
        .map(beside -> {
          Responses then = Responses.besideJobs(seen.traffic(), deadline, seen.jobs());
          List<StationUse> uses = judged.stream().map(Judged::use).toList();
          List<Flow> flows =
              then.count() < FEWEST_RESPONSES ? List.of() : seen.flows(then, uses, changed);
          return new JobState(beside, flows, heldBesideJobs(seen));
        });
  }

  private static Optional<Candidate> busiest(List<Candidate> candidates) {
    return candidates.stream()
        .max(
            Comparator.comparingDouble(
                one -> one.changed().fit().central().busyAt(1) / one.use().servers().orElse(1)));
  }

  /**
   * What today's response times are wrong by, of those at any other time at equal load: in the mean
   * over all windows, and in a minute such as that in which the wall is met.
   */
  private static double latencyError(Seen seen) {
    double perMinute = Math.sqrt(Math.max(1, 60.0 / seen.traffic().windowSeconds()));
    double varies = Math.hypot(seen.slow().error(), seen.slow().variation() / perMinute);
    return Math.clamp(varies, LATENCY_SCALE_ERROR, MOST_LATENCY_ERROR);
  }

  /** What a changed system would hold was not seen. */
  private OptionalDouble heldBesideJobs(Seen seen) {
    return changed.isNone() ? seen.witnessBesideJobs().held() : OptionalDouble.empty();
  }

  /** The server that nobody reports, where responses grow for no other reason that is known. */
  private Optional<HiddenServer> hidden(
      List<Candidate> candidates, UsableCores cores, List<Flow> flows, double peak) {
    if (candidates.stream().anyMatch(one -> one.pauses() > PAUSES_EXPLAIN_GROWTH)) {
      return Optional.empty();
    }
    double patience = deadline.patience(Flow.meanSeconds(flows));
    return cores
        .unexplained()
        .filter(LatencyGrowth::isCertain)
        .map(one -> one.server(peak, patience));
  }
}
