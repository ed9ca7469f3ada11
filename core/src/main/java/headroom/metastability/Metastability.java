package headroom.metastability;

import java.util.OptionalDouble;

/**
 * Whether a station that was pushed into overload stays there once the trigger is gone.
 *
 * <p>In the bad state every attempt waits for so long that its caller has given up when it is done:
 * all work is wasted, each call is made A times, and the station stays full. That state keeps
 * itself alive if and only if
 *
 * <pre>
 *   m1 = λ A / C          &gt; 1   the load with all its repeats exceeds the capacity
 *   m2 = (w + s) / τ      &gt; 1   a full queue keeps an attempt longer than its caller waits
 * </pre>
 *
 * with λ the load, C the capacity, w the longest wait, s the service time and τ the caller's
 * timeout (Bronson et al., HotOS 2021; Huang et al., OSDI 2022). A queue that is only a little
 * overloaded is not always full: offered r times what it can do, its wait stays below the longest
 * by (s / c) / (r − 1) on average, exponentially distributed, as in the M/M/1 queue with a limit.
 * Since moments in which callers succeed lead out of the bad state, three times that, which all but
 * one moment in twenty keep to, is taken from w.
 *
 * @param amplification A, attempts that reach the station for each one needed, &gt;= 1
 * @param utilization λ / C at the load that is judged
 * @param timeoutSeconds τ
 * @param serviceSeconds s
 * @param servers c
 * @param longestWaitSeconds w; infinite where nothing bounds it
 * @param refusesAtOnce whether what finds a full queue is refused at once: its repeats come at the
 *     same moment and are refused too, so that they add nothing to the load
 */
public record Metastability(
    double amplification,
    double utilization,
    double timeoutSeconds,
    double serviceSeconds,
    double servers,
    double longestWaitSeconds,
    boolean refusesAtOnce) {
  /** How near to one m1 is too near to tell. */
  public static final double GREY_LOAD = 0.1;

  /** How near to one m2 is too near to tell. */
  public static final double GREY_WAIT = 0.15;

  /** What m1 should be at most: ten per cent of the capacity are left to work off a backlog. */
  private static final double SAFE_LOAD = 0.9;

  /** What m2 should be at most. */
  private static final double SAFE_WAIT = 0.8;

  /** So many times the mean are exceeded with a probability of e⁻³. */
  private static final double SELDOM = 3;

  /** The capacity alone is reached by then, and a queue as full as can be. */
  private static final double FARTHEST = 50;

  public Metastability {
    if (!(amplification >= 1 && utilization >= 0)) {
      throw new IllegalArgumentException(
          "amplification >= 1 and utilization >= 0 are needed, got %s and %s"
              .formatted(amplification, utilization));
    }
    if (!(timeoutSeconds > 0 && serviceSeconds >= 0 && longestWaitSeconds >= 0)) {
      throw new IllegalArgumentException(
          "a timeout > 0 and times >= 0 are needed, got %s, %s, %s"
              .formatted(timeoutSeconds, serviceSeconds, longestWaitSeconds));
    }
  }

  /** m1: the load in the bad state over the capacity. */
  public double amplifiedLoad() {
    return amplification * utilization;
  }

  /** m2: how long a full queue keeps an attempt, over its caller's patience. */
  public double fullQueueWait() {
    return (longestWaitSeconds + serviceSeconds) / timeoutSeconds;
  }

  /** Whether it stays down at the judged load. */
  public boolean isVulnerable() {
    return isVulnerableAt(1);
  }

  private boolean isVulnerableAt(double multiple) {
    return multiple * amplifiedLoad() > 1
        && (leastWait(multiple * amplifiedLoad()) + serviceSeconds) / timeoutSeconds > 1;
  }

  /**
   * What nearly all wait in a queue that is offered so many times the capacity, repeats included.
   */
  private double leastWait(double load) {
    // Σ (1 − q)^k over A attempts is A / load for q = 2 (1 − 1 / load) / (A + 1), nearly.
    double excess = refusesAtOnce ? 2 * (1 - 1 / load) / (amplification + 1) : load - 1;
    return Math.max(0, longestWaitSeconds - SELDOM * serviceSeconds / servers / excess);
  }

  /** Whether one of the two numbers is so near to one that the answer may be the other. */
  public boolean isGrey() {
    boolean nearLoad = Math.abs(amplifiedLoad() - 1) <= GREY_LOAD;
    boolean nearWait = Math.abs(fullQueueWait() - 1) <= GREY_WAIT;
    boolean loadMay = amplifiedLoad() > 1 - GREY_LOAD;
    boolean waitMay = fullQueueWait() > 1 - GREY_WAIT;
    return (nearLoad && waitMay) || (nearWait && loadMay);
  }

  /** The multiple of the judged load from which on it is vulnerable; infinite where it never is. */
  public double multiple() {
    double low = 1 / amplifiedLoad();
    double high = FARTHEST * low;
    if (!isVulnerableAt(high)) {
      return Double.POSITIVE_INFINITY;
    }
    while (high / low > 1.001) {
      double middle = Math.sqrt(low * high);
      if (isVulnerableAt(middle)) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return high;
  }

  /**
   * How long the station must stand still at the judged load until all that wait are given up: the
   * smallest trigger. A backlog of C (τ − s) grows at λ.
   */
  public double smallestStallSeconds() {
    return Math.max(0, timeoutSeconds - serviceSeconds) / utilization;
  }

  /**
   * The same for {@code factor} times the judged load: C (τ − s) / (x λ − C) seconds of it; empty
   * where that much does not overload the station.
   */
  public OptionalDouble smallestOverloadSeconds(double factor) {
    double excess = factor * utilization - 1;
    return excess > 0
        ? OptionalDouble.of(Math.max(0, timeoutSeconds - serviceSeconds) / excess)
        : OptionalDouble.empty();
  }

  /**
   * The share of calls that may be repeated so that m1 stays below 0.9; empty where the load alone
   * is above that.
   */
  public OptionalDouble safeBudget() {
    double budget = SAFE_LOAD / utilization - 1;
    return budget > 0 ? OptionalDouble.of(budget) : OptionalDouble.empty();
  }

  /** The longest wait with which m2 stays at 0.8; empty where service alone takes longer. */
  public OptionalDouble safeWaitSeconds() {
    double wait = SAFE_WAIT * timeoutSeconds - serviceSeconds;
    return wait > 0 ? OptionalDouble.of(wait) : OptionalDouble.empty();
  }
}
