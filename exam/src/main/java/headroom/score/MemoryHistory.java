package headroom.score;

import headroom.model.Measure;
import headroom.model.SeriesKey;
import headroom.rollup.Cell;
import headroom.rollup.Resolution;
import headroom.sim.VirtualTelemetry;
import headroom.store.History;
import headroom.store.Series;
import java.time.Instant;
import java.util.List;
import java.util.NavigableMap;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * The memory of one instance over two weeks as it would report it: hourly samples of what is left
 * after collections, and its load.
 *
 * @param exhaustedAtHour when a leak has used up the limit; infinite without one
 */
record MemoryHistory(
    Kind kind,
    double exhaustedAtHour,
    NavigableMap<Long, Cell> live,
    NavigableMap<Long, Cell> load) {
  static final int HOURS = 14 * 24;
  static final double LIMIT = 2e9;

  private static final SeriesKey LIVE =
      new SeriesKey(Measure.MEMORY_LIVE, "shop", "shop-1", "G1 Old Gen", "");
  private static final SeriesKey LOAD = new SeriesKey(Measure.OPERATION, "shop", "", "GET /a", "");
  private static final SeriesKey LIMITS =
      new SeriesKey(Measure.MEMORY_LIMIT, "shop", "shop-1", "G1 Old Gen", "");

  /** The course that memory takes. */
  enum Kind {
    STEADY,
    FOLLOWS_LOAD,
    WARM_UP,
    CACHE_THAT_FILLS,
    SAW,
    RESTARTS,
    LEAK,
    LEAK_WITH_LOAD,
    LEAK_WITH_RESTARTS;

    boolean isLeak() {
      return this == LEAK || this == LEAK_WITH_LOAD || this == LEAK_WITH_RESTARTS;
    }
  }

  static MemoryHistory draw(Kind kind, long seed) {
    var random = new SplittableRandom(seed);
    double base = LIMIT * uniform(random, 0.1, 0.35);
    double noise = base * uniform(random, 0.005, 0.03);
    double swing = kind == Kind.FOLLOWS_LOAD ? uniform(random, 0.1, 0.5) : uniform(random, 0, 0.1);
    double warmHours = uniform(random, 1, 8);
    double warm = kind == Kind.WARM_UP ? uniform(random, 0.3, 0.8) : uniform(random, 0, 0.2);
    double fillsAt = uniform(random, 6, 40);
    double tooth = uniform(random, 5, 60);
    double endsAt = uniform(random, 8 * 24, 40 * 24);
    double perHour = (LIMIT - base * (1 + warm)) / endsAt;
    double restartEvery =
        kind == Kind.RESTARTS || kind == Kind.LEAK_WITH_RESTARTS
            ? uniform(random, 60, 130)
            : Double.POSITIVE_INFINITY;
    var live = new TreeMap<Long, Cell>();
    var load = new TreeMap<Long, Cell>();
    double wander = 0;
    double since = 0;
    double leaked = 0;
    double exhausted = Double.POSITIVE_INFINITY;
    for (int hour = 0; hour < HOURS; hour++) {
      if (since >= restartEvery) {
        since = 0;
        leaked = 0;
        restartEvery *= uniform(random, 0.8, 1.2);
      }
      double tide = 0.5 - 0.5 * Math.cos(2 * Math.PI * (hour - 4) / 24.0);
      wander = 0.6 * wander + 0.8 * noise * random.nextGaussian();
      leaked += perHour * (kind == Kind.LEAK_WITH_LOAD ? 2 * tide : 1);
      double bytes = base * (1 + warm * (1 - Math.exp(-since / warmHours)) + swing * tide);
      bytes +=
          switch (kind) {
            case LEAK, LEAK_WITH_LOAD, LEAK_WITH_RESTARTS -> leaked;
            case CACHE_THAT_FILLS -> 0.8 * base * Math.min(1, since / fillsAt);
            case SAW -> base * (hour % tooth) / tooth;
            case STEADY, FOLLOWS_LOAD, WARM_UP, RESTARTS -> 0;
          };
      if (bytes >= LIMIT) {
        exhausted = hour;
        break;
      }
      long start = VirtualTelemetry.EPOCH + 3_600L * hour;
      Cell sampled = new Cell();
      for (int i = 0; i < 6; i++) {
        double above = random.nextInt(3) == 0 ? base * 0.2 * random.nextDouble() : 0;
        sampled.sample(bytes + wander + above, (start + 600L * i) * 1_000_000_000L);
      }
      live.put(start, sampled);
      load.put(start, requests(1_000 + (long) (3_000 * tide)));
      since++;
    }
    if (kind.isLeak() && Double.isInfinite(exhausted)) {
      exhausted = HOURS + (LIMIT - base * (1 + warm + swing / 2) - leaked) / perHour;
    }
    return new MemoryHistory(kind, exhausted, live, load);
  }

  private static Cell requests(long count) {
    return Cell.of(count, 0, 0.01 * count, 0.01, 0.01, 0, Long.MIN_VALUE, null);
  }

  /** What is known after so many hours. */
  History until(int hours) {
    long end = VirtualTelemetry.EPOCH + 3_600L * hours;
    var limit = new TreeMap<Long, Cell>();
    Cell told = new Cell();
    told.sample(LIMIT, VirtualTelemetry.EPOCH * 1_000_000_000L);
    limit.put(VirtualTelemetry.EPOCH, told);
    return History.of(
        Resolution.HOUR,
        Instant.ofEpochSecond(VirtualTelemetry.EPOCH),
        Instant.ofEpochSecond(end),
        List.of(
            Series.of(LIVE, live.headMap(end, false)),
            Series.of(LOAD, load.headMap(end, false)),
            Series.of(LIMITS, limit)),
        List.of());
  }

  private static double uniform(SplittableRandom random, double low, double high) {
    return low + (high - low) * random.nextDouble();
  }
}
