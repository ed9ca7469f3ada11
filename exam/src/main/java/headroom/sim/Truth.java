package headroom.sim;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleFunction;

/**
 * Where a virtual system really breaks, found by running it at one load after the other. Nothing
 * here knows a formula for it.
 *
 * @param perSecond the load at which the objective fails in the long run
 * @param stations the load at which it would fail if only this one had a limit, lowest first;
 *     stations that are far from it are left out
 */
public record Truth(double perSecond, List<StationWall> stations) {
  public Truth {
    stations = List.copyOf(stations);
  }

  /** One station's own wall. */
  public record StationWall(String station, double perSecond) {}

  /** The station whose own wall is lowest; empty when none has one. */
  public String first() {
    return stations.isEmpty() ? "" : stations.getFirst().station();
  }

  /** By which share the second wall lies above the first; infinite without a second. */
  public double gap() {
    return stations.size() < 2
        ? Double.POSITIVE_INFINITY
        : stations.get(1).perSecond() / stations.getFirst().perSecond() - 1;
  }

  /**
   * What must hold.
   *
   * @param quantile of the response times of all requests together
   * @param seconds what it may at most be
   */
  public record Goal(double quantile, double seconds) {}

  /** Stations whose rough limit is farther than this times the nearest are not looked at. */
  private static final double FAR = 1.8;

  /**
   * A system in one of the states that it is in by turns, such as while a job runs.
   *
   * @param shareOfPeak how high the load is at most in that state, as a share of its peak
   */
  public record Regime(VirtualSystem system, double shareOfPeak) {
    public Regime {
      if (!(shareOfPeak > 0)) {
        throw new IllegalArgumentException("shareOfPeak must be > 0, got " + shareOfPeak);
      }
    }
  }

  /**
   * Where the peak is when the goal is first missed in one of these states, and the same for each
   * station.
   */
  public static Truth worst(List<Regime> regimes, Goal goal, DoubleFunction<Load> load, long seed) {
    double whole = Double.POSITIVE_INFINITY;
    Map<String, Double> lowest = new HashMap<>();
    for (Regime regime : regimes) {
      Truth truth = of(regime.system(), goal, load, seed);
      whole = Math.min(whole, truth.perSecond() / regime.shareOfPeak());
      for (StationWall wall : truth.stations()) {
        lowest.merge(wall.station(), wall.perSecond() / regime.shareOfPeak(), Math::min);
      }
    }
    List<StationWall> walls = new ArrayList<>();
    lowest.forEach((station, perSecond) -> walls.add(new StationWall(station, perSecond)));
    walls.sort(
        Comparator.comparingDouble(StationWall::perSecond).thenComparing(StationWall::station));
    return new Truth(whole, walls);
  }

  /** Under an even load with the usual mix. */
  public static Truth of(VirtualSystem system, Goal goal, long seed) {
    return of(system, goal, Load::steady, seed);
  }

  /**
   * By simulation with the goal judged over all requests, each weighing the same.
   *
   * @param load by its rate
   */
  public static Truth of(VirtualSystem system, Goal goal, DoubleFunction<Load> load, long seed) {
    var settled = system.withReplicas(system.replicas().atMost());
    double whole = new Search(settled, goal, load, seed).wall(0.5 * settled.roughLimit());
    var demands = settled.demands();
    List<StationWall> walls = new ArrayList<>();
    for (VirtualStation station : settled.stations()) {
      double rough = settled.capacity(station) / demands.getOrDefault(station.name(), 0.0);
      if (rough > FAR * whole) {
        continue;
      }
      var alone = new Search(settled.onlyLimitedBy(station.name()), goal, load, seed + 1);
      walls.add(new StationWall(id(settled, station), alone.wall(0.8 * whole)));
    }
    walls.sort(Comparator.comparingDouble(StationWall::perSecond));
    return new Truth(whole, walls);
  }

  /** The name under which a station's telemetry appears, such as {@code wallet/pool/ledger}. */
  public static String id(VirtualSystem system, VirtualStation station) {
    return switch (station) {
      case VirtualStation.Pool pool ->
          switch (pool.kind()) {
            case CONNECTIONS -> system.service() + "/pool/" + hottest(pool);
            case THREADS -> system.service() + "/threads/" + hottest(pool);
            case CONSUMERS -> system.service() + "/queue/" + pool.name();
            case LOCK -> system.service() + "/lock/" + pool.name();
          };
      case VirtualStation.Processor one ->
          (one.perReplica() ? system.service() : one.name()) + "/cpu";
      case VirtualStation.Cache cache -> system.service() + "/cache/" + cache.name();
    };
  }

  /** Parts are numbered from the one with the most popular keys. */
  private static String hottest(VirtualStation.Pool pool) {
    return pool.partitions() > 1 ? pool.name() + "-0" : pool.name();
  }
}
