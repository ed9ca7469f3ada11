package headroom.score;

import headroom.rollup.Resolution;
import headroom.score.WallScenario.Series;
import headroom.sim.Activity;
import headroom.sim.Distribution;
import headroom.sim.Load;
import headroom.sim.Replicas;
import headroom.sim.Reporting;
import headroom.sim.VirtualStation;
import headroom.sim.VirtualSystem;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleFunction;
import java.util.random.RandomGenerator;

/** Draws the scenarios of the wall examinations: the same number always gives the same one. */
public final class WallScenarios {
  /** About so many requests are watched, or the run would take too long. */
  private static final double WATCHED_REQUESTS = 350_000;

  private static final double SHORTEST_SECONDS = 4 * 3_600;
  private static final double DAY_SECONDS = 86_400;

  /** When the mix is that of the peak, as a share of the time watched. */
  private static final double PEAK_AT = 0.5;

  private WallScenarios() {}

  /** Ways to differ from what the predictor assumes. */
  public enum Difference {
    HIDDEN_LOCK,
    LOW_CEILING,
    CROWDED_CORES,
    AUTOSCALING,
    CACHE_THAT_FORGETS,
    CACHE_TOO_SMALL,
    MIX_SHIFT,
    GAUGES_ONLY,
    BURSTS,
    HEAVY_TAILS,
    UNEVEN_INSTANCES
  }

  /** The scenario with this number, from 0. */
  public static WallScenario draw(Series series, Seeds seeds, int number) {
    long seed = seeds.seed(series.label(), number);
    var random = new SplittableRandom(seed);
    return switch (series) {
      case TIER_1 -> watchedForHours(series, "as assumed", plain(random), random, seed, false);
      case SHORT -> watchedForMinutes(plain(random), random, seed);
      case TIER_2 ->
          different(Difference.values()[number % Difference.values().length], random, seed);
      case TIER_3 -> Tier3.draw(number, random, seed);
    };
  }

  private static VirtualSystem plain(RandomGenerator random) {
    return new Systems(random).draw(0.92, 1, 0);
  }

  static WallScenario watchedForHours(
      Series series,
      String kind,
      VirtualSystem system,
      RandomGenerator random,
      long seed,
      boolean rough) {
    double share = uniform(random, 0.2, 0.34);
    double trough = uniform(random, 0.15, 0.5);
    double seconds =
        Math.clamp(
            WATCHED_REQUESTS / (share * system.roughLimit() * 0.6), SHORTEST_SECONDS, DAY_SECONDS);
    double tide = seconds / (random.nextBoolean() ? 1 : 2);
    DoubleFunction<Load> watched =
        peak -> Load.waves(trough * peak, peak, tide).rotating(0.25, tide / 3);
    return new WallScenario(
        series,
        kind,
        system,
        Load::steady,
        watched,
        seconds,
        share,
        goal(system, random),
        rough ? Reporting.rough(Resolution.MINUTE) : Reporting.usual(Resolution.MINUTE),
        seed);
  }

  private static WallScenario watchedForMinutes(
      VirtualSystem system, RandomGenerator random, long seed) {
    double seconds = 10 * Math.rint(uniform(random, 15, 60));
    return new WallScenario(
        Series.SHORT,
        "minutes",
        system,
        Load::steady,
        peak -> Load.steps(peak, seconds),
        seconds,
        uniform(random, 0.22, 0.34),
        goal(system, random),
        Reporting.usual(Resolution.TEN_SECONDS),
        seed);
  }

  /** A limit that is well above what responses take at low load. */
  private static double goal(VirtualSystem system, RandomGenerator random) {
    double idle = 0;
    double shares = 0;
    for (var operation : system.operations()) {
      idle += operation.share() * UnloadedTime.seconds(operation.steps());
      shares += operation.share();
    }
    return Math.max(0.5, 0.1 * Math.ceil(10 * uniform(random, 6, 12) * idle / shares));
  }

  private static WallScenario different(Difference difference, RandomGenerator random, long seed) {
    VirtualSystem system = system(difference, random);
    String kind = difference.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
    WallScenario base = watchedForHours(Series.TIER_2, kind, system, random, seed, true);
    return switch (difference) {
      case GAUGES_ONLY -> with(base, base.steady(), base.watched(), base.reporting().gaugesOnly());
      case BURSTS -> {
        double deviation = uniform(random, 0.1, 0.3);
        yield with(
            base,
            rate -> Load.steady(rate).bursty(deviation, 5, seed),
            peak -> base.watched().apply(peak).bursty(deviation, 5, seed),
            base.reporting());
      }
      case MIX_SHIFT -> {
        double depth = uniform(random, 0.4, 0.8);
        double at = PEAK_AT * base.seconds();
        // One slow turn of the mix; the tide is highest where the mix is that of the truth.
        DoubleFunction<Load> turning =
            peak -> Load.waves(0.3 * peak, peak, base.seconds()).rotating(depth, base.seconds());
        yield with(base, rate -> turning.apply(1).steadyAs(rate, at), turning, base.reporting());
      }
      case HIDDEN_LOCK,
          LOW_CEILING,
          CROWDED_CORES,
          AUTOSCALING,
          CACHE_THAT_FORGETS,
          CACHE_TOO_SMALL,
          HEAVY_TAILS,
          UNEVEN_INSTANCES ->
          base;
    };
  }

  private static WallScenario with(
      WallScenario base, DoubleFunction<Load> steady, DoubleFunction<Load> watched, Reporting how) {
    return new WallScenario(
        base.series(),
        base.kind(),
        base.system(),
        steady,
        watched,
        base.seconds(),
        base.shareOfWall(),
        base.goalSeconds(),
        how,
        base.seed());
  }

  private static VirtualSystem system(Difference difference, RandomGenerator random) {
    return switch (difference) {
      case HIDDEN_LOCK -> hiddenLock(random);
      case LOW_CEILING -> new Systems(random).draw(0.75, 0.9, 0);
      case CROWDED_CORES -> new Systems(random).draw(0.92, 1, uniform(random, 0.1, 0.4));
      case AUTOSCALING -> {
        double scaleAbove = uniform(random, 0.5, 0.7);
        yield new Systems(random)
            .spread(2)
            .draw(0.92, 1, 0)
            .with(one -> one.name().equals(Systems.POOL) ? shared(one) : one)
            .withReplicas(new Replicas(1, 8, scaleAbove, 0));
      }
      case CACHE_THAT_FORGETS ->
          new Systems(random)
              .with(
                  new VirtualStation.Cache(
                      Systems.CACHE, 4_000, 0.8, 4_000, uniform(random, 30, 200), true))
              .storage(stored -> List.of(new Activity.Lookup(Systems.CACHE, stored)))
              .draw(0.92, 1, 0);
      case CACHE_TOO_SMALL ->
          new Systems(random)
              .with(
                  new VirtualStation.Cache(
                      Systems.CACHE,
                      4_000,
                      uniform(random, 0.6, 1),
                      random.nextInt(200, 2_000),
                      Double.POSITIVE_INFINITY,
                      true))
              .storage(stored -> List.of(new Activity.Lookup(Systems.CACHE, stored)))
              .draw(0.92, 1, 0);
      case HEAVY_TAILS ->
          new Systems(random)
              .network(
                  seconds -> new Distribution.Lognormal(seconds.mean(), uniform(random, 1.5, 4)))
              .draw(0.92, 1, 0);
      case UNEVEN_INSTANCES ->
          new Systems(random)
              .spread(3)
              .draw(0.92, 1, 0)
              .withReplicas(new Replicas(3, 3, 1, uniform(random, 0.1, 0.6)));
      case MIX_SHIFT, GAUGES_ONLY, BURSTS -> plain(random);
    };
  }

  private static VirtualStation shared(VirtualStation station) {
    return station instanceof VirtualStation.Pool pool
        ? new VirtualStation.Pool(
            pool.name(),
            pool.kind(),
            pool.servers(),
            pool.acquireSeconds(),
            pool.longestQueue(),
            false)
        : station;
  }

  /** A lock around part of the storage that is full before or after the first visible station. */
  private static VirtualSystem hiddenLock(RandomGenerator random) {
    VirtualSystem system =
        new Systems(random).with(VirtualStation.Pool.lock(Systems.LOCK)).draw(0.92, 1, 0);
    double limit = system.roughLimit();
    double held = uniform(random, 0.6, 1.4) / limit;
    List<headroom.sim.Operation> locked =
        system.operations().stream()
            .map(one -> {
              List<Activity> steps = new java.util.ArrayList<>(one.steps());
              steps.add(
                  new Activity.Hold(
                      Systems.LOCK, new Activity.Pause(new Distribution.Exponential(held))));
              return new headroom.sim.Operation(one.name(), one.share(), steps);
            })
            .toList();
    return VirtualSystem.of(system.service(), system.stations(), locked);
  }

  private static double uniform(RandomGenerator random, double low, double high) {
    return low + (high - low) * random.nextDouble();
  }
}
