package headroom.wall;

import static headroom.wall.belief.Cores.LEAST_IN_HOLDS;
import static headroom.wall.belief.Cores.MOST_ON_PROCESSOR;
import static headroom.wall.belief.Cores.USUALLY_IN_HOLDS;
import static headroom.wall.belief.Cores.USUALLY_ON_PATH;
import static headroom.wall.belief.Errors.FARTHEST;
import static headroom.wall.belief.Errors.LATENCY_SCALE_ERROR;
import static headroom.wall.belief.Errors.MODEL_ERROR;
import static headroom.wall.belief.Errors.NEVER_FIRST;
import static headroom.wall.belief.Errors.NOT_ORDERED;
import static headroom.wall.belief.Errors.ORDER_ERROR;
import static headroom.wall.belief.Errors.SATURATION_ERROR;
import static headroom.wall.belief.Errors.SHAPE_ERROR;
import static headroom.wall.belief.Errors.SHORTNESS_ERROR;

import headroom.model.Discipline;
import headroom.model.StationKind;
import headroom.queueing.Modulation;
import headroom.queueing.ServiceTimes;
import headroom.queueing.WaitingTable;
import headroom.wall.LoadModel.Scope;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The ways the system may be, given what was measured: each draw picks demands, ceilings, shapes
 * and model errors, and asks where each station's wall is then.
 */
final class Worlds {
  /** What lies beyond never breaks. */
  private static final double FAR = FARTHEST * NOT_ORDERED;

  /** So many of the nearest stations are searched with queueing; the others only for being full. */
  private static final int MOST_SEARCHED = 10;

  private final List<StationUse> uses;
  private final List<DemandFit> fits;
  private final List<Flow> flows;
  private final Objective objective;
  private final Reference reference;
  private final UsableCores cores;
  private final List<Spread> spreads;
  private final double[] pauses;
  private final List<@Nullable WaitingTable> waits = new ArrayList<>();
  private final boolean[] searched;

  /**
   * What multiples and response times refer to.
   *
   * @param peakPerSecond the load of multiple one
   * @param responsesPerSecond the mean load at which the response times were taken
   * @param spanSeconds how long the history is
   * @param bursts how arrivals may wander
   * @param failing whether the objective fails at any load, so that only being full can be told
   * @param beside what something else than the traffic uses at times; null for nothing
   * @param hidden a server that nobody reports; null where nothing hints at one
   */
  record Reference(
      double peakPerSecond,
      double responsesPerSecond,
      double spanSeconds,
      Bursts bursts,
      boolean failing,
      Jobs.@Nullable Beside beside,
      @Nullable HiddenServer hidden) {}

  Worlds(
      List<StationUse> uses,
      List<DemandFit> fits,
      List<Spread> spreads,
      double[] pauses,
      UsableCores cores,
      List<Flow> flows,
      Objective objective,
      Reference reference) {
    this.uses = uses;
    this.fits = fits;
    this.spreads = spreads;
    this.pauses = pauses;
    this.cores = cores;
    this.flows = flows;
    this.objective = objective;
    this.reference = reference;
    for (StationUse use : uses) {
      waits.add(waits(use));
    }
    this.searched = searched();
  }

  private boolean[] searched() {
    boolean[] near = new boolean[uses.size()];
    if (reference.failing) {
      return near;
    }
    LoadModel central = model(null, true);
    IntStream.range(0, near.length)
        .filter(k -> uses.get(k).discipline().delaysResponses())
        .boxed()
        .sorted(Comparator.comparingDouble(k -> central.saturation(k, LoadModel.Scope.ALONE)))
        .limit(MOST_SEARCHED)
        .forEach(k -> near[k] = true);
    return near;
  }

  private @Nullable WaitingTable waits(StationUse use) {
    if (use.discipline() != Discipline.WAIT) {
      return null;
    }
    int servers = (int) Math.max(1, Math.round(use.servers().orElse(1)));
    ServiceTimes shape = use.hold() == null ? ServiceTimes.gamma(1, 1) : use.hold();
    double latency = flows.stream().mapToDouble(f -> f.share() * f.meanSeconds()).sum();
    double patience = LoadModel.patience(objective, latency) / holdSeconds(use);
    return new WaitingTable(servers, shape, patience);
  }

  /**
   * Where the walls are in one world, as multiples of the peak.
   *
   * @param multiple where the objective fails, by station
   * @param saturation where each station is full; never below {@code multiple}
   * @param first the station that breaks first; −1 when none does
   * @param besideJobs whether it does while something else than the traffic uses it
   * @param hidden whether a server that nobody reports breaks before it
   */
  @SuppressWarnings("ArrayRecordComponent") // summed up at once, never compared
  record Outcome(
      double[] multiple, double[] saturation, int first, boolean besideJobs, boolean hidden) {}

  /**
   * Draws one.
   *
   * @param settled as if demands were known exactly, as after a long history
   */
  Outcome draw(RandomGenerator random, boolean settled) {
    List<State> states = states(random, settled);
    int n = uses.size();
    double[] multiple = new double[n];
    double[] saturation = new double[n];
    int first = -1;
    double firstAlone = FARTHEST * NEVER_FIRST;
    for (int k = 0; k < n; k++) {
      int station = k;
      double alone = lowest(states, model -> wall(model, station, Scope.ALONE));
      if (alone < FAR) {
        alone *= Math.exp(ORDER_ERROR * random.nextGaussian());
      }
      multiple[k] = lowest(states, model -> wall(model, station, scope(station)));
      saturation[k] = lowest(states, model -> model.saturation(station, scope(station)));
      if (alone < firstAlone) {
        firstAlone = alone;
        first = k;
      }
    }
    double unreported =
        first < 0 || reference.hidden == null
            ? FARTHEST
            : reference.hidden.draw(random, 1 - objective.quantile());
    boolean besideJobs = false;
    if (first >= 0 && searched[first]) {
      int station = first;
      double together = lowest(states, model -> model.wall(station, Scope.TOGETHER));
      multiple[first] = Math.min(multiple[first], together);
      besideJobs =
          states.size() > 1
              && lowest(states.subList(0, 1), model -> wall(model, station, Scope.ALONE))
                  > lowest(states, model -> wall(model, station, Scope.ALONE));
    }
    boolean hidden = first >= 0 && unreported < multiple[first];
    if (hidden) {
      multiple[first] = unreported;
    }
    // The first is the root: what fills because of it does not come before it.
    for (int k = 0; k < n && first >= 0; k++) {
      multiple[k] = Math.max(multiple[k], multiple[first]);
    }
    double minutes = Math.max(1, reference.spanSeconds / 60);
    double shortness = settled ? 0 : SHORTNESS_ERROR / Math.sqrt(minutes);
    // One error for all stations, so that their order within a draw stays.
    double error = Math.exp(random.nextGaussian() * Math.hypot(MODEL_ERROR, shortness));
    for (int k = 0; k < n; k++) {
      multiple[k] *= error;
      saturation[k] *= Math.exp(random.nextGaussian() * SATURATION_ERROR);
      saturation[k] = Math.max(multiple[k], saturation[k]);
    }
    return new Outcome(multiple, saturation, first, besideJobs, hidden);
  }

  /**
   * What the system is in by turns: a wall is that of the worst.
   *
   * @param shareOfPeak the highest load in this state, as a share of the peak
   */
  private record State(LoadModel model, double shareOfPeak) {}

  private List<State> states(RandomGenerator random, boolean settled) {
    LoadModel usual = model(random, settled);
    var beside = reference.beside;
    if (beside == null) {
      return List.of(new State(usual, 1));
    }
    double[] busy = beside.busy().clone();
    for (int k = 0; k < busy.length; k++) {
      busy[k] = Math.max(0, busy[k] + beside.deviation()[k] * random.nextGaussian());
    }
    return List.of(new State(usual, 1), new State(usual.beside(busy), beside.shareOfPeak()));
  }

  private static double lowest(List<State> states, ToDoubleFunction<LoadModel> wall) {
    double lowest = FARTHEST;
    for (State state : states) {
      lowest = Math.min(lowest, wall.applyAsDouble(state.model) / state.shareOfPeak);
    }
    return lowest;
  }

  int stations() {
    return uses.size();
  }

  /** The wall of one operation alone, everything at its central value. */
  double wallOf(Flow flow) {
    return model(null, true).wallOf(flow);
  }

  private double wall(LoadModel model, int k, Scope scope) {
    return searched[k] ? model.wall(k, scope) : model.saturation(k, scope);
  }

  private Scope scope(int k) {
    return uses.get(k).discipline() == Discipline.SHARE ? Scope.ALONE : Scope.WITH_PROCESSORS;
  }

  /** A model at central values, or drawn when there is randomness to draw from. */
  private LoadModel model(@Nullable RandomGenerator random, boolean settled) {
    UsableCores.@Nullable Draw drawn = random == null ? null : cores.draw(random);
    double inHolds = random == null
            ? USUALLY_IN_HOLDS
            : LEAST_IN_HOLDS + (1 - LEAST_IN_HOLDS) * random.nextDouble();
    double onPath = drawn == null ? USUALLY_ON_PATH : drawn.onPath();
    List<Demand> demands =
        IntStream.range(0, fits.size()).mapToObj(k -> demand(k, random, drawn, settled)).toList();
    double[] pathShares = pathShares(demands, onPath);
    double[] pathSharesInHolds = pathShares(demands, inHolds);
    List<StationModel> stations = new ArrayList<>();
    for (int k = 0; k < uses.size(); k++) {
      StationUse use = uses.get(k);
      double shape = random == null ? 1 : Math.exp(SHAPE_ERROR * random.nextGaussian());
      stations.add(
          new StationModel(
              use.discipline(),
              use.servers().orElseThrow(),
              drawn == null ? cores.ceiling(k) : drawn.ceilings()[k],
              demands.get(k),
              holdSeconds(use),
              waits.get(k),
              shape,
              spreads.get(k),
              pauses[k],
              pathShares[k],
              holdShares(k, demands, inHolds, pathSharesInHolds),
              0));
    }
    double latencyScale = random == null ? 1 : Math.exp(LATENCY_SCALE_ERROR * random.nextGaussian());
    double today = reference.responsesPerSecond / reference.peakPerSecond;
    Modulation bursts = random == null ? reference.bursts.central() : reference.bursts.draw(random);
    return new LoadModel(flows, stations, objective, today, latencyScale, bursts);
  }

  private Demand demand(
      int k, @Nullable RandomGenerator random, UsableCores.@Nullable Draw drawn, boolean settled) {
    DemandFit fit = fits.get(k);
    if (random == null || drawn == null) {
      return fit.central();
    }
    boolean processor = uses.get(k).discipline() == Discipline.SHARE;
    return processor ? drawn.demand(fit, k, settled) : fit.draw(random, settled);
  }

  /** For each processor the share of a response's time that is spent at it; 0 for others. */
  private double[] pathShares(List<Demand> demands, double onPath) {
    double latency = flows.stream().mapToDouble(f -> f.share() * f.meanSeconds()).sum();
    double[] shares = new double[uses.size()];
    for (int k = 0; k < shares.length; k++) {
      if (uses.get(k).discipline() == Discipline.SHARE && latency > 0) {
        double perRequest = ofAll(k, demands) / reference.peakPerSecond;
        shares[k] = Math.min(MOST_ON_PROCESSOR, onPath * perRequest / latency);
      }
    }
    return shares;
  }

  /**
   * For each processor the share of a visit's time to this station that is spent at it. What the
   * processors of another service do, such as a database's, is done while a connection is held; of
   * the own processors' work the visits have the same part as the responses.
   */
  private double[] holdShares(int k, List<Demand> demands, double onPath, double[] pathShares) {
    double[] shares = pathShares.clone();
    for (int p = 0; p < shares.length; p++) {
      boolean foreign = !uses.get(p).service().equals(uses.get(k).service());
      if (shares[p] > 0 && foreign && uses.get(k).kind() == StationKind.POOL) {
        shares[p] = Math.min(MOST_ON_PROCESSOR, onPath * ofAll(p, demands) / ofAll(k, demands));
      }
    }
    return shares;
  }

  /** The demand at the peak of all instances together. */
  private double ofAll(int k, List<Demand> demands) {
    return demands.get(k).atPeak() / spreads.get(k).busiest();
  }

  /** How long a visit takes; by Little's law where it is not told. */
  private double holdSeconds(StationUse use) {
    if (use.hold() != null) {
      return Math.max(1e-6, use.hold().mean());
    }
    double visits = use.visitsPerSecond().orElse(reference.responsesPerSecond);
    return Math.max(1e-6, use.meanBusy() / Math.max(visits, 1e-9));
  }
}
