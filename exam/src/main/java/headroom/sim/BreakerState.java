package headroom.sim;

/** The last attempts of one caller, and whether it calls at present. */
final class BreakerState {
  private final Breaker breaker;
  private final boolean[] failures;
  private int next;
  private int counted;
  private int failed;
  private double openUntil = Double.NEGATIVE_INFINITY;
  private boolean halfOpen;
  private int probing;
  private int probed;
  private int probesFailed;

  BreakerState(Breaker breaker) {
    this.breaker = breaker;
    this.failures = new boolean[breaker.window()];
  }

  /** Whether an attempt may be made now; if so it is under way. */
  boolean permits(double now) {
    if (now < openUntil) {
      return false;
    }
    if (halfOpen) {
      if (probing == breaker.probes()) {
        return false;
      }
      probing++;
    }
    return true;
  }

  /** What a caller would see now: {@code closed}, {@code open} or {@code half_open}. */
  String state(double now) {
    return now < openUntil ? "open" : halfOpen ? "half_open" : "closed";
  }

  /** How an attempt ended. One that began before the breaker opened says nothing any more. */
  void ended(boolean failure, double now) {
    if (now < openUntil) {
      return;
    }
    if (halfOpen) {
      probed++;
      probesFailed += failure ? 1 : 0;
      if (probed >= breaker.probes()) {
        boolean again = probesFailed >= breaker.failureShare() * probed;
        close();
        if (again) {
          open(now);
        }
      }
      return;
    }
    failed += (failure ? 1 : 0) - (counted == failures.length && failures[next] ? 1 : 0);
    counted = Math.min(failures.length, counted + 1);
    failures[next] = failure;
    next = (next + 1) % failures.length;
    if (counted == failures.length && failed >= breaker.failureShare() * counted) {
      open(now);
    }
  }

  private void open(double now) {
    openUntil = now + breaker.openSeconds();
    halfOpen = true;
    probing = 0;
    probed = 0;
    probesFailed = 0;
  }

  private void close() {
    halfOpen = false;
    next = 0;
    counted = 0;
    failed = 0;
  }
}
