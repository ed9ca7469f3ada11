package headroom.score;

import headroom.model.Measure;
import headroom.rollup.Cell;
import headroom.sim.BatchJob;
import headroom.sim.Load;
import headroom.sim.Truth;
import headroom.sim.VirtualSystem;
import headroom.store.History;
import headroom.store.Series;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.DoubleFunction;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * The scenarios of tier 3: drawn against the predictor by somebody who has not read it, and fairly,
 * as each is a system that real teams have.
 */
final class Tier3 {
  /** What is wrong with a system, or with what is seen of it. */
  enum Trouble {
    BREAKER,
    RETRY_STORM,
    SLOWING_PARTNER,
    BATCH_AT_PEAK,
    BATCH_AT_NIGHT,
    GARBAGE_COLLECTION,
    LOCK_CONVOY,
    HOT_PARTITION,
    CORRELATED_CLASSES,
    LONG_MEMORY,
    NESTED_POOLS,
    CONNECTION_LEAK,
    UNEVEN_AND_SCALED,
    WRONG_LIMIT,
    MISSING_LIMIT,
    CLOCK_SKEW
  }

  private static final Set<Measure> TRACED =
      EnumSet.of(Measure.ACTION, Measure.OPERATION, Measure.HOLD, Measure.STATEMENT);

  private static final double RUN_SHARE = 0.1;

  private final Troubles draw;
  private final long seed;

  private Tier3(Troubles draw, long seed) {
    this.draw = draw;
    this.seed = seed;
  }

  static WallScenario draw(int number, RandomGenerator random, long seed) {
    Trouble trouble = Trouble.values()[number % Trouble.values().length];
    var troubles = new Troubles(random);
    var tier = new Tier3(troubles, seed);
    WallScenario base =
        WallScenarios.watchedForHours(
            WallScenario.Series.TIER_3,
            trouble.name().toLowerCase(Locale.ROOT).replace('_', ' '),
            system(trouble, troubles),
            random,
            seed,
            true);
    return tier.seen(trouble, base);
  }

  private static VirtualSystem system(Trouble trouble, Troubles draw) {
    return switch (trouble) {
      case BREAKER -> draw.calling(true);
      case RETRY_STORM -> draw.calling(false);
      case SLOWING_PARTNER -> draw.slowing();
      case GARBAGE_COLLECTION -> draw.collecting();
      case LOCK_CONVOY -> draw.convoy();
      case HOT_PARTITION -> draw.hotPartition();
      case CORRELATED_CLASSES -> draw.correlated();
      case NESTED_POOLS -> draw.nested();
      case CONNECTION_LEAK -> draw.leaking();
      case UNEVEN_AND_SCALED -> draw.unevenAndScaled();
      case WRONG_LIMIT -> draw.wrongLimit();
      case BATCH_AT_PEAK, BATCH_AT_NIGHT, LONG_MEMORY, MISSING_LIMIT, CLOCK_SKEW -> draw.plain();
    };
  }

  private WallScenario seen(Trouble trouble, WallScenario base) {
    return switch (trouble) {
      case BATCH_AT_PEAK -> batch(base, 0.5 - 0.5 * RUN_SHARE, 1);
      case BATCH_AT_NIGHT -> {
        double trough = draw.uniform(0.2, 0.6);
        // The tide has risen a little when a run that began at its lowest ends.
        double risen = 0.5 - 0.5 * Math.cos(2 * Math.PI * RUN_SHARE);
        yield batch(
            base.loaded(
                base.steady(),
                peak -> Load.waves(trough * peak, peak, base.seconds()).rotating(0.25, 3_600)),
            0,
            trough + (1 - trough) * risen);
      }
      case LONG_MEMORY -> {
        double deviation = draw.uniform(0.08, 0.18);
        yield base.loaded(
            rate -> noisy(Load.steady(rate), deviation),
            peak -> noisy(base.watched().apply(peak), deviation));
      }
      case MISSING_LIMIT -> base.seenAs(history -> without(history, Measure.POOL_LIMIT));
      case CLOCK_SKEW -> {
        long late = 60 * Math.round(draw.uniform(1, 4));
        yield base.seenAs(history -> skewed(history, late));
      }
      case BREAKER,
          RETRY_STORM,
          SLOWING_PARTNER,
          GARBAGE_COLLECTION,
          LOCK_CONVOY,
          HOT_PARTITION,
          CORRELATED_CLASSES,
          NESTED_POOLS,
          CONNECTION_LEAK,
          UNEVEN_AND_SCALED,
          WRONG_LIMIT ->
          base;
    };
  }

  /**
   * A job that runs for a tenth of the time.
   *
   * @param at when it begins, as a share of the time
   * @param besidePeak how high the load is at most meanwhile, as a share of its peak
   */
  private WallScenario batch(WallScenario base, double at, double besidePeak) {
    double seconds = base.seconds();
    VirtualSystem system = base.system();
    // Once in the time that is watched, which has one tide or two.
    BatchJob job = draw.batch(system, at * seconds, Double.POSITIVE_INFINITY, RUN_SHARE * seconds);
    DoubleFunction<Load> watched =
        besidePeak == 1 ? peak -> Load.waves(0.3 * peak, peak, seconds) : base.watched();
    return base.loaded(base.steady(), watched)
        .with(
            system.withJobs(List.of(job)),
            List.of(
                new Truth.Regime(system, 1),
                new Truth.Regime(system.withJobs(List.of(job.always())), besidePeak)));
  }

  /** Noise with a long memory: the sum of noises that last ever longer. */
  private Load noisy(Load load, double deviation) {
    Load noisy = load;
    // No longer than that, or the search for the truth would see too few of the longest.
    for (int k = 0; k < 3; k++) {
      noisy = noisy.bursty(deviation, 3 * Math.pow(4, k), seed + k);
    }
    return noisy;
  }

  private static History without(History history, Measure missing) {
    return of(history, all(history).filter(series -> series.key().measure() != missing));
  }

  /** What is sampled is late by another clock; what traces tell is on time. */
  private static History skewed(History history, long seconds) {
    return of(
        history,
        all(history)
            .map(series ->
                TRACED.contains(series.key().measure()) ? series : late(series, seconds)));
  }

  private static Series late(Series series, long seconds) {
    TreeMap<Long, Cell> cells = new TreeMap<>();
    series.windows().forEach(window -> cells.put(window.start() + seconds, window.cell()));
    return Series.of(series.key(), cells);
  }

  private static Stream<Series> all(History history) {
    return history.series().values().stream().flatMap(Collection::stream);
  }

  private static History of(History history, Stream<Series> series) {
    return History.of(
        history.resolution(), history.from(), history.to(), series.toList(), history.events());
  }
}
