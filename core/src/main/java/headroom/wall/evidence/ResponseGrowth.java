package headroom.wall.evidence;

import static headroom.wall.belief.Arrivals.SMALLEST_LOAD_RANGE;
import static headroom.wall.belief.Cores.BUSIEST_IN_GROWTH;
import static headroom.wall.belief.Cores.CEILING_IN_GROWTH;
import static headroom.wall.belief.Demands.NOISE_DEGREES;
import static headroom.wall.belief.ResponseTimes.FEWEST_GROWTH_ROWS;
import static headroom.wall.belief.ResponseTimes.ROW_NOISE;

import headroom.model.Discipline;
import headroom.model.Station;
import headroom.queueing.ProcessorSharing;
import headroom.stats.Regression;
import headroom.store.History;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * By how much responses take longer at the peak than without load, and how much of that processors
 * explain, as a function of the share of their cores that can be used.
 *
 * <p>In rows of time, L(λ) − W = L₀ + s λ + ε, with L the mean response time at the usual mix and W
 * the measured wait for connections. Sharing a processor makes D (g(ρ) − 1) of it, with D the
 * seconds that a request needs; the slope of that over the same rows is what it explains. What
 * usual ceilings explain is taken out of the rows before the fit and put back into the slope, since
 * it is not a straight line.
 */
public final class ResponseGrowth {
  /** Ceilings for which the slopes are known; between them they are interpolated. */
  private static final double LOWEST = 0.5;

  private static final double STEP = 0.05;
  private static final int CEILINGS = 11;

  /** The ceiling that rows are freed of. */
  private static final int USUAL = (int) Math.round((CEILING_IN_GROWTH - LOWEST) / STEP);

  /** Loads at which sharing is worked out. */
  private static final int POINTS = 48;

  private final double latency;
  private final double atPeak;
  private final double deviation;
  private final double leastShare;
  private final Map<Station, Explained> explained;

  private ResponseGrowth(
      double latency,
      double atPeak,
      double deviation,
      double leastShare,
      Map<Station, Explained> explained) {
    this.latency = latency;
    this.atPeak = atPeak;
    this.deviation = deviation;
    this.leastShare = leastShare;
    this.explained = explained;
  }

  /**
   * How much of s one processor explains.
   *
   * @param sharing by ceiling of the grid, seconds
   * @param work because of more work per request, were κ one, seconds
   */
  @SuppressWarnings("ArrayRecordComponent") // read in an inner loop, never compared
  private record Explained(double[] sharing, double work) {
    static final Explained NOTHING = new Explained(new double[CEILINGS], 0);
  }

  /**
   * What the history says; empty where it is too short or the load hardly varies.
   *
   * @param stations as they were in that time
   */
  public static Optional<ResponseGrowth> of(
      History history, Traffic traffic, Jobs jobs, List<Watched> stations, double peak) {
    ResponseRows rows = ResponseRows.of(history, traffic, jobs, peak);
    double[] loads = rows.loads();
    double least = Arrays.stream(loads).min().orElse(1);
    double most = Arrays.stream(loads).max().orElse(0);
    if (loads.length < FEWEST_GROWTH_ROWS || most < SMALLEST_LOAD_RANGE * least) {
      return Optional.empty();
    }
    double[] left = rows.seconds().clone();
    Map<Station, Explained> explained = new HashMap<>();
    double usually = 0;
    for (Watched station : stations) {
      StationUse use = station.use();
      if (use.discipline() != Discipline.SHARE || use.servers().isEmpty()) {
        continue;
      }
      var one = new Shared(station, peak);
      double[] sharing = new double[CEILINGS];
      for (int i = 0; i < CEILINGS; i++) {
        double[] seconds = one.seconds(loads, most, LOWEST + STEP * i);
        sharing[i] = slope(loads, seconds);
        if (i == USUAL) {
          Arrays.setAll(left, row -> left[row] - seconds[row]);
          usually += sharing[i];
        }
      }
      explained.put(use.station(), new Explained(sharing, one.secondsPerCrowding()));
    }
    double mean = Arrays.stream(left).average().orElse(0);
    if (!(mean > 0)) {
      return Optional.empty();
    }
    var prior =
        new Regression.Prior(
            new double[] {mean, 0}, new double[] {mean, mean}, ROW_NOISE * mean, NOISE_DEGREES);
    double[][] x =
        Arrays.stream(loads).mapToObj(load -> new double[] {1, load}).toArray(double[][]::new);
    Regression fit = Regression.fit(x, left, loads, prior);
    return Optional.of(
        new ResponseGrowth(
            mean,
            fit.coefficient(1) + usually,
            fit.standardDeviation(1),
            Math.min(1, least),
            explained));
  }

  /** One processor, by what a request needs of all instances that are like it. */
  private static final class Shared {
    private final double servers;
    private final Demand demand;
    private final Spread spread;
    private final double perRequest;

    Shared(Watched station, double peak) {
      this.servers = station.use().servers().orElseThrow();
      this.demand = station.fit().central();
      this.spread = station.spread();
      this.perRequest = station.perRequest(peak);
    }

    /**
     * By how much sharing makes a request longer at each load, with this share of the cores.
     *
     * @param most the highest of the loads
     */
    double[] seconds(double[] loads, double most, double ceiling) {
      double[] known = new double[POINTS + 1];
      Arrays.setAll(known, i -> seconds(most * i / POINTS, ceiling));
      return Arrays.stream(loads).map(load -> between(known, load / most * POINTS)).toArray();
    }

    private double seconds(double load, double ceiling) {
      double busy = demand.busyAt(load) / (ceiling * servers);
      double slowdown = spread.busiest() * slowdown(ceiling, busy);
      if (spread.instances() > 1) {
        slowdown += (1 - spread.busiest()) * slowdown(ceiling, spread.others() * busy);
      }
      return perRequest * (slowdown - 1);
    }

    private double slowdown(double ceiling, double busy) {
      return ProcessorSharing.meanSlowdownOn(ceiling * servers, Math.min(BUSIEST_IN_GROWTH, busy));
    }

    /** Seconds by which requests take longer at the peak than without load, were κ one. */
    double secondsPerCrowding() {
      double even = spread.busiest() + (1 - spread.busiest()) * spread.others();
      return perRequest * even * demand.atPeak() / servers;
    }
  }

  private static double slope(double[] loads, double[] seconds) {
    double weights = 0;
    double meanLoad = 0;
    double meanSeconds = 0;
    for (int i = 0; i < loads.length; i++) {
      weights += loads[i];
      meanLoad += loads[i] * loads[i];
      meanSeconds += loads[i] * seconds[i];
    }
    meanLoad /= weights;
    meanSeconds /= weights;
    double both = 0;
    double square = 0;
    for (int i = 0; i < loads.length; i++) {
      both += loads[i] * (loads[i] - meanLoad) * (seconds[i] - meanSeconds);
      square += loads[i] * (loads[i] - meanLoad) * (loads[i] - meanLoad);
    }
    return both / square;
  }

  /** s at the peak, in seconds. */
  public double atPeak() {
    return atPeak;
  }

  /** The standard deviation of that. */
  public double deviation() {
    return deviation;
  }

  /** The least load of the rows, as a share of the peak. */
  public double leastShare() {
    return leastShare;
  }

  /** Mean response time at the usual mix without what processors explain, seconds. */
  public double latency() {
    return latency;
  }

  /**
   * How much of s this processor explains: sharing it when this share of its cores can be used, and
   * more work per request, see {@link Crowding}.
   */
  public double explainedBy(Station station, double ceiling, double kappa) {
    Explained one = explained.getOrDefault(station, Explained.NOTHING);
    double sharing =
        between(one.sharing, Math.clamp((ceiling - LOWEST) / STEP, 0.0, CEILINGS - 1.0));
    return sharing + one.work * kappa;
  }

  /** A function that is known at whole numbers from 0 on, linear between them. */
  private static double between(double[] known, double at) {
    int below = Math.min(known.length - 2, (int) at);
    return known[below] + (at - below) * (known[below + 1] - known[below]);
  }
}
