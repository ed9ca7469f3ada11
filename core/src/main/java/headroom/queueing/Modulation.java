package headroom.queueing;

/**
 * An arrival rate that wanders around its mean: λ(t) = λ (1 + z(t)) with z normal, of standard
 * deviation σ and correlation e^(−t/τ).
 *
 * <p>The arrivals of a time t then vary by Var[N] = λ t + λ² v(t) with v(t) = 2 σ² τ (t − τ (1 −
 * e^(−t/τ))): as σ² t² while that is short against τ, as 2 σ² τ t when it is long.
 *
 * @param deviation σ, a share of the mean rate; 0 for a steady rate
 * @param seconds τ, &gt; 0
 */
public record Modulation(double deviation, double seconds) {
  /** A rate that does not wander. */
  public static final Modulation NONE = new Modulation(0, 1);

  /** Times that are tried for how long an excess of work may have gathered. */
  private static final int TIMES = 30;

  private static final double LONGER = 1.5;
  private static final double LARGEST_EXPONENT = 300;
  private static final double SLOWEST = 1e-9;

  public Modulation {
    if (!(deviation >= 0 && seconds > 0)) {
      throw new IllegalArgumentException(
          "deviation >= 0 and seconds > 0 are needed, got %s and %s".formatted(deviation, seconds));
    }
  }

  /** v(t): the variance of the arrivals of so many seconds that wandering adds, over λ². */
  public double variance(double span) {
    double part = span / seconds;
    // t − τ (1 − e^(−t/τ)) is t² / 2τ at first; the difference loses its digits there.
    double grown = part < 1e-4 ? 0.5 * part * part : part + Math.expm1(-part);
    return 2 * deviation * deviation * seconds * seconds * grown;
  }

  /**
   * The waits of a queue whose waits under a steady rate are these, exact at one wait and
   * exponential around it.
   *
   * <p>The most likely way to wait longer than x is an excess of work gathered over the time t that
   * makes E = (x + (1 − ρ) t)² / 2 (D t + ρ² v(t)) smallest (maximum variance, Choe and Shroff
   * 1998), with D = 2 (1 − ρ) / θ from single arrivals and visits, so that E = θ x without
   * wandering. In front of e^(−E) stands the share that waits at all, or the tail of the normal
   * distribution as far as a rate that stays where it is makes the excess.
   *
   * @param utilization ρ, within 0..1 and below 1
   * @param longSeconds x, &gt; 0: the wait that matters
   */
  public Waiting waits(Waiting steady, double utilization, double longSeconds) {
    if (deviation == 0 || steady.probability() == 0) {
      return steady;
    }
    double free = 1 - utilization;
    double single = 2 * free / steady.decayPerSecond();
    double exponent = Double.POSITIVE_INFINITY;
    double wandering = 0;
    double span = longSeconds / free;
    for (int i = 0; i < TIMES; i++) {
      double work = longSeconds + free * span;
      double added = utilization * utilization * variance(span);
      double variance = single * span + added;
      double candidate = 0.5 * work * work / variance;
      if (candidate > exponent) {
        break;
      }
      exponent = candidate;
      wandering = added / variance * lasting(span);
      span *= LONGER;
    }
    exponent = Math.min(LARGEST_EXPONENT, exponent);
    double before =
        Math.pow(steady.probability(), 1 - wandering) * Math.pow(tailFactor(exponent), wandering);
    double beyond = Math.max(before * Math.exp(-exponent), steady.longerThan(longSeconds));
    double probability = Math.min(1, Math.max(steady.probability(), Math.E * beyond));
    double decay = Math.log(probability / beyond) / longSeconds;
    return new Waiting(probability, Math.clamp(decay, SLOWEST, steady.decayPerSecond()));
  }

  /**
   * d ln v / d ln t − 1: from 1 while the rate stays as it is down to 0 where it has changed often.
   */
  private double lasting(double span) {
    double part = span / seconds;
    return part < 1e-4 ? 1 : -part * Math.expm1(-part) / (part + Math.expm1(-part)) - 1;
  }

  /** P(Z &gt; z) e^(z²/2) for z = √2E, normal Z; within 1 % (Börjesson and Sundberg 1979). */
  private static double tailFactor(double exponent) {
    double z = Math.sqrt(2 * exponent);
    return 1 / (Math.sqrt(2 * Math.PI) * (0.661 * z + 0.339 * Math.sqrt(z * z + 5.51)));
  }
}
