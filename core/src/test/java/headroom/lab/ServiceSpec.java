package headroom.lab;

import java.util.List;

/**
 * A service with one connection pool and some processors.
 *
 * @param connections in the pool
 * @param cores that all work shares evenly
 * @param ceiling share of the cores that can be used before nothing gets faster
 * @param housekeepingCores busy without any request
 * @param operations what is asked of it
 */
public record ServiceSpec(
    int connections,
    int cores,
    double ceiling,
    double housekeepingCores,
    List<Operation> operations) {
  public ServiceSpec {
    operations = List.copyOf(operations);
  }

  public ServiceSpec withConnections(int other) {
    return new ServiceSpec(other, cores, ceiling, housekeepingCores, operations);
  }

  /**
   * One kind of request.
   *
   * @param share of all requests
   * @param cpuSeconds mean processor time before the first statement
   * @param statements mean number of them, all on one connection; 0 for none at all
   * @param roundTripSeconds time each spends on the network and in the database
   * @param cpuPerStatement mean processor time of each
   * @param missShare share of requests that need the connection at all
   * @param otherSeconds mean time spent elsewhere, without connection and processor
   */
  public record Operation(
      String name,
      double share,
      double cpuSeconds,
      int statements,
      double roundTripSeconds,
      double cpuPerStatement,
      double missShare,
      double otherSeconds) {
    double holdSeconds() {
      return statements * (roundTripSeconds + cpuPerStatement);
    }

    double cpuPerRequest() {
      return cpuSeconds + missShare * statements * cpuPerStatement;
    }
  }

  /** Mean time that a request keeps a connection, idle processors assumed. */
  public double holdPerRequest() {
    return operations.stream().mapToDouble(o -> o.share * o.missShare * o.holdSeconds()).sum();
  }

  public double cpuPerRequest() {
    return operations.stream().mapToDouble(o -> o.share * o.cpuPerRequest()).sum();
  }

  /** Cores that requests can use. */
  public double freeCores() {
    return cores * ceiling - housekeepingCores;
  }

  /** Requests per second at which the pool or the processors are full, whichever comes first. */
  public double roughLimit() {
    double pool = connections / holdPerRequest();
    double cpu = freeCores() / cpuPerRequest();
    return Math.min(pool, cpu);
  }
}
