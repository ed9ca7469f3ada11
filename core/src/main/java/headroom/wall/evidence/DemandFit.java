package headroom.wall.evidence;

import static headroom.wall.belief.Demands.CHANCE_OF_NO_GROWTH;
import static headroom.wall.belief.Demands.CLASS_DEVIATION;
import static headroom.wall.belief.Demands.CROWDED_BELOW;
import static headroom.wall.belief.Demands.FEWEST_FREE_ROWS;
import static headroom.wall.belief.Demands.FULL_ROW;
import static headroom.wall.belief.Demands.GROWTH_DEVIATION;
import static headroom.wall.belief.Demands.LEAST_FROM_TRAFFIC;
import static headroom.wall.belief.Demands.NOISE_DEGREES;
import static headroom.wall.belief.Demands.NOISE_OF_LEVEL;
import static headroom.wall.belief.Demands.NOISE_OF_SERVERS;
import static headroom.wall.belief.Demands.QUIET_ROW;
import static headroom.wall.belief.Demands.UTILIZATION_WITHOUT_LIMIT;

import headroom.model.Discipline;
import headroom.queueing.ServiceTimes;
import headroom.stats.Quantiles;
import headroom.stats.Regression;
import headroom.wall.evidence.Demand.Crowd;
import headroom.wall.evidence.StationUse.Sample;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The service demand of a station, by the utilisation law: busy servers y = b + Σ D_e λ_e + ε.
 *
 * <p>Priors: b ~ N(b₀, s_b²) with little for pools, which nobody holds without a request, and more
 * for processors, which have housekeeping, see {@link Background}; D_e ~ N(D̄, (0.6 D̄)²) around
 * the plain ratio D̄. Noise before the data: for measured hold times that of a compound Poisson
 * sum, Var = y E[S] (1 + cv²) / T; for processors a share of the level. Rows weigh as their length
 * over their level. Growth of the demand with load is seen for processors, see {@link Crowding}; of
 * others, with a chance of 0.6 there is none, else it is normal.
 */
public final class DemandFit {
  private final Regression regression;
  private final Optional<Crowding> crowding;
  private final Background background;
  private final Traffic traffic;
  private final List<double[]> classes;
  private final double[] peakMix;
  private final double servers;
  private final double scale;

  private DemandFit(
      Regression regression,
      Optional<Crowding> crowding,
      Background background,
      Traffic traffic,
      List<double[]> classes,
      double[] peakMix,
      double servers,
      double scale) {
    this.regression = regression;
    this.crowding = crowding;
    this.background = background;
    this.traffic = traffic;
    this.classes = classes;
    this.peakMix = peakMix;
    this.servers = servers;
    this.scale = scale;
  }

  /**
   * Fits a station that has samples.
   *
   * @param peakPerSecond the reference load, with the mix of the time near it
   */
  public static DemandFit of(StationUse use, Traffic traffic, double peakPerSecond) {
    return of(use, use, traffic, peakPerSecond);
  }

  /**
   * Fits a station that would be another than it was when its samples were taken.
   *
   * @param seen the station as it was
   */
  public static DemandFit of(
      StationUse use, StationUse seen, Traffic traffic, double peakPerSecond) {
    List<Sample> rows = notFull(use);
    List<double[]> classes = TrafficClasses.of(traffic, rows);
    double[][] x = new double[rows.size()][classes.size() + 1];
    double[] y = new double[rows.size()];
    double[] load = new double[rows.size()];
    for (int t = 0; t < y.length; t++) {
      Sample row = rows.get(t);
      x[t][0] = 1;
      for (int e = 0; e < classes.size(); e++) {
        x[t][e + 1] = traffic.perSecond(classes.get(e), row.from(), row.to());
        load[t] += x[t][e + 1];
      }
      y[t] = row.busy();
    }
    double busy = Math.max(StationUse.meanBusy(rows), 1e-9);
    double servers = use.servers().orElse(busy / UTILIZATION_WITHOUT_LIMIT);
    double meanLoad = Math.max(Quantiles.mean(load), 1e-9);
    double[] weights = weights(rows, load, meanLoad, busy, servers);
    var background = Background.of(use, rows, load, peakPerSecond, busy, servers);
    var prior = prior(use, traffic, classes.size(), background, busy, servers, meanLoad);
    var regression = Regression.fit(x, y, weights, prior);
    double[] peakMix = new double[classes.size()];
    for (int e = 0; e < peakMix.length; e++) {
      peakMix[e] = peakPerSecond * traffic.shareAtPeak(classes.get(e), peakPerSecond);
    }
    Optional<Crowding> crowding = Optional.empty();
    if (use.discipline() == Discipline.SHARE) {
      double seenServers = seen.servers().orElse(servers);
      crowding = Optional.of(Crowding.of(x, y, weights, regression, prior, peakMix, seenServers));
    }
    return new DemandFit(
        regression, crowding, background, traffic, classes, peakMix, servers, busy);
  }

  /** Without rows in which the station was full: their arrivals were not all served. */
  private static List<Sample> notFull(StationUse use) {
    if (use.servers().isEmpty()) {
      return use.samples();
    }
    double most = FULL_ROW * use.servers().getAsDouble();
    List<Sample> rows = use.samples().stream().filter(row -> row.busy() < most).toList();
    return rows.size() >= FEWEST_FREE_ROWS ? rows : use.samples();
  }

  /** Rows weigh as their length and, busy ones being noisier, as the inverse of their level. */
  private static double[] weights(
      List<Sample> rows, double[] load, double meanLoad, double busy, double servers) {
    double meanLength = rows.stream().mapToInt(row -> row.to() - row.from()).average().orElse(1);
    double[] weights = new double[load.length];
    for (int t = 0; t < weights.length; t++) {
      double expected = Math.max(busy * load[t] / meanLoad, QUIET_ROW * servers);
      double length = rows.get(t).to() - rows.get(t).from();
      weights[t] = length / meanLength * Math.max(busy, QUIET_ROW * servers) / expected;
    }
    return weights;
  }

  private static Regression.Prior prior(
      StationUse use,
      Traffic traffic,
      int classes,
      Background background,
      double busy,
      double servers,
      double meanLoad) {
    double perArrival = Math.max(busy - background.busy(), LEAST_FROM_TRAFFIC * busy) / meanLoad;
    double[] mean = new double[classes + 1];
    double[] sd = new double[classes + 1];
    Arrays.fill(mean, perArrival);
    Arrays.fill(sd, CLASS_DEVIATION * perArrival);
    mean[0] = background.busy();
    sd[0] = background.deviation();
    return new Regression.Prior(mean, sd, noise(use, traffic, busy, servers), NOISE_DEGREES);
  }

  private static double noise(StationUse use, Traffic traffic, double busy, double servers) {
    ServiceTimes hold = use.hold();
    if (hold == null || hold.mean() == 0) {
      return NOISE_OF_LEVEL * busy + NOISE_OF_SERVERS * servers;
    }
    double rowSeconds =
        use.samples().stream().mapToInt(row -> row.to() - row.from()).average().orElse(1)
            * traffic.windowSeconds();
    return Math.sqrt(busy * hold.mean() * (1 + hold.cv2()) / rowSeconds) + 1e-9;
  }

  /** Of what traffic leaves unexplained, from one row to the next. */
  public double autocorrelation() {
    return regression.autocorrelation();
  }

  /** How it is known what is busy without any traffic, in words. */
  public String aboutBackground() {
    return background.told(regression.coefficient(0));
  }

  /** How many servers the traffic of this row should keep busy. */
  double expected(Sample row) {
    double busy = regression.coefficient(0);
    for (int e = 0; e < classes.size(); e++) {
      busy +=
          regression.coefficient(e + 1) * traffic.perSecond(classes.get(e), row.from(), row.to());
    }
    return busy;
  }

  /** The demand at the centre of what is believed. */
  public Demand central() {
    return crowding
        .filter(one -> one.chanceOfNone() < CROWDED_BELOW)
        .map(one -> crowded(one, one.central()))
        .orElseGet(() -> demand(coefficients(), 0, Crowd.NONE));
  }

  private double[] coefficients() {
    double[] beta = new double[peakMix.length + 1];
    Arrays.setAll(beta, regression::coefficient);
    return beta;
  }

  /**
   * One demand as it might be.
   *
   * @param settled as if the regression were exact and only growth unknown
   */
  public Demand draw(RandomGenerator random, boolean settled) {
    if (crowding.isEmpty()) {
      double[] beta = settled ? coefficients() : regression.draw(random);
      boolean grows = random.nextDouble() >= CHANCE_OF_NO_GROWTH;
      return demand(beta, grows ? GROWTH_DEVIATION * random.nextGaussian() : 0, Crowd.NONE);
    }
    Crowding one = crowding.get();
    if (random.nextDouble() >= one.chanceOfNone()) {
      return crowded(one, settled ? one.central() : one.draw(random));
    }
    return demand(settled ? coefficients() : regression.draw(random), 0, Crowd.NONE);
  }

  private Demand crowded(Crowding known, double[] beta) {
    return demand(beta, 0, known.crowd(beta, servers));
  }

  private Demand demand(double[] beta, double growth, Crowd crowd) {
    double atPeak = 0;
    for (int e = 0; e < peakMix.length; e++) {
      atPeak += Math.max(0, beta[e + 1]) * peakMix[e];
    }
    return new Demand(Math.max(0, beta[0]), Math.max(atPeak, 1e-6 * scale), growth, crowd);
  }
}
