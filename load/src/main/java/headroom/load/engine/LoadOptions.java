package headroom.load.engine;

import java.time.Duration;

/**
 * How a run is made, as opposed to what it does.
 *
 * @param seed fixes arrivals, journeys, think times and generated variables
 * @param workers event loops, each with its share of arrivals and connections
 * @param extendable whether segments may be appended until {@link LoadRun#seal}
 * @param warmUp whether to run the engine against itself first, so that no cold code is measured
 * @param maxConnections where the plan sets no cap
 * @param maxWaiting requests that may wait for a connection; beyond, arrivals are dropped
 * @param maxUsers users under way at once; beyond, arrivals are dropped
 * @param maxBodyBytes the longest answer
 * @param drain how long users under way may go on after the last arrival
 * @param byFlow whether results of steps of equal name are told apart by their journey
 */
public record LoadOptions(
    long seed,
    int workers,
    boolean extendable,
    boolean warmUp,
    int maxConnections,
    int maxWaiting,
    int maxUsers,
    long maxBodyBytes,
    Duration connectTimeout,
    Duration drain,
    boolean byFlow) {

  /** One worker, warmed up, bounds that a test does not reach. */
  public static LoadOptions seed(long seed) {
    return new LoadOptions(
        seed,
        1,
        false,
        true,
        8_192,
        200_000,
        2_000_000,
        64L << 20,
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        false);
  }

  /** The same, with segments that may be appended while it runs. */
  public LoadOptions extendableProfile() {
    return new LoadOptions(
        seed,
        workers,
        true,
        warmUp,
        maxConnections,
        maxWaiting,
        maxUsers,
        maxBodyBytes,
        connectTimeout,
        drain,
        byFlow);
  }

  public LoadOptions withWorkers(int count) {
    return new LoadOptions(
        seed,
        count,
        extendable,
        warmUp,
        maxConnections,
        maxWaiting,
        maxUsers,
        maxBodyBytes,
        connectTimeout,
        drain,
        byFlow);
  }

  public LoadOptions withoutWarmUp() {
    return new LoadOptions(
        seed,
        workers,
        extendable,
        false,
        maxConnections,
        maxWaiting,
        maxUsers,
        maxBodyBytes,
        connectTimeout,
        drain,
        byFlow);
  }

  /** The same with other bounds on what may wait and be under way. */
  public LoadOptions withLimits(int waiting, int users, long bodyBytes) {
    return new LoadOptions(
        seed,
        workers,
        extendable,
        warmUp,
        maxConnections,
        waiting,
        users,
        bodyBytes,
        connectTimeout,
        drain,
        byFlow);
  }

  /** The same with results told apart by journey. */
  public LoadOptions separatingFlows() {
    return new LoadOptions(
        seed,
        workers,
        extendable,
        warmUp,
        maxConnections,
        maxWaiting,
        maxUsers,
        maxBodyBytes,
        connectTimeout,
        drain,
        true);
  }

  public LoadOptions withDrain(Duration limit) {
    return new LoadOptions(
        seed,
        workers,
        extendable,
        warmUp,
        maxConnections,
        maxWaiting,
        maxUsers,
        maxBodyBytes,
        connectTimeout,
        limit,
        byFlow);
  }
}
