package headroom.wall.evidence;

import static headroom.wall.belief.Limits.UNLIMITED;

import headroom.model.Measure;
import headroom.model.Station;
import headroom.model.StationKind;
import headroom.model.StationMeasures;
import headroom.model.StationMeasures.Role;
import headroom.store.History;
import headroom.store.Series;
import headroom.store.SeriesIndex;
import headroom.store.SeriesIndex.Thing;
import headroom.wall.evidence.StationUse.Sample;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Function;
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
    var pools = new ConnectionPools(index, traffic, samples, jobs);
    for (Thing pool : pools.all()) {
      addHottest(pool, instance -> pools.use(pool, instance));
    }
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
