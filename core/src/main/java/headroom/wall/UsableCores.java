package headroom.wall;

import static headroom.wall.belief.Cores.CEILING_DEVIATION;
import static headroom.wall.belief.Cores.CHANCE_OF_LOW_CEILING;
import static headroom.wall.belief.Cores.LEAST_ON_PATH;
import static headroom.wall.belief.Cores.LOWEST_CEILING;
import static headroom.wall.belief.Cores.LOWEST_USUAL_CEILING;
import static headroom.wall.belief.Cores.SHARING_ERROR;
import static headroom.wall.belief.Cores.USUALLY_ON_PATH;
import static headroom.wall.belief.Cores.USUAL_CEILING;
import static headroom.wall.belief.ResponseTimes.CHANCE_OF_FASTER;
import static headroom.wall.belief.ResponseTimes.CHANCE_OF_HIDDEN;
import static headroom.wall.belief.ResponseTimes.HIDDEN_GROWTH;
import static headroom.wall.belief.ResponseTimes.LATENCY_ERROR;

import headroom.model.Discipline;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Which share of its cores each processor can really use, as the growth of responses with load
 * tells: with few cores it shows long before they are full.
 *
 * <p>Prior of a ceiling: nearly always 0.955 ± 0.025; with a small chance, as where a container is
 * throttled or a machine gives time to others, anything from 0.6 on. Likelihood of a draw of
 * ceilings, work and share on the path: that of the growth of responses that they leave
 * unexplained, r ~ N(0, τ²), or, with the chance that something else holds responses up, such as a
 * lock that nobody reports, r ~ N(0, τ²) plus an exponential amount. Draws from the prior are kept
 * with a chance in proportion to their likelihood (sampling importance resampling, Rubin 1988).
 */
final class UsableCores {
  private static final int DRAWN = 1_500;

  /** With this slope the logistic function is nearly the normal distribution. */
  private static final double LOGISTIC = 1.7;

  /** More of the draws are low ones, which then weigh less: or there would be too few of them. */
  private static final double DRAWN_LOW = 0.4;

  /** Keeps weights above zero where nothing fits; in units of one over the response time. */
  private static final double LEAST_LIKELY = 1e-9;

  private final List<Draw> draws;
  private final double[] cumulated;
  private final @Nullable LatencyGrowth unexplained;

  /**
   * One way it may be.
   *
   * @param seed of the work, so that the fit of a changed station can be drawn alike
   * @param ceilings share of the cores that can be used, by station; 1 for others
   * @param onPath share of the processor time that responses wait for
   */
  @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
  record Draw(long seed, double[] ceilings, double onPath) {
    /** The demand of a processor in this draw. */
    Demand demand(DemandFit fit, int station, boolean settled) {
      return fit.draw(new SplittableRandom(seed + station), settled);
    }
  }

  private UsableCores(List<Draw> draws, double[] cumulated, @Nullable LatencyGrowth unexplained) {
    this.draws = draws;
    this.cumulated = cumulated;
    this.unexplained = unexplained;
  }

  /**
   * What is believed of these stations.
   *
   * @param uses as they were when the growth was seen
   * @param longEnough whether the growth was seen for long enough to tell anything of cores
   */
  static UsableCores of(
      List<StationUse> uses,
      List<DemandFit> fits,
      Optional<ResponseGrowth> seen,
      boolean longEnough,
      RandomGenerator random) {
    int[] processors =
        IntStream.range(0, uses.size())
            .filter(k -> uses.get(k).discipline() == Discipline.SHARE)
            .toArray();
    @Nullable ResponseGrowth growth = seen.orElse(null);
    Draw[] draws = new Draw[DRAWN];
    double[] cumulated = new double[DRAWN];
    var unexplained = new Unexplained();
    double sum = 0;
    for (int i = 0; i < DRAWN; i++) {
      double weight = 1;
      double explained = 0;
      double[] ceilings = new double[uses.size()];
      Arrays.fill(ceilings, 1);
      double v = random.nextDouble();
      draws[i] = new Draw(random.nextLong(), ceilings, 1 - (1 - LEAST_ON_PATH) * v * v);
      for (int k : processors) {
        boolean low = random.nextDouble() < DRAWN_LOW;
        weight *= low ? CHANCE_OF_LOW_CEILING / DRAWN_LOW : (1 - CHANCE_OF_LOW_CEILING) / (1 - DRAWN_LOW);
        ceilings[k] = low ? low(random) : usual(random);
        if (growth != null) {
          double kappa = draws[i].demand(fits.get(k), k, false).crowding().kappa();
          explained += growth.sharing(k, ceilings[k]) + growth.work(k, kappa);
        }
      }
      if (growth != null) {
        explained *= draws[i].onPath;
        var likelihood = Likelihood.of(growth, explained);
        unexplained.add(weight, explained, likelihood);
        weight *= !longEnough ? 1 : LEAST_LIKELY / growth.latency() + likelihood.all();
      }
      sum += weight;
      cumulated[i] = sum;
    }
    Arrays.setAll(cumulated, i -> cumulated[i] / cumulated[DRAWN - 1]);
    cumulated[DRAWN - 1] = 1;
    return new UsableCores(
        List.of(draws), cumulated, growth == null ? null : unexplained.growth(growth));
  }

  private static double low(RandomGenerator random) {
    return LOWEST_CEILING + (USUAL_CEILING - LOWEST_CEILING) * random.nextDouble();
  }

  private static double usual(RandomGenerator random) {
    return Math.clamp(USUAL_CEILING + CEILING_DEVIATION * random.nextGaussian(), LOWEST_USUAL_CEILING, 1.0);
  }

  /**
   * Of what is left to explain, up to a factor, should there be nothing else and should there be.
   */
  private record Likelihood(double nothing, double something, double faster) {
    static Likelihood of(ResponseGrowth growth, double explained) {
      double sd =
          Math.hypot(
              growth.deviation(),
              Math.hypot(SHARING_ERROR * explained, LATENCY_ERROR * growth.latency()));
      double left = growth.atPeak() - explained;
      double z = left / sd;
      double alone = Math.exp(-0.5 * z * z) / (sd * Math.sqrt(2 * Math.PI));
      double mean = HIDDEN_GROWTH * growth.latency();
      double hidden = Math.exp(-Math.max(0, left) / mean) / mean / (1 + Math.exp(-LOGISTIC * z));
      double shorter = Math.exp(-Math.max(0, -left) / mean) / mean / (1 + Math.exp(LOGISTIC * z));
      return new Likelihood(
          (1 - CHANCE_OF_HIDDEN - CHANCE_OF_FASTER) * alone,
          CHANCE_OF_HIDDEN * hidden,
          CHANCE_OF_FASTER * shorter);
    }

    double all() {
      return nothing + something + faster;
    }
  }

  /** What is left to explain when something hidden is part of it, over all draws. */
  private static final class Unexplained {
    private double weights;
    private double hidden;
    private double sum;
    private double squares;

    void add(double weight, double explained, Likelihood likelihood) {
      double part = weight * likelihood.something;
      weights += weight * likelihood.all();
      hidden += part;
      sum += part * explained;
      squares += part * explained * explained;
    }

    @Nullable LatencyGrowth growth(ResponseGrowth seen) {
      if (!(hidden > 0)) {
        return null;
      }
      double mean = sum / hidden;
      double spread = Math.sqrt(Math.max(0, squares / hidden - mean * mean));
      return new LatencyGrowth(
          hidden / weights,
          seen.atPeak() - mean,
          Math.hypot(seen.deviation(), spread),
          seen.latency(),
          seen.leastShare());
    }
  }

  /** One of the draws, more likely the better it fits. */
  Draw draw(RandomGenerator random) {
    int found = Arrays.binarySearch(cumulated, random.nextDouble());
    return draws.get(Math.min(DRAWN - 1, found < 0 ? -found - 1 : found));
  }

  /** The mean ceiling of a station. */
  double ceiling(int station) {
    double mean = 0;
    for (int i = 0; i < DRAWN; i++) {
      double weight = cumulated[i] - (i == 0 ? 0 : cumulated[i - 1]);
      mean += weight * draws.get(i).ceilings[station];
    }
    return mean;
  }

  /** What no station explains; empty where the history does not tell. */
  Optional<LatencyGrowth> unexplained() {
    return Optional.ofNullable(unexplained);
  }
}
