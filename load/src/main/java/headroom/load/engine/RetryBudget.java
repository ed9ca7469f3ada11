package headroom.load.engine;

import headroom.plan.Retry;
import java.util.OptionalDouble;

/**
 * What keeps retries from multiplying the load on a target in trouble: every first attempt puts a
 * share of a token in, every retry takes a whole one out, and at most {@link Retry#RESERVE} are
 * kept. Over any stretch there are no more retries than the share of its requests and that reserve.
 *
 * <p>Source: Google, Site Reliability Engineering, chapter 21 (retry budgets); gRFC A6.
 */
final class RetryBudget {
  private final OptionalDouble share;
  private double tokens = Retry.RESERVE;

  /**
   * @param share retries per first attempt; empty for as many as one likes
   */
  RetryBudget(OptionalDouble share) {
    this.share = share;
  }

  /** A request is sent for the first time. */
  void deposit() {
    tokens = Math.min(Retry.RESERVE, tokens + share.orElse(0));
  }

  /** Whether a retry may be made; it is paid for then. */
  boolean withdraw() {
    if (share.isEmpty()) {
      return true;
    }
    // A tenth put in ten times is a little less than one.
    if (tokens < 1 - 1e-9) {
      return false;
    }
    tokens -= 1;
    return true;
  }
}
