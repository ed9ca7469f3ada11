package headroom.queueing;

/**
 * Requests that share {@code servers} processors evenly (M/G/c processor sharing).
 *
 * <p>The number N of requests at work is distributed as in M/M/c whatever the service times are
 * (insensitivity; Kelly, Reversibility and Stochastic Networks, 1979). A request that finds N
 * others runs {@code max(1, (N + 1) / c)} times slower than alone while that number lasts; its mean
 * slowdown is exactly g = 1 + C(c, ρ) / (c (1 − ρ)).
 */
public final class ProcessorSharing {
  private ProcessorSharing() {}

  /** g: mean time at the processors per second of work, &gt;= 1. */
  public static double meanSlowdown(int servers, double utilization) {
    if (!(utilization >= 0 && utilization < 1)) {
      throw new IllegalArgumentException(
          "utilization must be within 0..1 and below 1, got " + utilization);
    }
    return 1 + Erlang.c(servers, utilization) / (servers * (1 - utilization));
  }

  /**
   * Mean slowdown when at most {@code most} requests can be at work at once, as behind a pool of so
   * many connections: M/M/c cut off at that number (product form), seen by one of them among the
   * others. Rises to g as {@code most} grows, and stays finite beyond a utilization of one.
   */
  public static double meanSlowdown(int servers, double utilization, int most) {
    Erlang.requireServers(servers);
    if (!(utilization >= 0) || most < 1) {
      throw new IllegalArgumentException(
          "utilization >= 0 and most >= 1 are needed, got %s and %d".formatted(utilization, most));
    }
    double offered = servers * utilization;
    double weight = 1;
    double total = 0;
    double slowed = 0;
    for (int others = 0; others < most; others++) {
      total += weight;
      slowed += weight * Math.max(1, (others + 1.0) / servers);
      weight *= offered / Math.min(others + 1.0, servers);
    }
    return slowed / total;
  }

  /**
   * Mean slowdown where part of a processor is taken away, as from one that is throttled: so many
   * cores are left, not always whole ones, and n requests get min(n, cores) of them. Time per
   * second of work is that of the birth–death process with these rates, since sharing is
   * insensitive; for whole cores it is g.
   *
   * @param cores &gt; 0
   * @param utilization of what is left, within 0..1 and below 1
   */
  public static double meanSlowdownOn(double cores, double utilization) {
    if (!(cores > 0 && utilization >= 0 && utilization < 1)) {
      throw new IllegalArgumentException(
          "cores > 0 and a utilization within 0..1 and below 1 are needed, got %s and %s"
              .formatted(cores, utilization));
    }
    if (utilization == 0) {
      return 1 / Math.min(1, cores);
    }
    double offered = cores * utilization;
    int whole = (int) Math.ceil(cores);
    double weight = 1;
    double total = 0;
    double requests = 0;
    for (int n = 0; n < whole; n++) {
      total += weight;
      requests += n * weight;
      weight *= offered / Math.min(n + 1.0, cores);
    }
    double queue = weight / (1 - utilization);
    total += queue;
    requests += queue * (whole + utilization / (1 - utilization));
    return requests / (total * offered);
  }

  /** The utilization at which the mean slowdown is this much: the inverse. */
  public static double utilizationAt(int servers, double meanSlowdown) {
    if (!(meanSlowdown >= 1)) {
      throw new IllegalArgumentException("meanSlowdown must be >= 1, got " + meanSlowdown);
    }
    return Monotone.inverse(
        utilization -> meanSlowdown(servers, utilization), 0, Math.nextDown(1.0), meanSlowdown);
  }

  /**
   * The slowdown as a few weighted points, finer towards the tail: no slowdown with the chance that
   * a processor is free, and above it the geometric tail of M/M/c, cut where its chance halves.
   */
  public static Slowdown slowdown(int servers, double utilization, int points) {
    if (points < 2) {
      throw new IllegalArgumentException("points must be >= 2, got " + points);
    }
    double mean = meanSlowdown(servers, utilization);
    double queued = Erlang.c(servers, utilization);
    double[] factors = new double[points];
    double[] shares = new double[points];
    factors[0] = 1;
    shares[0] = 1 - queued;
    // Given that all processors are busy the slowdown exceeds one by an exponential amount, whose
    // mean makes the whole mean exact.
    double beyond = queued == 0 ? 0 : (mean - 1) / queued;
    double above = 1;
    for (int i = 1; i < points; i++) {
      double rest = i == points - 1 ? 0 : above * 0.6;
      shares[i] = queued * (above - rest);
      factors[i] = 1 + beyond * meanBetween(above, rest);
      above = rest;
    }
    return new Slowdown(factors, shares);
  }

  /** Mean of a unit exponential between the points exceeded with these chances. */
  private static double meanBetween(double above, double rest) {
    double low = -Math.log(above);
    if (rest == 0) {
      return low + 1;
    }
    double high = -Math.log(rest);
    return (above * (low + 1) - rest * (high + 1)) / (above - rest);
  }

  /**
   * Weighted points.
   *
   * @param factors each &gt;= 1, rising
   * @param shares adding up to one
   */
  @SuppressWarnings("ArrayRecordComponent") // read in an inner loop, never compared
  public record Slowdown(double[] factors, double[] shares) {
    public double mean() {
      double sum = 0;
      for (int i = 0; i < factors.length; i++) {
        sum += factors[i] * shares[i];
      }
      return sum;
    }
  }
}
