package headroom.wall;

import headroom.stats.Quantiles;
import headroom.store.History;
import headroom.wall.Traffic.Action;
import headroom.wall.Wall.Confidence;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Predicts, from traffic well below the limit, at which multiple of today's peak each station makes
 * the objective fail. How is told in {@code docs/math/walls.md}.
 */
public final class WallPredictor {
  private static final int DRAWS = 300;
  private static final double COVERAGE = 0.9;
  private static final int MOST_FLOWS = 8;
  private static final double SMALLEST_UTILIZATION = 0.03;
  private static final double SMALLEST_LOAD_RANGE = 1.3;
  private static final double MEASURED_FROM = 0.7;

  private final History history;
  private final Objective objective;
  private final RandomGenerator random;

  private WallPredictor(History history, Objective objective, RandomGenerator random) {
    this.history = history;
    this.objective = objective;
    this.random = random;
  }

  /** The walls that a history lets one see. */
  public static Walls predict(History history, Objective objective, RandomGenerator random) {
    return new WallPredictor(history, objective, random).predict();
  }

  private Walls predict() {
    Optional<Traffic> seen = Traffic.of(history);
    if (seen.isEmpty()) {
      return new Walls(history.to(), null, List.of());
    }
    Traffic traffic = seen.get();
    List<StationUse> stations = Stations.find(history, traffic);
    Optional<Double> peak = traffic.peakPerSecond();
    if (peak.isEmpty()) {
      return new Walls(
          traffic.to(),
          null,
          stations.stream()
              .map(use ->
                  unknown(use, OptionalDouble.empty(), "less than one whole minute of traffic"))
              .toList());
    }
    var load = new Walls.Load(peak.get(), traffic.from(), traffic.to());
    return new Walls(traffic.to(), load, walls(traffic, stations, peak.get()));
  }

  private List<Wall> walls(Traffic traffic, List<StationUse> all, double peak) {
    List<Wall> walls = new ArrayList<>();
    List<StationUse> judged = new ArrayList<>();
    List<DemandFit> fits = new ArrayList<>();
    for (StationUse use : all) {
      if (use.servers().isEmpty()) {
        walls.add(unknown(use, OptionalDouble.empty(), "its limit is not reported"));
        continue;
      }
      DemandFit fit = DemandFit.of(use, traffic, peak);
      double utilization = fit.central().busyAt(1) / use.servers().getAsDouble();
      if (utilization < SMALLEST_UTILIZATION) {
        walls.add(unknown(use, OptionalDouble.of(utilization), tooIdle(utilization)));
      } else {
        judged.add(use);
        fits.add(fit);
      }
    }
    walls.addAll(predicted(traffic, judged, fits, peak));
    walls.sort(
        Comparator.comparingDouble(
            wall -> wall.multiple() == null ? Double.MAX_VALUE : wall.multiple().median()));
    return walls;
  }

  private static String tooIdle(double utilization) {
    return "%.1f %% busy at the peak is too little to scale up: it is full beyond %.0f times the peak"
        .formatted(100 * utilization, Math.floor(0.8 / Math.max(utilization, 0.002)));
  }

  private List<Wall> predicted(
      Traffic traffic, List<StationUse> judged, List<DemandFit> fits, double peak) {
    List<Flow> flows = flows(traffic, judged);
    if (judged.isEmpty() || flows.isEmpty()) {
      return judged.stream()
          .map(use -> unknown(use, OptionalDouble.empty(), "response times are not reported"))
          .toList();
    }
    var worlds =
        new Worlds(
            judged,
            fits,
            flows,
            objective,
            peak,
            traffic.perSecond(0, traffic.windows()),
            traffic.spanSeconds());
    List<Worlds.Outcome> outcomes = new ArrayList<>();
    for (int i = 0; i < DRAWS; i++) {
      outcomes.add(worlds.draw(random));
    }
    List<Wall> walls = new ArrayList<>();
    for (int k = 0; k < judged.size(); k++) {
      walls.add(wall(traffic, judged.get(k), fits.get(k), outcomes, k, peak));
    }
    return walls;
  }

  private Wall wall(
      Traffic traffic,
      StationUse use,
      DemandFit fit,
      List<Worlds.Outcome> outcomes,
      int k,
      double peak) {
    List<String> notes = new ArrayList<>(use.notes());
    double widening = widening(traffic, use, notes);
    Estimate multiple = estimate(outcomes.stream().mapToDouble(o -> o.multiple()[k]), widening);
    Estimate saturation = estimate(outcomes.stream().mapToDouble(o -> o.saturation()[k]), widening);
    long first = outcomes.stream().filter(o -> o.first() == k).count();
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
        (double) first / outcomes.size(),
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

  private static Estimate estimate(java.util.stream.DoubleStream draws, double widening) {
    double[] sorted = draws.sorted().toArray();
    double median = Quantiles.ofSorted(sorted, 0.5);
    double low = Quantiles.ofSorted(sorted, (1 - COVERAGE) / 2);
    double high = Quantiles.ofSorted(sorted, (1 + COVERAGE) / 2);
    return new Estimate(
        median * Math.pow(low / median, widening),
        median,
        median * Math.pow(high / median, widening),
        COVERAGE);
  }

  private List<Flow> flows(Traffic traffic, List<StationUse> stations) {
    var visits = new Visits(history, traffic);
    List<Action> busiest =
        traffic.actions().stream().filter(a -> a.total().count() > 0).limit(MOST_FLOWS).toList();
    double all = busiest.stream().mapToLong(action -> action.total().count()).sum();
    List<Flow> flows = new ArrayList<>();
    for (Action action : busiest) {
      @Nullable Flow flow =
          Flow.of(action, action.total().count() / all, visits.of(action, stations));
      if (flow != null) {
        flows.add(flow);
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
