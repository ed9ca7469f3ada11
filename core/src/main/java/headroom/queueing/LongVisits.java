package headroom.queueing;

import org.jspecify.annotations.Nullable;

/**
 * Waits for servers of which some are taken for longer than anybody can wait: connections that were
 * forgotten, reports beside requests.
 *
 * <p>Two time scales. The number K of servers that long visits have is Poisson with the mean λ
 * E[S; S > limit], whatever they are distributed like (M/G/∞), cut off at c. While it lasts the
 * others queue as M/G/(c − K) of short visits, and wait too long when what is left is less than
 * what they ask for. The waits of all K together are given back as one exponential tail that is
 * exact at the wait that matters.
 */
final class LongVisits {
  /** Visits longer than this share of the wait that matters are long. */
  private static final double LONG = 0.5;

  /** With less of the time than this they make no difference. */
  private static final double LEAST_TIME = 0.03;

  /** Below this variability one queue of all visits is exact enough. */
  private static final double LEAST_CV2 = 2;

  private static final double NEGLIGIBLE = 1e-6;
  private static final double SMALLEST = 1e-12;

  private final int servers;
  private final double patience;
  private final double longShare;
  private final ServiceTimes others;
  private final WaitingTable tail;

  private LongVisits(int servers, double patience, double longShare, ServiceTimes others) {
    this.servers = servers;
    this.patience = patience;
    this.longShare = longShare;
    this.others = others;
    this.tail = new WaitingTable(1, others);
  }

  /** Null where few of these service times, of mean one, are so long. */
  static @Nullable LongVisits of(int servers, ServiceTimes unit, double patience) {
    double limit = LONG * patience;
    double longShare = unit.timeBeyond(limit);
    return unit.cv2() < LEAST_CV2 || longShare < LEAST_TIME || longShare > 1 - LEAST_TIME
        ? null
        : new LongVisits(servers, patience, longShare, unit.upTo(limit));
  }

  /** In mean service times, at this utilization below one. */
  Waiting waits(double utilization) {
    double offered = servers * utilization;
    double gone = longShare * offered;
    double wanted = offered - gone;
    double chance = Math.exp(-gone);
    double all = 0;
    double waiting = 0;
    double tooLong = 0;
    for (int k = 0; k <= servers; k++) {
      all += chance;
      if (chance > NEGLIGIBLE) {
        int left = servers - k;
        Waiting then = wanted < left ? waits(left, wanted / left) : null;
        waiting += chance * (then == null ? 1 : then.probability());
        tooLong += chance * (then == null ? 1 : then.longerThan(patience));
      }
      chance *= gone / (k + 1);
    }
    double probability = Math.clamp(waiting / all, SMALLEST, 1);
    double beyond = Math.clamp(tooLong / all, SMALLEST * SMALLEST, (1 - SMALLEST) * probability);
    return new Waiting(probability, Math.log(probability / beyond) / patience);
  }

  /** M/G/c of short visits; its decay is c times that of one server at the same utilization. */
  private Waiting waits(int left, double utilization) {
    double decay = left * tail.at(utilization, others.mean(), 1).decayPerSecond();
    double mean = Waiting.meanSeconds(left, utilization, others.mean(), others.cv2());
    return new Waiting(Math.min(1, decay * mean), decay);
  }
}
