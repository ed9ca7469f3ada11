package headroom.queueing;

/**
 * The time that arrivals wait for a server: P(W &gt; t) = a e^(−θt).
 *
 * <p>Exact for M/M/c, where a is Erlang's C and θ = c(1−ρ)/S; for M/G/c the far tail has this form
 * for every service time with a moment generating function.
 *
 * @param probability a, the share that waits at all, 0..1
 * @param decayPerSecond θ, &gt; 0 unless nobody waits
 */
public record Waiting(double probability, double decayPerSecond) {
  /** The wait for servers of which one is always free. */
  public static final Waiting NONE = new Waiting(0, 1);

  public Waiting {
    if (!(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException("probability must be within 0..1, got " + probability);
    }
    if (!(decayPerSecond > 0)) {
      throw new IllegalArgumentException("decayPerSecond must be > 0, got " + decayPerSecond);
    }
  }

  /**
   * Waiting in M/M/c.
   *
   * @param utilization ρ, within 0..1 and below 1
   * @param serviceSeconds S, &gt; 0
   */
  public static Waiting mmc(int servers, double utilization, double serviceSeconds) {
    requireBelowOne(utilization);
    requireService(serviceSeconds);
    return new Waiting(
        Erlang.c(servers, utilization), servers * (1 - utilization) / serviceSeconds);
  }

  /**
   * Waiting in M/G/c. The decay is the exact one of the tail, the root θ &gt; 0 of ln E[e^(θS/c)] =
   * ln(1 + θ/λ) (Takahashi 1981; Tijms, A First Course in Stochastic Models, 2003, chapter 9); the
   * probability is chosen so that the mean is that of {@link #meanSeconds}. For exponential service
   * both are exact.
   */
  public static Waiting mgc(int servers, double utilization, ServiceTimes service) {
    requireBelowOne(utilization);
    requireService(service.mean());
    if (utilization == 0) {
      return NONE;
    }
    double decay = decay(servers, utilization, service);
    double mean = meanSeconds(servers, utilization, service.mean(), service.cv2());
    return new Waiting(Math.min(1, decay * mean), decay);
  }

  /**
   * Mean wait in M/G/c after Kimura (1986): the harmonic mean of M/M/c and M/D/c that is exact for
   * both, with M/D/c after Cosmetatos (1976).
   */
  public static double meanSeconds(
      int servers, double utilization, double serviceSeconds, double cv2) {
    requireBelowOne(utilization);
    if (!(cv2 >= 0)) {
      throw new IllegalArgumentException("cv2 must be >= 0, got " + cv2);
    }
    if (utilization == 0) {
      return 0;
    }
    double exponential = mmc(servers, utilization, serviceSeconds).meanSeconds();
    double crowding =
        (1 - utilization)
            * (servers - 1)
            * (Math.sqrt(4 + 5.0 * servers) - 2)
            / (16 * utilization * servers);
    double constant = 0.5 * exponential * (1 + Math.min(1, crowding));
    double variable = (1 + cv2) / (2 * cv2 / exponential + (1 - cv2) / constant);
    // Beyond cv² = 1 Kimura's form can lose its meaning at low load; Allen and Cunneen's cannot.
    double allenCunneen = 0.5 * (1 + cv2) * exponential;
    return variable > 0 && variable <= allenCunneen * 2 ? variable : allenCunneen;
  }

  private static double decay(int servers, double utilization, ServiceTimes service) {
    double arrivals = servers * utilization / service.mean();
    double heavyTraffic = 2 * servers * (1 - utilization) / (service.mean() * (1 + service.cv2()));
    // ln M(θ/c) − ln(1 + θ/λ) is negative just right of zero and convex-like: bracket its root.
    double high = heavyTraffic;
    while (excess(high, arrivals, servers, service) < 0) {
      high *= 2;
    }
    double low = high;
    while (low > 1e-9 * heavyTraffic && excess(low, arrivals, servers, service) >= 0) {
      low /= 2;
    }
    return Monotone.inverse(
        theta -> excess(theta, arrivals, servers, service), low, high, 0, 1e-9 * high);
  }

  private static double excess(double theta, double arrivals, int servers, ServiceTimes service) {
    return service.logMoment(theta / servers) - Math.log1p(theta / arrivals);
  }

  public double meanSeconds() {
    return probability / decayPerSecond;
  }

  /** P(W &gt; t). */
  public double longerThan(double seconds) {
    return seconds < 0 ? 1 : probability * Math.exp(-decayPerSecond * seconds);
  }

  /** The wait that a share {@code q} of arrivals does not exceed: 0 while they need not wait. */
  public double quantile(double q) {
    if (!(q >= 0 && q < 1)) {
      throw new IllegalArgumentException("q must be within 0..1 and below 1, got " + q);
    }
    return 1 - q >= probability ? 0 : Math.log(probability / (1 - q)) / decayPerSecond;
  }

  private static void requireBelowOne(double utilization) {
    if (!(utilization >= 0 && utilization < 1)) {
      throw new IllegalArgumentException(
          "utilization must be within 0..1 and below 1, got " + utilization);
    }
  }

  private static void requireService(double seconds) {
    if (!(seconds > 0)) {
      throw new IllegalArgumentException("service time must be > 0, got " + seconds);
    }
  }
}
