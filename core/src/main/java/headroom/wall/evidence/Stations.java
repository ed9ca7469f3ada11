package headroom.wall.evidence;

import static headroom.wall.belief.Limits.UNLIMITED;

import headroom.model.Measure;
import headroom.model.Station;
import headroom.model.StationKind;
import headroom.model.StationMeasures;
import headroom.model.StationMeasures.Role;
import headroom.queueing.ServiceTimes;
import headroom.rollup.Cell;
import headroom.store.History;
import headroom.store.Series;
import headroom.store.SeriesIndex;
import headroom.store.SeriesIndex.Thing;
import headroom.wall.evidence.StationUse.Sample;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Finds the stations in a history: everything that tells how busy it is, by its hottest instance.
 */
public final class Stations {
  private final SeriesIndex index;
  private final Traffic traffic;
  private final Samples samples;
  private final Jobs jobs;
  private final List<StationUse> found = new ArrayList<>();

  private Stations(History history, Traffic traffic, Jobs jobs) {
    this.index = new SeriesIndex(history);
    this.traffic = traffic;
    this.jobs = jobs;
    this.samples = new Samples(traffic);
  }

  public static List<StationUse> find(History history, Traffic traffic) {
    return find(history, traffic, Jobs.none(traffic));
  }

  /**
   * Finds them.
   *
   * @param jobs around which it is not seen how long requests hold what they visit
   */
  public static List<StationUse> find(History history, Traffic traffic, Jobs jobs) {
    var stations = new Stations(history, traffic, jobs);
    for (StationKind kind : StationKind.values()) {
      switch (kind) {
        case POOL -> stations.addPools();
        case CPU -> stations.addProcessors();
        case THREADS -> stations.addThreads();
        // What the catalogue says of the others is all there is to know.
        default -> stations.addPlain(kind);
      }
    }
    return stations.found;
  }

  private void addPools() {
    List<Thing> pools = things(StationKind.POOL);
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
    var time = SampledTime.of(busy, traffic);
    Cell held = time.ofRequests(everywhere, jobs);
    Cell traced = time.ofRequests(index.ofService(Measure.HOLD, pool.service()), jobs);
    ServiceTimes hold = alone && traced.count() > 0 ? HoldTimes.of(traced) : HoldTimes.of(held);
    if (hold != null && held.count() > 0 && held.sum() > 0) {
      hold = hold.withMean(seconds.applyAsDouble(held) / held.count());
    }
    long counted = time.total(everywhere).count();
    double visits = time.ofAllRequests() * (counted > 0 ? counted : alone ? traced.count() : 0);
    return new StationUse(
        new Station(pool.service(), StationKind.POOL, pool.subject()),
        limit,
        StationKind.POOL.unit(),
        busy,
        hold,
        visits == 0 ? OptionalDouble.empty() : OptionalDouble.of(visits / traffic.spanSeconds()),
        notes);
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
    var threads = new ServerThreads(index, traffic, samples, jobs);
    for (Thing pool : threads.all()) {
      addHottest(pool, instance -> threads.use(pool, instance));
    }
  }

  private void addPlain(StationKind kind) {
    for (Thing thing : things(kind)) {
      switch (kind.measures().scope()) {
        case SUBJECT, INSTANCE -> addHottest(thing, instance -> plain(kind, thing, instance));
        case DETAIL -> {
          var parts = new Thing(thing.service(), thing.subject(), details(kind, thing));
          addHottest(parts, kind.word() + "s", detail -> plain(kind, thing, detail));
        }
      }
    }
  }

  private List<String> details(StationKind kind, Thing thing) {
    return kind.measures().foundBy().stream()
        .flatMap(measure -> index.everywhere(measure, thing).stream())
        .map(series -> series.key().detail())
        .filter(detail -> !detail.isEmpty())
        .distinct()
        .sorted()
        .toList();
  }

  private List<Thing> things(StationKind kind) {
    return index.things(kind.measures().foundBy().toArray(Measure[]::new));
  }

  /** As the catalogue has it, at an instance or of a detail. */
  private StationUse plain(StationKind kind, Thing thing, String where) {
    List<Sample> sums = samples.ofSums(series(kind, Role.HOLD, thing, where));
    List<Sample> busy =
        sums.isEmpty() ? samples.ofLevels(series(kind, Role.USED, thing, where), 1) : sums;
    OptionalInt servers = kind.measures().servers();
    if (servers.isEmpty()) {
      return plain(
          station(kind, thing, where),
          SeriesIndex.latest(series(kind, Role.LIMIT, thing, where)),
          kind.unit(),
          busy);
    }
    int each = servers.getAsInt();
    StationUse use = plain(station(kind, thing, where), OptionalDouble.of(each), kind.unit(), busy);
    return use.meanBusy() <= each
        ? use
        : use.withoutLimit().withNote(moreAtOnce(each, use.meanBusy()));
  }

  private static Station station(StationKind kind, Thing thing, String where) {
    return new Station(
        thing.service(),
        kind,
        switch (kind.measures().scope()) {
          case SUBJECT, INSTANCE -> thing.subject();
          case DETAIL -> Station.part(thing.subject(), where);
        });
  }

  private List<Series> series(StationKind kind, Role role, Thing thing, String where) {
    StationMeasures measures = kind.measures();
    return measures
        .in(role)
        .map(measure ->
            switch (measures.scope()) {
              case SUBJECT -> index.at(measure, thing, where);
              case INSTANCE -> index.ofInstance(measure, thing.service(), where);
              case DETAIL ->
                  index.everywhere(measure, thing).stream()
                      .filter(one -> one.key().detail().equals(where))
                      .toList();
            })
        .orElse(List.of());
  }

  static StationUse plain(Station station, OptionalDouble servers, String unit, List<Sample> busy) {
    return new StationUse(station, servers, unit, busy, null, OptionalDouble.empty(), List.of());
  }

  private void addHottest(Thing thing, Function<String, StationUse> atInstance) {
    addHottest(thing, "instances", atInstance);
  }

  private void addHottest(Thing thing, String places, Function<String, StationUse> atPlace) {
    @Nullable StationUse hottest =
        thing.instances().stream()
            .map(atPlace)
            .filter(use -> !use.samples().isEmpty())
            .map(Stations::withoutEndlessLimit)
            .max(Comparator.comparingDouble(Stations::relativeUse))
            .orElse(null);
    if (hottest == null
        || found.stream().anyMatch(use -> use.station().equals(hottest.station()))) {
      return;
    }
    found.add(
        thing.instances().size() == 1
            ? hottest
            : hottest.withNote(
                "the busiest of %d %s is judged".formatted(thing.instances().size(), places)));
  }

  private static double relativeUse(StationUse use) {
    return use.meanBusy() / use.servers().orElse(1);
  }

  private static StationUse withoutEndlessLimit(StationUse use) {
    return use.servers().orElse(0) < UNLIMITED ? use : use.withoutLimit();
  }

  private static String moreAtOnce(int servers, double busy) {
    return String.format(
        Locale.ROOT,
        "it usually has %d to work on it, yet %.1f were at work on average",
        servers,
        busy);
  }
}
