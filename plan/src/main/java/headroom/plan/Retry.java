package headroom.plan;

import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * What the client does about a request that has failed: sends it again, as apps and libraries do.
 *
 * @param attempts how often it is sent at most, the first time included; 1 for no retry
 * @param backoff how long before it is sent again
 * @param statuses answers that are worth another attempt, where the step does not expect them
 * @param causes what else is
 * @param budget retries per first attempt that all users together may make, 0..1; empty for as many
 *     as they like
 */
public record Retry(
    int attempts,
    Backoff backoff,
    List<StatusRange> statuses,
    Set<Cause> causes,
    OptionalDouble budget) {
  /** Retries that may be made at once after a calm time, whatever the budget. */
  public static final int RESERVE = 10;

  public static final int MOST_ATTEMPTS = 20;

  private static final Duration LONGEST_BACKOFF = Duration.ofMinutes(10);

  /** Every request is sent once. */
  public static final Retry NONE =
      new Retry(
          1,
          new Backoff(Duration.ZERO, Duration.ZERO),
          List.of(),
          Set.of(),
          OptionalDouble.empty());

  /** Three attempts, 100 ms to 1 s apart, for 5xx, timeouts and connections refused. */
  public static final Retry DEFAULT =
      new Retry(
          3,
          new Backoff(Duration.ofMillis(100), Duration.ofSeconds(1)),
          List.of(new StatusRange(500, 599)),
          Set.of(Cause.TIMEOUT, Cause.CONNECT),
          OptionalDouble.empty());

  public Retry {
    statuses = List.copyOf(statuses);
    causes = Set.copyOf(causes);
    if (attempts < 1 || attempts > MOST_ATTEMPTS) {
      throw new IllegalArgumentException(
          "attempts must be 1..%d, got %d".formatted(MOST_ATTEMPTS, attempts));
    }
    if (budget.isPresent() && !(budget.getAsDouble() >= 0 && budget.getAsDouble() <= 1)) {
      throw new IllegalArgumentException("budget must be 0..1, got " + budget.getAsDouble());
    }
  }

  /** Why a request failed without an answer. */
  public enum Cause {
    /** No complete answer in time. */
    TIMEOUT,
    /** No connection was accepted or secured. */
    CONNECT,
    /** The connection was closed or broke before the answer was complete. */
    CLOSED
  }

  /**
   * The pause before an attempt. Where the two differ it doubles from the first on up to the
   * longest, and is drawn evenly between nothing and that ("full jitter"); where they are equal it
   * is always the same, as in clients that know no better.
   *
   * <p>Source: M. Brooker, Exponential Backoff and Jitter, AWS Architecture Blog 2015.
   */
  public record Backoff(Duration first, Duration longest) {
    public Backoff {
      if (first.isNegative() || longest.compareTo(first) < 0) {
        throw new IllegalArgumentException(
            "backoff must be 0 <= first <= longest, got %s..%s".formatted(first, longest));
      }
      if (longest.compareTo(LONGEST_BACKOFF) > 0) {
        throw new IllegalArgumentException(
            "backoff must be at most %d min, got %s"
                .formatted(LONGEST_BACKOFF.toMinutes(), longest));
      }
      if (first.isZero() && !longest.isZero()) {
        throw new IllegalArgumentException("a backoff that doubles must begin above 0");
      }
    }

    /**
     * The pause before a retry in nanoseconds.
     *
     * @param retry 1 for the second attempt
     * @param draw evenly from 0..1
     */
    public long nanos(int retry, double draw) {
      long most = longest.toNanos();
      if (first.equals(longest)) {
        return most;
      }
      double doubled = first.toNanos() * Math.pow(2, retry - 1);
      return (long) (draw * Math.min((double) most, doubled));
    }
  }

  /** The same with other attempts. */
  public Retry withAttempts(int number) {
    return new Retry(number, backoff, statuses, causes, budget);
  }

  public Retry withBackoff(Duration first, Duration longest) {
    return new Retry(attempts, new Backoff(first, longest), statuses, causes, budget);
  }

  /** The same, limited to that many retries per request over all users. */
  public Retry withBudget(double share) {
    return new Retry(attempts, backoff, statuses, causes, OptionalDouble.of(share));
  }

  /** The same for other answers and causes. */
  public Retry on(List<StatusRange> answers, Set<Cause> others) {
    return new Retry(attempts, backoff, answers, others, budget);
  }

  /** Whether an answer of that status is worth another attempt. */
  public boolean isFor(int status) {
    return statuses.stream().anyMatch(range -> range.holds(status));
  }
}
