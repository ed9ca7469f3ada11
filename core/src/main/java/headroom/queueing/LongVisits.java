package headroom.queueing;

import org.jspecify.annotations.Nullable;

/**
 * Waits for servers of which some are taken for longer than anybody can wait: connections that were
 * forgotten, reports beside requests.
 *
 * <p>Two time scales. The number K of servers that long visits have is Poisson with the mean λ E[S;
 * S > limit], whatever they are distributed like (M/G/∞), cut off at c. While it lasts, until one
 * of them ends, the others queue as M/G/(c − K) of short visits, or gather when what is left is
 * less than what they ask for. The waits of all K together are given back as one exponential tail
 * that is exact at the wait that matters.
 */
final class LongVisits {
  /** Visits longer than this share of the wait that matters are long. */
  private static final double LONG = 0.5;

  /** With less of the time than this they make no difference. */
  private static final double LEAST_TIME = 0.03;

  /** Below this variability one queue of all visits is exact enough. */
  private static final double LEAST_CV2 = 2;

  private static final double NEARLY_FULL = 0.005;
  private static final double NEGLIGIBLE = 1e-6;
  private static final double SMALLEST = 1e-12;

  private final int servers;
  private final double patience;
  private final double longShare;
  private final double residual;
  private final ServiceTimes others;
  private final WaitingTable tail;

  private LongVisits(int servers, double patience, ServiceTimes unit) {
    double limit = LONG * patience;
    this.servers = servers;
    this.patience = patience;
    this.longShare = unit.timeBeyond(limit);
    this.residual = unit.residualBeyond(limit);
    this.others = unit.upTo(limit);
    this.tail = new WaitingTable(1, others);
  }

  /** Null where few of these service times, of mean one, are so long. */
  static @Nullable LongVisits of(int servers, ServiceTimes unit, double patience) {
    double limit = LONG * patience;
    double longShare = unit.timeBeyond(limit);
    return unit.cv2() < LEAST_CV2 || longShare < LEAST_TIME || longShare > 1 - LEAST_TIME
        ? null
        : new LongVisits(servers, patience, unit);
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
        Waiting then = waits(left, wanted, k == 0 ? 0 : k / residual);
        waiting += chance * then.probability();
        tooLong += chance * then.longerThan(patience);
      }
      chance *= gone / (k + 1);
    }
    double probability = Math.clamp(waiting / all, SMALLEST, 1);
    double beyond = Math.clamp(tooLong / all, SMALLEST * SMALLEST, (1 - SMALLEST) * probability);
    return new Waiting(probability, Math.log(probability / beyond) / patience);
  }

  /**
   * While this many servers are left. Work gathers or goes at the rate f = 1 − ρ and spreads by D
   * t; the state ends at some rate η. The most likely way to wait for x is the time t that makes (x
   * + f t)² / 2 D t + η t smallest, which is the tail e^(−θx) with θ = (f + √(f² + 2 D η)) / D:
   * that of M/G/c where the state lasts, and bounded where more comes than is served.
   */
  private Waiting waits(int left, double wanted, double ends) {
    int serving = Math.max(1, left);
    double utilization = wanted / serving;
    double free = left == 0 ? -wanted : 1 - utilization;
    double spread = utilization * others.mean() * (1 + others.cv2()) / serving;
    double probability = 1;
    if (free > NEARLY_FULL) {
      double steady = serving * tail.at(utilization, others.mean(), 1).decayPerSecond();
      double mean = Waiting.meanSeconds(serving, utilization, others.mean(), others.cv2());
      probability = Math.min(1, steady * mean);
      spread = 2 * free / steady;
    }
    double decay = (free + Math.sqrt(free * free + 2 * spread * ends)) / spread;
    return new Waiting(probability, Math.max(SMALLEST, decay));
  }
}
