package headroom.wall.evidence;

import static headroom.wall.belief.Witnesses.ERROR_OF_TRACED;

import headroom.model.Measure;
import headroom.model.Station;
import headroom.model.StationKind;
import headroom.queueing.ServiceTimes;
import headroom.rollup.Cell;
import headroom.store.Series;
import headroom.store.SeriesIndex;
import headroom.store.SeriesIndex.Thing;
import headroom.wall.evidence.StationUse.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/**
 * Pools of connections. How many are in use is read from the time that the pool itself measures;
 * else from what traces tell (see {@code trace.Connections}), with samples of the level as a check;
 * else from these samples alone.
 *
 * <p>Traces do not know what a connection is kept for before its first statement and after its last
 * one, and where they tell no transaction they do not know whether it is kept between statements.
 * So there are two readings, of which the one nearer to the samples is believed; its level is
 * weighed with theirs by the errors of both, and is theirs where both contradict each other.
 */
final class ConnectionPools {
  private final SeriesIndex index;
  private final Traffic traffic;
  private final Samples samples;
  private final Jobs jobs;
  private final PoolDatabases databases;

  ConnectionPools(SeriesIndex index, Traffic traffic, Samples samples, Jobs jobs) {
    this.index = index;
    this.traffic = traffic;
    this.samples = samples;
    this.jobs = jobs;
    this.databases = new PoolDatabases(index);
  }

  List<Thing> all() {
    return databases.pools();
  }

  StationUse use(Thing pool, String instance) {
    List<String> notes = new ArrayList<>();
    OptionalDouble limit = SeriesIndex.latest(index.at(Measure.POOL_LIMIT, pool, instance));
    if (limit.isEmpty()) {
      limit = size(pool, instance);
      limit.ifPresent(size -> notes.add("no limit is reported; taken as the connections seen"));
    }
    Optional<String> contradiction = ReportedLimit.contradiction(index, pool, instance);
    if (contradiction.isPresent()) {
      notes.add(contradiction.get());
      limit = OptionalDouble.empty();
    }
    List<Series> everywhere = index.everywhere(Measure.POOL_HOLD, pool);
    ToDoubleFunction<Cell> seconds = HoldTimes.seconds(everywhere);
    List<Sample> timed = samples.ofSums(index.at(Measure.POOL_HOLD, pool, instance), seconds);
    Told told = timed.isEmpty() ? untimed(pool, instance) : timed(pool, timed, seconds);
    told.note.ifPresent(notes::addFirst);
    return new StationUse(
        new Station(pool.service(), StationKind.POOL, pool.subject()),
        limit,
        StationKind.POOL.unit(),
        told.busy,
        told.hold.orElse(null),
        told.visits > 0
            ? OptionalDouble.of(told.visits / traffic.spanSeconds())
            : OptionalDouble.empty(),
        notes);
  }

  /**
   * How busy a pool is.
   *
   * @param visits over all of the traffic; 0 where nothing tells
   */
  private record Told(
      List<Sample> busy, Optional<ServiceTimes> hold, double visits, Optional<String> note) {}

  /** The pool measures it; traces, where they tell of it, know how times differ. */
  private Told timed(Thing pool, List<Sample> busy, ToDoubleFunction<Cell> seconds) {
    List<Series> everywhere = index.everywhere(Measure.POOL_HOLD, pool);
    var time = SampledTime.of(busy, traffic);
    Cell held = time.ofRequests(everywhere, jobs);
    Cell traced = time.ofRequests(traced(Measure.HOLD, pool), jobs);
    Optional<ServiceTimes> shape =
        Optional.ofNullable(HoldTimes.of(traced.count() > 0 ? traced : held));
    double mean = held.sum() > 0 ? seconds.applyAsDouble(held) / held.count() : 0;
    double counted = time.total(everywhere).count();
    return new Told(
        busy,
        mean > 0 ? shape.map(one -> one.withMean(mean)) : shape,
        time.ofAllRequests() * (counted > 0 ? counted : traced.count()),
        Optional.empty());
  }

  private Told untimed(Thing pool, String instance) {
    List<Series> level = index.at(Measure.POOL_USED, pool, instance);
    return Optional.of(Measure.HOLD)
        .map(measure -> reading(measure, pool, instance, level))
        .filter(one -> !one.busy.isEmpty())
        .map(kept -> {
          Reading each = reading(Measure.HOLD_STATEMENT, pool, instance, level);
          boolean alone = !each.busy.isEmpty() && each.distance() < kept.distance();
          return told(alone ? each : kept, alone);
        })
        .orElseGet(() ->
            new Told(
                samples.ofLevels(level, 1),
                Optional.empty(),
                0,
                Optional.of(
                    "use is read from samples of the level, not from the time connections are"
                        + " held")));
  }

  /** One reading of the traces, with the samples beside it. */
  private record Reading(List<Sample> busy, List<Series> everywhere, Optional<Witnesses> both) {
    /** From the samples, in standard errors of both. */
    double distance() {
      return both.map(one ->
              Math.abs(one.sampled() - one.timed())
                  / Math.hypot(one.error(), ERROR_OF_TRACED * one.timed()))
          .orElse(0.0);
    }

    /** By how much more is in use than it tells. */
    double factor() {
      return both.filter(one -> one.timed() > 0 && one.error() > 0)
          .map(one -> {
            if (one.contradict(0)) {
              return one.sampled() / one.timed();
            }
            double trust = 1 / Math.pow(ERROR_OF_TRACED * one.timed(), 2);
            double check = 1 / (one.error() * one.error());
            return (trust * one.timed() + check * one.sampled()) / (trust + check) / one.timed();
          })
          .orElse(1.0);
    }
  }

  private Reading reading(Measure measure, Thing pool, String instance, List<Series> level) {
    List<Series> everywhere = traced(measure, pool);
    List<Series> here =
        everywhere.stream()
            .filter(series ->
                series.key().instance().equals(instance)
                    || (pool.instances().size() == 1 && series.key().instance().isEmpty()))
            .toList();
    List<Sample> busy = samples.ofSums(here);
    return new Reading(busy, everywhere, Witnesses.of(busy, samples.ofLevels(level, 1, busy)));
  }

  private Told told(Reading reading, boolean alone) {
    double factor = reading.factor();
    var time = SampledTime.of(reading.busy, traffic);
    Cell requests = time.ofRequests(reading.everywhere, jobs);
    String how = alone ? "statements, each for itself" : "what traces tell of connections";
    String text =
        reading
            .both
            .map(both -> both.text("connections", how) + believed(factor))
            .orElse("connections in use are read from " + how);
    return new Told(
        reading.busy.stream()
            .map(row -> new Sample(row.from(), row.to(), factor * row.busy()))
            .toList(),
        Optional.ofNullable(HoldTimes.of(requests)).map(one -> one.withMean(factor * one.mean())),
        time.ofAllRequests() * time.total(reading.everywhere).count(),
        Optional.of(text));
  }

  private static String believed(double factor) {
    return String.format(Locale.ROOT, "; taken as %.2g times the first", factor);
  }

  private List<Series> traced(Measure measure, Thing pool) {
    List<String> own = databases.of(pool.service(), pool.subject());
    return databases.holds(measure, pool.service(), own);
  }

  /** A pool has at least as many connections as were open at once. */
  private OptionalDouble size(Thing pool, String instance) {
    double used = SeriesIndex.total(index.at(Measure.POOL_USED, pool, instance)).max();
    double idle = SeriesIndex.total(index.at(Measure.POOL_IDLE, pool, instance)).max();
    return used >= 0 && idle > 0 ? OptionalDouble.of(Math.max(used, idle)) : OptionalDouble.empty();
  }
}
