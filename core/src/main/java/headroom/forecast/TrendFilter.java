package headroom.forecast;

import java.util.random.RandomGenerator;

/**
 * The level, slope and autocorrelated rest of a series, day by day: a Kalman filter of
 *
 * <pre>
 *   seen(t)    = level(t) + rest(t)
 *   level(t+1) = level(t) + slope(t)               + levelNoise
 *   slope(t+1) = slope(t) · exp(−θ slope(t))       + slopeNoise
 *   rest(t+1)  = φ rest(t)                         + √(1 − φ²) sigma ε
 * </pre>
 *
 * in logs per day (Harvey 1989, chapter 4). θ = 0 is exponential growth, θ = 1 growth by the same
 * amount every day, whose logarithm flattens. Without slope noise it is Theta's smoothing with
 * drift (Hyndman and Billah 2003), with it Holt's method. At a break the level and the slope may
 * take any new value. A surprise of more than three deviations counts as three.
 */
final class TrendFilter {
  private static final double BOLD = 3;
  private static final double FIRST_LEVEL = 1;
  private static final double BREAK_LEVEL = 0.2;
  private static final double BREAK_SLOPE = 0.004;

  /**
   * One way of growing.
   *
   * @param theta 0 exponential to 1 linear
   * @param phi correlation of the rest from day to day
   * @param levelNoise by how much the level wanders in a day
   * @param slopeNoise by how much the slope wanders in a day
   * @param slopePrior deviation of the slope before anything was seen, and after a break
   */
  record Member(
      double theta, double phi, double levelNoise, double slopeNoise, double slopePrior) {}

  private final Member member;
  private final double sigma;

  // State and covariance: l level, s slope, a rest.
  private double l;
  private double s;
  private double a;
  private double ll;
  private double ls;
  private double la;
  private double ss;
  private double sa;
  private double aa;
  private double logLikelihood;

  TrendFilter(Member member, double sigma, double firstLevel) {
    this.member = member;
    this.sigma = sigma;
    l = firstLevel;
    ll = FIRST_LEVEL * FIRST_LEVEL;
    ss = member.slopePrior * member.slopePrior;
    aa = sigma * sigma;
  }

  private TrendFilter(TrendFilter other) {
    member = other.member;
    sigma = other.sigma;
    l = other.l;
    s = other.s;
    a = other.a;
    ll = other.ll;
    ls = other.ls;
    la = other.la;
    ss = other.ss;
    sa = other.sa;
    aa = other.aa;
    logLikelihood = other.logLikelihood;
  }

  /** Another one in the same state. */
  TrendFilter copy() {
    return new TrendFilter(this);
  }

  /** From one day to the next. */
  void step() {
    double damp = member.theta == 0 ? 1 : Math.exp(-member.theta * s);
    double f = damp * (1 - member.theta * s);
    double phi = member.phi;
    l += s;
    s *= damp;
    a *= phi;
    double newLl = ll + 2 * ls + ss + member.levelNoise * member.levelNoise;
    double newLs = f * (ls + ss);
    double newLa = phi * (la + sa);
    ss = f * f * ss + member.slopeNoise * member.slopeNoise;
    sa = f * phi * sa;
    aa = phi * phi * aa + (1 - phi * phi) * sigma * sigma;
    ll = newLl;
    ls = newLs;
    la = newLa;
  }

  /** Anything may be different from now on. */
  void breakHere() {
    ll += BREAK_LEVEL * BREAK_LEVEL;
    ss += Math.max(BREAK_SLOPE * BREAK_SLOPE, member.slopePrior * member.slopePrior);
  }

  /** Learns from a day that was seen. */
  void see(double value) {
    double variance = ll + 2 * la + aa;
    double surprise = value - l - a;
    double deviation = Math.sqrt(variance);
    double bounded = Math.clamp(surprise / deviation, -BOLD, BOLD);
    logLikelihood -= 0.5 * (Math.log(2 * Math.PI * variance) + bounded * bounded);
    double gainL = (ll + la) / variance;
    double gainS = (ls + sa) / variance;
    double gainA = (la + aa) / variance;
    double moved = bounded * deviation;
    l += gainL * moved;
    s += gainS * moved;
    a += gainA * moved;
    double rowL = ll + la;
    double rowS = ls + sa;
    double rowA = la + aa;
    ll -= gainL * rowL;
    ls -= gainL * rowS;
    la -= gainL * rowA;
    ss -= gainS * rowS;
    sa -= gainS * rowA;
    aa -= gainA * rowA;
  }

  double logLikelihood() {
    return logLikelihood;
  }

  Member member() {
    return member;
  }

  /** Variance of the level so many days on, the rest left out. */
  double levelVariance(int days) {
    double h = days;
    double q = member.slopeNoise * member.slopeNoise;
    return ll
        + 2 * h * ls
        + h * h * ss
        + h * member.levelNoise * member.levelNoise
        + q * h * h * h / 3;
  }

  /** The level so many days on. */
  double levelAfter(int days) {
    // d level / dt = slope, d slope / dt = −θ slope².
    double bend = member.theta * s * days;
    return Math.abs(bend) < 1e-9
        ? l + s * days
        : l + Math.log1p(Math.max(-0.9, bend)) / member.theta;
  }

  /** A state that the data leave possible: level, slope, rest. */
  double[] draw(RandomGenerator random, double widening) {
    double c11 = Math.sqrt(Math.max(ll, 1e-12));
    double c21 = ls / c11;
    double c31 = la / c11;
    double c22 = Math.sqrt(Math.max(ss - c21 * c21, 1e-14));
    double c32 = (sa - c21 * c31) / c22;
    double c33 = Math.sqrt(Math.max(aa - c31 * c31 - c32 * c32, 0));
    double x = random.nextGaussian() * widening;
    double y = random.nextGaussian() * widening;
    double z = random.nextGaussian();
    return new double[] {l + c11 * x, s + c21 * x + c22 * y, a + c31 * x + c32 * y + c33 * z};
  }
}
