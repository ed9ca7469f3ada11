package headroom.wall;

import static headroom.wall.belief.Limits.UNLIMITED;

import headroom.model.Measure;
import headroom.queueing.ServiceTimes;
import headroom.rollup.Cell;
import headroom.store.History;
import headroom.store.Series;
import headroom.store.SeriesIndex;
import headroom.store.SeriesIndex.Thing;
import headroom.wall.StationUse.Discipline;
import headroom.wall.StationUse.Sample;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Finds the stations in a history: everything that tells how busy it is, by its hottest instance.
 */
final class Stations {
  private final SeriesIndex index;
  private final Traffic traffic;
  private final Samples samples;
  private final @Nullable Jobs jobs;
  private final List<StationUse> found = new ArrayList<>();

  private Stations(History history, Traffic traffic, @Nullable Jobs jobs) {
    this.index = new SeriesIndex(history);
    this.traffic = traffic;
    this.jobs = jobs;
    this.samples = new Samples(traffic);
  }

  static List<StationUse> find(History history, Traffic traffic) {
    return find(history, traffic, null);
  }

  /**
   * Finds them.
   *
   * @param jobs around which it is not seen how long requests hold what they visit; null for none
   */
  static List<StationUse> find(History history, Traffic traffic, @Nullable Jobs jobs) {
    var stations = new Stations(history, traffic, jobs);
    stations.addPools();
    stations.addProcessors();
    stations.addThreads();
    stations.addExecutors();
    stations.addQueues();
    stations.addConnectionLimits();
    return stations.found;
  }

  private void addPools() {
    List<Thing> pools = index.things(Measure.POOL_USED, Measure.POOL_HOLD);
    for (Thing pool : pools) {
      boolean alone =
          pools.stream().filter(other -> other.service().equals(pool.service())).count() == 1;
      addHottest(pool, instance -> pool(pool, instance, alone));
    }
  }

  private StationUse pool(Thing pool, String instance, boolean alone) {
    List<String> notes = new ArrayList<>();
    List<Series> everywhere = index.everywhere(Measure.POOL_HOLD, pool);
    ToDoubleFunction<Cell> seconds = HoldTimes.seconds(everywhere);
    List<Sample> busy = samples.ofSums(index.at(Measure.POOL_HOLD, pool, instance), seconds);
    if (busy.isEmpty()) {
      busy = samples.ofLevels(index.at(Measure.POOL_USED, pool, instance), 1);
      notes.add("use is read from samples of the level, not from the time connections are held");
    }
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
    Cell held = ofRequests(everywhere);
    Cell traced = ofRequests(index.ofService(Measure.HOLD, pool.service()));
    ServiceTimes hold = alone && traced.count() > 0 ? HoldTimes.of(traced) : HoldTimes.of(held);
    if (hold != null && held.count() > 0 && held.sum() > 0) {
      hold = hold.withMean(seconds.applyAsDouble(held) / held.count());
    }
    long counted = SeriesIndex.total(everywhere).count();
    long visits = counted > 0 ? counted : alone ? traced.count() : 0;
    return new StationUse(
        pool.service() + "/pool/" + pool.subject(),
        pool.service(),
        Wall.Kind.POOL,
        Discipline.WAIT,
        limit,
        "connections",
        busy,
        hold,
        visits == 0 ? OptionalDouble.empty() : OptionalDouble.of(visits / traffic.spanSeconds()),
        notes);
  }

  /** All windows in which only requests are at work, as one cell. */
  private Cell ofRequests(List<Series> parts) {
    if (jobs == null) {
      return SeriesIndex.total(parts);
    }
    Cell total = new Cell();
    for (Series part : parts) {
      for (Series.Window window : part.windows()) {
        int at = traffic.indexOf(window.start());
        if (at < 0 || !jobs.near(at)) {
          total.merge(window.cell());
        }
      }
    }
    return total;
  }

  /** A pool has at least as many connections as were open at once. */
  private OptionalDouble size(Thing pool, String instance) {
    double used = SeriesIndex.total(index.at(Measure.POOL_USED, pool, instance)).max();
    double idle = SeriesIndex.total(index.at(Measure.POOL_IDLE, pool, instance)).max();
    return used >= 0 && idle > 0 ? OptionalDouble.of(Math.max(used, idle)) : OptionalDouble.empty();
  }

  private void addProcessors() {
    var processors = new Processors(index, traffic, samples);
    for (Thing processor : processors.all()) {
      addHottest(processor, processors.use(processor));
    }
  }

  private void addThreads() {
    for (Thing threads : index.things(Measure.THREADS_BUSY)) {
      addHottest(
          threads,
          instance ->
              plain(
                  named(threads, "threads"),
                  threads.service(),
                  Wall.Kind.EXECUTOR,
                  Discipline.WAIT,
                  SeriesIndex.latest(index.at(Measure.THREADS_LIMIT, threads, instance)),
                  "threads",
                  samples.ofLevels(index.at(Measure.THREADS_BUSY, threads, instance), 1)));
    }
  }

  private void addExecutors() {
    for (Thing executor : index.things(Measure.EXECUTOR_ACTIVE)) {
      addHottest(
          executor,
          instance -> {
            List<Sample> busy =
                samples.ofSums(index.at(Measure.EXECUTOR_DURATION, executor, instance));
            return plain(
                named(executor, "executor"),
                executor.service(),
                Wall.Kind.EXECUTOR,
                Discipline.BACKLOG,
                SeriesIndex.latest(index.at(Measure.EXECUTOR_LIMIT, executor, instance)),
                "threads",
                busy.isEmpty()
                    ? samples.ofLevels(index.at(Measure.EXECUTOR_ACTIVE, executor, instance), 1)
                    : busy);
          });
    }
  }

  private void addQueues() {
    for (Thing queue : index.things(Measure.QUEUE_PROCESS)) {
      addHottest(
          queue,
          instance ->
              plain(
                  named(queue, "queue"),
                  queue.service(),
                  Wall.Kind.QUEUE,
                  Discipline.BACKLOG,
                  SeriesIndex.latest(index.at(Measure.QUEUE_CONSUMERS, queue, instance)),
                  "consumers",
                  samples.ofSums(index.at(Measure.QUEUE_PROCESS, queue, instance))));
    }
  }

  private void addConnectionLimits() {
    for (Thing database : index.things(Measure.DATABASE_CONNECTIONS)) {
      addHottest(
          database,
          instance ->
              plain(
                  named(database, "connections"),
                  database.service(),
                  Wall.Kind.DATABASE,
                  Discipline.LIMIT,
                  SeriesIndex.latest(
                      index.ofInstance(
                          Measure.DATABASE_CONNECTION_LIMIT, database.service(), instance)),
                  "connections",
                  samples.ofLevels(
                      index.ofInstance(Measure.DATABASE_CONNECTIONS, database.service(), instance),
                      1)));
    }
  }

  static String named(Thing thing, String kind) {
    return thing.service() + "/" + kind + (thing.subject().isEmpty() ? "" : "/" + thing.subject());
  }

  static StationUse plain(
      String name,
      String service,
      Wall.Kind kind,
      Discipline discipline,
      OptionalDouble servers,
      String unit,
      List<Sample> busy) {
    return new StationUse(
        name,
        service,
        kind,
        discipline,
        servers,
        unit,
        busy,
        null,
        OptionalDouble.empty(),
        List.of());
  }

  private void addHottest(Thing thing, Function<String, StationUse> atInstance) {
    @Nullable StationUse hottest =
        thing.instances().stream()
            .map(atInstance)
            .filter(use -> !use.samples().isEmpty())
            .map(Stations::withoutEndlessLimit)
            .max(Comparator.comparingDouble(Stations::relativeUse))
            .orElse(null);
    if (hottest == null || found.stream().anyMatch(use -> use.name().equals(hottest.name()))) {
      return;
    }
    found.add(
        thing.instances().size() == 1
            ? hottest
            : hottest.withNote(
                "the busiest of %d instances is judged".formatted(thing.instances().size())));
  }

  private static double relativeUse(StationUse use) {
    return use.meanBusy() / use.servers().orElse(1);
  }

  private static StationUse withoutEndlessLimit(StationUse use) {
    return use.servers().orElse(0) < UNLIMITED ? use : use.withoutLimit();
  }
}
