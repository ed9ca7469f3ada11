package headroom.wall.model;

import static headroom.wall.belief.Cores.CEILING_DEVIATION;
import static headroom.wall.belief.Cores.CHANCE_OF_LOW_CEILING;
import static headroom.wall.belief.Cores.LEAST_ON_PATH;
import static headroom.wall.belief.Cores.LOWEST_CEILING;
import static headroom.wall.belief.Cores.LOWEST_USUAL_CEILING;
import static headroom.wall.belief.Cores.SHARING_ERROR;
import static headroom.wall.belief.Cores.USUAL_CEILING;
import static headroom.wall.belief.ResponseTimes.CHANCE_OF_FASTER;
import static headroom.wall.belief.ResponseTimes.CHANCE_OF_HIDDEN;
import static headroom.wall.belief.ResponseTimes.HIDDEN_GROWTH;
import static headroom.wall.belief.ResponseTimes.LATENCY_ERROR;

import headroom.model.Station;
import headroom.wall.evidence.Demand;
import headroom.wall.evidence.DemandFit;
import headroom.wall.evidence.ResponseGrowth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

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
public final class UsableCores {
  private static final int DRAWN = 1_500;

  /** With this slope the logistic function is nearly the normal distribution. */
  private static final double LOGISTIC = 1.7;

  /** More of the draws are low ones, which then weigh less: or there would be too few of them. */
  private static final double DRAWN_LOW = 0.4;

  /** Keeps weights above zero where nothing fits; in units of one over the response time. */
  private static final double LEAST_LIKELY = 1e-9;

  private final List<Draw> draws;
  private final double[] cumulated;
  private final Optional<LatencyGrowth> unexplained;

  /**
   * One way it may be.
   *
   * @param seed of the work, so that the fit of a changed station can be drawn alike
   * @param ceilings share of the cores that can be used, by processor
   * @param onPath share of the processor time that responses wait for
   */
  record Draw(long seed, Map<Station, Double> ceilings, double onPath) {
    /** The demand of a processor in this draw. */
    Demand demand(DemandFit fit, int place, boolean settled) {
      return fit.draw(new SplittableRandom(seed + place), settled);
    }

    /** All servers of what is no processor can be used. */
    double ceiling(Station station) {
      return ceilings.getOrDefault(station, 1.0);
    }
  }

  private UsableCores(List<Draw> draws, double[] cumulated, Optional<LatencyGrowth> unexplained) {
    this.draws = draws;
    this.cumulated = cumulated;
    this.unexplained = unexplained;
  }

  /**
   * What is believed of these stations.
   *
   * @param candidates as they were when the growth was seen
   * @param growth of responses with load; empty where the history does not tell
   * @param longEnough whether the growth was seen for long enough to tell anything of cores
   */
  public static UsableCores of(
      List<Candidate> candidates,
      Optional<ResponseGrowth> growth,
      boolean longEnough,
      RandomGenerator random) {
    List<Candidate> processors = candidates.stream().filter(Candidate::isProcessor).toList();
    List<Draw> draws = new ArrayList<>();
    double[] cumulated = new double[DRAWN];
    var unexplained = new Unexplained();
    double sum = 0;
    for (int i = 0; i < DRAWN; i++) {
      var drawn = Prior.draw(processors, growth, random);
      double weight = drawn.weight;
      if (growth.isPresent()) {
        var likelihood = Likelihood.of(growth.get(), drawn.explained);
        unexplained.add(weight, drawn.explained, likelihood);
        weight *= !longEnough ? 1 : LEAST_LIKELY / growth.get().latency() + likelihood.all();
      }
      draws.add(drawn.draw);
      sum += weight;
      cumulated[i] = sum;
    }
    Arrays.setAll(cumulated, i -> cumulated[i] / cumulated[DRAWN - 1]);
    cumulated[DRAWN - 1] = 1;
    return new UsableCores(draws, cumulated, growth.flatMap(unexplained::growth));
  }

  /**
   * A draw of the prior.
   *
   * @param weight its density before anything was seen, over that with which it is drawn
   * @param explained how much of the growth of responses it explains, seconds at the peak
   */
  private record Prior(Draw draw, double weight, double explained) {
    static Prior draw(
        List<Candidate> processors, Optional<ResponseGrowth> growth, RandomGenerator random) {
      double weight = 1;
      double explained = 0;
      Map<Station, Double> ceilings = new HashMap<>();
      double v = random.nextDouble();
      var draw = new Draw(random.nextLong(), ceilings, 1 - (1 - LEAST_ON_PATH) * v * v);
      for (Candidate one : processors) {
        boolean low = random.nextDouble() < DRAWN_LOW;
        weight *=
            low ? CHANCE_OF_LOW_CEILING / DRAWN_LOW : (1 - CHANCE_OF_LOW_CEILING) / (1 - DRAWN_LOW);
        double ceiling = low ? low(random) : usual(random);
        ceilings.put(one.station(), ceiling);
        if (growth.isPresent()) {
          double kappa = draw.demand(one.seen().fit(), one.place(), false).crowding().kappa();
          explained += growth.get().explainedBy(one.station(), ceiling, kappa);
        }
      }
      return new Prior(draw, weight, explained * draw.onPath);
    }
  }

  private static double low(RandomGenerator random) {
    return LOWEST_CEILING + (USUAL_CEILING - LOWEST_CEILING) * random.nextDouble();
  }

  private static double usual(RandomGenerator random) {
    return Math.clamp(
        USUAL_CEILING + CEILING_DEVIATION * random.nextGaussian(), LOWEST_USUAL_CEILING, 1.0);
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

    Optional<LatencyGrowth> growth(ResponseGrowth seen) {
      if (!(hidden > 0)) {
        return Optional.empty();
      }
      double mean = sum / hidden;
      double spread = Math.sqrt(Math.max(0, squares / hidden - mean * mean));
      return Optional.of(
          new LatencyGrowth(
              hidden / weights,
              seen.atPeak() - mean,
              Math.hypot(seen.deviation(), spread),
              seen.latency(),
              seen.leastShare()));
    }
  }

  /** One of the draws, more likely the better it fits. */
  Draw draw(RandomGenerator random) {
    int found = Arrays.binarySearch(cumulated, random.nextDouble());
    return draws.get(Math.min(DRAWN - 1, found < 0 ? -found - 1 : found));
  }

  /** The mean ceiling of a station. */
  double ceiling(Station station) {
    double mean = 0;
    for (int i = 0; i < DRAWN; i++) {
      double weight = cumulated[i] - (i == 0 ? 0 : cumulated[i - 1]);
      mean += weight * draws.get(i).ceiling(station);
    }
    return mean;
  }

  /** What no station explains; empty where the history does not tell. */
  public Optional<LatencyGrowth> unexplained() {
    return unexplained;
  }
}
