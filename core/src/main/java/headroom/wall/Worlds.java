package headroom.wall;

import headroom.queueing.ServiceTimes;
import headroom.queueing.WaitingTable;
import headroom.wall.LoadModel.Scope;
import headroom.wall.LoadModel.Station;
import headroom.wall.StationUse.Discipline;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The ways the system may be, given what was measured: each draw picks demands, ceilings, shapes
 * and model errors, and asks where each station's wall is then.
 */
final class Worlds {
  /** Standard deviation of ln(wall) that stays however long the history: the model is not it. */
  private static final double MODEL_ERROR = 0.05;

  private static final double SATURATION_MODEL_ERROR = 0.025;

  private final List<StationUse> uses;
  private final List<DemandFit> fits;
  private final List<Flow> flows;
  private final Objective objective;
  private final double peakPerSecond;
  private final double today;
  private final double spanSeconds;
  private final List<@Nullable WaitingTable> waits = new ArrayList<>();

  Worlds(
      List<StationUse> uses,
      List<DemandFit> fits,
      List<Flow> flows,
      Objective objective,
      double peakPerSecond,
      double meanPerSecond,
      double spanSeconds) {
    this.uses = uses;
    this.fits = fits;
    this.flows = flows;
    this.objective = objective;
    this.peakPerSecond = peakPerSecond;
    this.today = meanPerSecond / peakPerSecond;
    this.spanSeconds = spanSeconds;
    for (StationUse use : uses) {
      waits.add(waits(use));
    }
  }

  private static @Nullable WaitingTable waits(StationUse use) {
    if (use.discipline() != Discipline.WAIT) {
      return null;
    }
    int servers = (int) Math.max(1, Math.round(use.servers().orElse(1)));
    ServiceTimes shape = use.hold() == null ? ServiceTimes.gamma(1, 1) : use.hold();
    return new WaitingTable(servers, shape);
  }

  /**
   * Where the walls are in one world, as multiples of the peak.
   *
   * @param multiple where the objective fails, by station
   * @param saturation where each station is full; never below {@code multiple}
   * @param first the station that breaks first; −1 when none does
   */
  @SuppressWarnings("ArrayRecordComponent") // summed up at once, never compared
  record Outcome(double[] multiple, double[] saturation, int first) {}

  Outcome draw(RandomGenerator random) {
    LoadModel model = model(random);
    int n = uses.size();
    double[] multiple = new double[n];
    double[] saturation = new double[n];
    int first = -1;
    double firstAlone = LoadModel.FARTHEST * 0.99;
    for (int k = 0; k < n; k++) {
      double alone = wall(model, k, Scope.ALONE);
      multiple[k] = wall(model, k, scope(k));
      saturation[k] = model.saturation(k, scope(k));
      if (alone < firstAlone) {
        firstAlone = alone;
        first = k;
      }
    }
    if (first >= 0 && delaysResponses(first)) {
      multiple[first] = Math.min(multiple[first], model.wall(first, Scope.TOGETHER));
    }
    double minutes = Math.max(1, spanSeconds / 60);
    double shortness = 0.08 / Math.sqrt(minutes);
    for (int k = 0; k < n; k++) {
      multiple[k] *= Math.exp(random.nextGaussian() * Math.hypot(MODEL_ERROR, shortness));
      saturation[k] *= Math.exp(random.nextGaussian() * SATURATION_MODEL_ERROR);
      saturation[k] = Math.max(multiple[k], saturation[k]);
    }
    return new Outcome(multiple, saturation, first);
  }

  /** The wall of one operation alone, everything at its central value. */
  double wallOf(Flow flow) {
    return model(null).wallOf(flow);
  }

  private double wall(LoadModel model, int k, Scope scope) {
    return delaysResponses(k) ? model.wall(k, scope) : model.saturation(k, scope);
  }

  private boolean delaysResponses(int k) {
    Discipline discipline = uses.get(k).discipline();
    return discipline == Discipline.WAIT || discipline == Discipline.SHARE;
  }

  private Scope scope(int k) {
    return uses.get(k).discipline() == Discipline.SHARE ? Scope.ALONE : Scope.WITH_PROCESSORS;
  }

  /** A model at central values, or drawn when there is randomness to draw from. */
  private LoadModel model(@Nullable RandomGenerator random) {
    double onPath = random == null ? 0.7 : 0.4 + 0.6 * random.nextDouble();
    double latency = flows.stream().mapToDouble(f -> f.share() * f.meanSeconds()).sum();
    List<Station> stations = new ArrayList<>();
    for (int k = 0; k < uses.size(); k++) {
      StationUse use = uses.get(k);
      Demand demand = random == null ? fits.get(k).central() : fits.get(k).draw(random);
      double shape = random == null ? 1 : Math.exp(0.1 * random.nextGaussian());
      double pathShare =
          use.discipline() != Discipline.SHARE || latency == 0
              ? 0
              : Math.min(0.95, onPath * demand.atPeak() / peakPerSecond / latency);
      stations.add(
          new Station(
              use.discipline(),
              use.servers().orElseThrow(),
              ceiling(use, random),
              demand,
              holdSeconds(use),
              waits.get(k),
              shape,
              pathShare));
    }
    double latencyScale = random == null ? 1 : Math.exp(0.03 * random.nextGaussian());
    return new LoadModel(flows, stations, objective, today, latencyScale);
  }

  private static double ceiling(StationUse use, @Nullable RandomGenerator random) {
    if (use.discipline() != Discipline.SHARE) {
      return 1;
    }
    double away = random == null ? 0 : 0.03 * random.nextGaussian();
    return Math.max(0.7, Math.min(1, 0.95 + away));
  }

  /** How long a visit takes; by Little's law where it is not told. */
  private double holdSeconds(StationUse use) {
    if (use.hold() != null) {
      return Math.max(1e-6, use.hold().mean());
    }
    double visits = use.visitsPerSecond().orElse(today * peakPerSecond);
    return Math.max(1e-6, use.meanBusy() / Math.max(visits, 1e-9));
  }
}
