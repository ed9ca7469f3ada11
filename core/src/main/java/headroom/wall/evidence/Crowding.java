package headroom.wall.evidence;

import static headroom.wall.belief.Cores.CHANCE_OF_NO_CROWDING;
import static headroom.wall.belief.Cores.CROWDING_DEVIATION;
import static headroom.wall.belief.Cores.LEAST_CROWDING;
import static headroom.wall.belief.Cores.MOST_CROWDING;
import static headroom.wall.belief.Cores.USUAL_CROWDING;

import headroom.stats.Regression;
import headroom.wall.evidence.Demand.Crowd;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Whether work takes more of a processor the more of it is busy, as with hyper-threads and with
 * memory that all cores wait for: y = b + Σ D_e λ_e (1 + κ (y / c − u)) + ε, with u the utilization
 * at the peak.
 *
 * <p>A spike and a slab: κ is 0 with a prior chance, else N(m, s²). The product ŵ (ŷ / c − u) of
 * what a first fit without κ says is a further regressor, so that κ is known together with b and D;
 * the data's word on the spike is the Savage–Dickey ratio, the density of κ = 0 after the data over
 * that before (Dickey 1971).
 */
final class Crowding {
  private final Regression regression;
  private final int last;
  private final double chanceOfNone;
  private final double usedAtPeak;

  private Crowding(Regression regression, int last, double chanceOfNone, double usedAtPeak) {
    this.regression = regression;
    this.last = last;
    this.chanceOfNone = chanceOfNone;
    this.usedAtPeak = usedAtPeak;
  }

  /**
   * What the rows of a demand regression say.
   *
   * @param x a one and the arrivals of each class, by row
   * @param plain the fit of them without crowding
   * @param prior of that fit
   * @param peakMix arrivals of each class at the peak
   */
  static Crowding of(
      double[][] x,
      double[] y,
      double[] weights,
      Regression plain,
      Regression.Prior prior,
      double[] peakMix,
      double servers) {
    int last = peakMix.length + 1;
    double[] atPeak = new double[last];
    atPeak[0] = 1;
    System.arraycopy(peakMix, 0, atPeak, 1, peakMix.length);
    double usedAtPeak = Math.max(0, plain.predict(atPeak)) / servers;
    double[][] crowded = new double[x.length][];
    for (int t = 0; t < x.length; t++) {
      double busy = plain.predict(x[t]);
      crowded[t] = Arrays.copyOf(x[t], last + 1);
      crowded[t][last] = (busy - plain.coefficient(0)) * (busy / servers - usedAtPeak);
    }
    Regression fit =
        Regression.fit(crowded, y, weights, with(prior, USUAL_CROWDING, CROWDING_DEVIATION));
    double before = density(0, USUAL_CROWDING, CROWDING_DEVIATION);
    double after = density(0, fit.coefficient(last), fit.standardDeviation(last));
    double none = CHANCE_OF_NO_CROWDING * after;
    double some = (1 - CHANCE_OF_NO_CROWDING) * before;
    return new Crowding(fit, last, none / (none + some), usedAtPeak);
  }

  private static Regression.Prior with(Regression.Prior prior, double mean, double sd) {
    int n = prior.mean().length;
    double[] means = Arrays.copyOf(prior.mean(), n + 1);
    double[] deviations = Arrays.copyOf(prior.sd(), n + 1);
    means[n] = mean;
    deviations[n] = sd;
    return new Regression.Prior(means, deviations, prior.noiseSigma(), prior.noiseDegrees());
  }

  private static double density(double x, double mean, double sd) {
    double z = (x - mean) / sd;
    return Math.exp(-0.5 * z * z) / sd;
  }

  double chanceOfNone() {
    return chanceOfNone;
  }

  /** The coefficients b, D_e and κ at the centre of what is believed, should there be any. */
  double[] central() {
    double[] beta = new double[last + 1];
    Arrays.setAll(beta, regression::coefficient);
    return beta;
  }

  double[] draw(RandomGenerator random) {
    return regression.draw(random);
  }

  /** The κ of coefficients, for so many servers. */
  Crowd crowd(double[] beta, double ofServers) {
    return new Crowd(Math.clamp(beta[last], LEAST_CROWDING, MOST_CROWDING), ofServers, usedAtPeak);
  }
}
