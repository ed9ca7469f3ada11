package headroom.queueing;

/**
 * Erlang's formulas for {@code servers} identical servers and Poisson arrivals.
 *
 * <p>Symbols: c servers, a = λS offered load in erlangs (mean number of busy servers), ρ = a / c.
 * Source: A. K. Erlang, 1917; recursion as in any teletraffic text, B(0, a) = 1 and B(n, a) = a
 * B(n−1, a) / (n + a B(n−1, a)).
 */
public final class Erlang {
  private Erlang() {}

  /** The share of arrivals that find all servers busy and are lost (M/G/c/c). */
  public static double b(int servers, double offered) {
    requireServers(servers);
    if (!(offered >= 0)) {
      throw new IllegalArgumentException("offered must be >= 0, got " + offered);
    }
    double blocked = 1;
    for (int n = 1; n <= servers; n++) {
      blocked = offered * blocked / (n + offered * blocked);
    }
    return blocked;
  }

  /**
   * The share of arrivals that have to wait (M/M/c), C = B / (1 − ρ (1 − B)).
   *
   * @param utilization ρ, within 0..1; at 1 everyone waits
   */
  public static double c(int servers, double utilization) {
    requireUtilization(utilization);
    double blocked = b(servers, servers * utilization);
    return Math.min(1, blocked / (1 - utilization * (1 - blocked)));
  }

  /**
   * The utilization at which this share of arrivals has to wait: the inverse of {@link #c}.
   *
   * @param waiting within 0..1
   */
  public static double utilizationAt(int servers, double waiting) {
    if (!(waiting >= 0 && waiting <= 1)) {
      throw new IllegalArgumentException("waiting must be within 0..1, got " + waiting);
    }
    return Monotone.inverse(utilization -> c(servers, utilization), 0, 1, waiting);
  }

  static void requireServers(int servers) {
    if (servers < 1) {
      throw new IllegalArgumentException("servers must be >= 1, got " + servers);
    }
  }

  static void requireUtilization(double utilization) {
    if (!(utilization >= 0 && utilization <= 1)) {
      throw new IllegalArgumentException("utilization must be within 0..1, got " + utilization);
    }
  }
}
