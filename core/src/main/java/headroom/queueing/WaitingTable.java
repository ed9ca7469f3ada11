package headroom.queueing;

import org.jspecify.annotations.Nullable;

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

  /** Nothing is too long to wait for. */
  public WaitingTable(int servers, ServiceTimes shape) {
    this(servers, shape, Double.POSITIVE_INFINITY);
  }

  /**
   * Waits where some visits are so long that their server is gone for whoever waits: see {@link
   * LongVisits}.
   *
   * @param patience the wait that matters, in mean service times
   */
  public WaitingTable(int servers, ServiceTimes shape, double patience) {
    Erlang.requireServers(servers);
    this.servers = servers;
    ServiceTimes unit = shape.withMean(1);
    @Nullable LongVisits apart = LongVisits.of(servers, unit, patience);
    for (int i = 1; i <= POINTS; i++) {
      double utilization = HIGHEST * i / POINTS;
      Waiting waiting =
          apart == null ? Waiting.mgc(servers, utilization, unit) : apart.waits(utilization);
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
