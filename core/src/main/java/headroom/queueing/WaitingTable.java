package headroom.queueing;

/**
 * {@link Waiting#mgc} for one number of servers and one shape of service times, tabulated over
 * utilization so that it can be asked millions of times. Within 0.5 % of the formula.
 */
public final class WaitingTable {
  private static final int POINTS = 50;
  private static final double HIGHEST = 0.995;

  private final double[] probability = new double[POINTS + 1];
  // Decay in units of 1 / E[S], divided by c (1 − ρ), which takes out most of its change.
  private final double[] decay = new double[POINTS + 1];
  private final int servers;

  public WaitingTable(int servers, ServiceTimes shape) {
    Erlang.requireServers(servers);
    this.servers = servers;
    ServiceTimes unit = shape.withMean(1);
    for (int i = 1; i <= POINTS; i++) {
      double utilization = HIGHEST * i / POINTS;
      Waiting waiting = Waiting.mgc(servers, utilization, unit);
      probability[i] = waiting.probability();
      decay[i] = waiting.decayPerSecond() / (servers * (1 - utilization));
    }
    decay[0] = decay[1];
  }

  /**
   * Waiting at this utilization, which must be below one, for this mean service time.
   *
   * @param stretch by which the decay is slower than for the tabulated shape: 1 for the same shape
   */
  public Waiting at(double utilization, double serviceSeconds, double stretch) {
    if (!(utilization >= 0 && utilization < 1)) {
      throw new IllegalArgumentException(
          "utilization must be within 0..1 and below 1, got " + utilization);
    }
    double position = Math.min(utilization / HIGHEST, 1) * POINTS;
    int below = Math.min(POINTS - 1, (int) position);
    double part = position - below;
    double share = probability[below] + part * (probability[below + 1] - probability[below]);
    double rate = decay[below] + part * (decay[below + 1] - decay[below]);
    return new Waiting(share, rate * servers * (1 - utilization) / (serviceSeconds * stretch));
  }
}
