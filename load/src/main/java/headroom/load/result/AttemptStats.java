package headroom.load.result;

import headroom.rollup.Cell;

/**
 * What was sent for the requests of a step whose client sends again what has failed. A request
 * counts once, however many attempts it took. Not safe for use by several threads.
 */
public final class AttemptStats {
  private final Cell attempts = new Cell();
  private long unsent;
  private long requests;
  private long retries;
  private long recovered;
  private long refused;

  /** An attempt that left has ended. */
  public void ended(double seconds, boolean error) {
    attempts.record(seconds, error);
  }

  /** An attempt could not leave. */
  public void unsent() {
    unsent++;
  }

  /** A request is to be sent again. */
  public void retried() {
    retries++;
  }

  /** A request would have been sent again, but the budget was spent. */
  public void refusedByBudget() {
    refused++;
  }

  /**
   * What has become of a request.
   *
   * @param again whether it took more than one attempt
   */
  public void settled(boolean again, boolean error) {
    requests++;
    if (again && !error) {
      recovered++;
    }
  }

  /** Adds what was measured elsewhere. */
  public void merge(AttemptStats other) {
    attempts.merge(other.attempts);
    unsent += other.unsent;
    requests += other.requests;
    retries += other.retries;
    recovered += other.recovered;
    refused += other.refused;
  }

  /** How long single attempts that left took, in seconds; errors are those that failed. */
  public Cell times() {
    return attempts;
  }

  /** Attempts, those that could not leave included. */
  public long attempts() {
    return attempts.count() + unsent;
  }

  /** Requests whose outcome is known. */
  public long requests() {
    return requests;
  }

  /** Attempts beyond the first of each request. */
  public long retries() {
    return retries;
  }

  /** Requests that succeeded after all. */
  public long recovered() {
    return recovered;
  }

  /** Requests that failed because the budget for another attempt was spent. */
  public long refused() {
    return refused;
  }

  /** Attempts made for each request; 0 before the first. */
  public double perRequest() {
    return requests == 0 ? 0 : (double) attempts() / requests;
  }

  /** The share of attempts that were answered as they should, 0..1; 0 before the first. */
  public double goodput() {
    return attempts() == 0 ? 0 : (double) (attempts.count() - attempts.errors()) / attempts();
  }
}
