package headroom.load.protocol;

import headroom.load.result.ErrorKind;
import headroom.plan.Retry;

/**
 * A policy of sending again, and whose budget it draws on.
 *
 * @param budget index among those of the plan: steps of the same policy share one
 */
public record CompiledRetry(Retry policy, int budget) {
  /**
   * Whether a failure is worth another attempt.
   *
   * @param status of the answer; any other where there was none
   */
  public boolean isFor(ErrorKind kind, int status) {
    return switch (kind) {
      case STATUS -> policy.isFor(status);
      case TIMEOUT -> policy.causes().contains(Retry.Cause.TIMEOUT);
      case CONNECT, TLS -> policy.causes().contains(Retry.Cause.CONNECT);
      case CLOSED, BROKEN -> policy.causes().contains(Retry.Cause.CLOSED);
      case CHECK, SAVE, REDIRECT, SQL, PROTOCOL, TOO_LARGE, LOCAL, QUEUE_FULL, UNFINISHED -> false;
    };
  }
}
