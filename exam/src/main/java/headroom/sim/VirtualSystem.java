package headroom.sim;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A service, what it has to give, and what is asked of it: the description of an open network of
 * stations.
 *
 * @param service its name
 * @param changes what becomes different over time
 * @param jobs what comes at its own times beside the requests
 */
public record VirtualSystem(
    String service,
    Replicas replicas,
    List<VirtualStation> stations,
    List<Operation> operations,
    List<WorkChange> changes,
    List<BatchJob> jobs) {
  public VirtualSystem {
    stations = List.copyOf(stations);
    operations = List.copyOf(operations);
    changes = List.copyOf(changes);
    jobs = List.copyOf(jobs);
    long names = stations.stream().map(VirtualStation::name).distinct().count();
    if (names != stations.size()) {
      throw new IllegalArgumentException("stations must have different names, got " + stations);
    }
  }

  /** A system without jobs. */
  public VirtualSystem(
      String service,
      Replicas replicas,
      List<VirtualStation> stations,
      List<Operation> operations,
      List<WorkChange> changes) {
    this(service, replicas, stations, operations, changes, List.of());
  }

  /** A service of one instance in which nothing changes. */
  public static VirtualSystem of(
      String service, List<VirtualStation> stations, List<Operation> operations) {
    return new VirtualSystem(service, Replicas.ONE, stations, operations, List.of());
  }

  /**
   * The station of this name.
   *
   * @throws IllegalArgumentException when there is none
   */
  public VirtualStation station(String name) {
    return stations.stream()
        .filter(station -> station.name().equals(name))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("no station " + name + " among " + stations));
  }

  public VirtualSystem withReplicas(Replicas others) {
    return new VirtualSystem(service, others, stations, operations, changes, jobs);
  }

  public VirtualSystem withChanges(List<WorkChange> others) {
    return new VirtualSystem(service, replicas, stations, operations, others, jobs);
  }

  public VirtualSystem withJobs(List<BatchJob> others) {
    return new VirtualSystem(service, replicas, stations, operations, changes, others);
  }

  /** What the requests of this number do: an operation, or a job behind all of those. */
  public String workName(int operation) {
    return operation < operations.size()
        ? operations.get(operation).name()
        : jobs.get(operation - operations.size()).name();
  }

  /** The system as it is at one moment, for ever: what has changed by then stays as it is. */
  public VirtualSystem settledAt(double seconds) {
    List<WorkChange> settled =
        changes.stream()
            .map(change ->
                new WorkChange(
                    change.operation(),
                    change.station(),
                    change.statement(),
                    0,
                    0,
                    change.factorAt(seconds),
                    false))
            .toList();
    return withChanges(settled)
        .with(station ->
            station instanceof VirtualStation.Processor one && one.heap() != null
                ? one.withHeap(one.heap().settledAt(seconds))
                : station);
  }

  /** The same with each station replaced by what {@code mapping} makes of it. */
  public VirtualSystem with(UnaryOperator<VirtualStation> mapping) {
    return new VirtualSystem(
        service, replicas, stations.stream().map(mapping).toList(), operations, changes, jobs);
  }

  /** The same in which only this station can be full. */
  public VirtualSystem onlyLimitedBy(String name) {
    return with(station -> station.name().equals(name) ? station : station.unlimited());
  }

  /** What a station can do at once, over all replicas; infinite for a cache. */
  public double capacity(VirtualStation station) {
    double one =
        switch (station) {
          case VirtualStation.Pool pool -> pool.servers() / pool.hottestShare();
          case VirtualStation.Processor processor ->
              processor.freeCores() * processor.workingShare();
          case VirtualStation.Cache cache -> Double.POSITIVE_INFINITY;
        };
    return station.perReplica() ? one * replicas.most() / (1 + hottest()) : one;
  }

  private double hottest() {
    return replicas.most() == 1 ? 0 : replicas.skew();
  }

  /**
   * Mean seconds that a request occupies each station when nothing is busy and every lookup misses.
   */
  public Map<String, Double> demands() {
    Map<String, Double> demands = new LinkedHashMap<>();
    stations.forEach(station -> demands.put(station.name(), 0.0));
    double shares = operations.stream().mapToDouble(Operation::share).sum();
    for (Operation operation : operations) {
      StationDemands.add(demands, operation.steps(), operation.share() / shares);
    }
    return demands;
  }

  /**
   * Requests per second at which the first station is full on average; more than the system can
   * take when work slows down with load, less when caches help.
   */
  public double roughLimit() {
    Map<String, Double> demands = demands();
    return stations.stream()
        .mapToDouble(station -> capacity(station) / demands.getOrDefault(station.name(), 0.0))
        .min()
        .orElse(Double.POSITIVE_INFINITY);
  }
}
