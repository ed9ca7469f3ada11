package headroom.wall.evidence;

import static headroom.wall.belief.Witnesses.OWN_THREADS;
import static headroom.wall.belief.Witnesses.SPANS_ENOUGH;

import headroom.model.Measure;
import headroom.model.Station;
import headroom.model.StationKind;
import headroom.rollup.Cell;
import headroom.store.Series;
import headroom.store.SeriesIndex;
import headroom.store.SeriesIndex.Thing;
import headroom.wall.evidence.StationUse.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/**
 * Threads of a server, one for each request at work. How long requests keep them is what the server
 * itself times, or else the times of all requests of the service where it has one such pool; the
 * sampled count of busy threads is the check. Where that contradicts, requests do not keep a thread
 * all their time, or something else does, and the samples count.
 *
 * <p>None of these times contains the wait for a thread.
 */
final class ServerThreads {
  /** What runs on threads of a server of HTTP, not what consumers of messages do. */
  private static final Pattern HTTP = Pattern.compile("[A-Z]+( .*)?");

  private final SeriesIndex index;
  private final Traffic traffic;
  private final Samples samples;
  private final Jobs jobs;

  ServerThreads(SeriesIndex index, Traffic traffic, Samples samples, Jobs jobs) {
    this.index = index;
    this.traffic = traffic;
    this.samples = samples;
    this.jobs = jobs;
  }

  List<Thing> all() {
    return index.things(StationKind.THREADS.measures().foundBy().toArray(Measure[]::new));
  }

  StationUse use(Thing pool, String instance) {
    List<Series> level = index.at(Measure.THREADS_BUSY, pool, instance);
    OptionalDouble limit = SeriesIndex.latest(index.at(Measure.THREADS_LIMIT, pool, instance));
    var plain =
        Stations.plain(
            new Station(pool.service(), StationKind.THREADS, pool.subject()),
            limit,
            StationKind.THREADS.unit(),
            samples.ofLevels(level, 1));
    List<Series> times = times(pool, instance);
    List<Sample> timed = samples.ofSums(times);
    if (timed.isEmpty()) {
      return plain.withNote("busy threads are read from samples of their number");
    }
    Optional<Witnesses> both = Witnesses.of(timed, samples.ofLevels(level, 1, timed));
    String told = both.map(one -> one.text("threads", "the times of requests")).orElse("");
    if (both.isPresent() && both.get().contradict(OWN_THREADS)) {
      return plain.withNote(told + ": the samples are believed");
    }
    var time = SampledTime.of(timed, traffic);
    Cell seen = time.total(times);
    List<String> notes = new ArrayList<>();
    notes.add(told.isEmpty() ? "busy threads are read from the times of requests" : told);
    return new StationUse(
        plain.station(),
        limit,
        plain.unit(),
        timed,
        HoldTimes.of(time.ofRequests(times, jobs)),
        OptionalDouble.of(time.ofAllRequests() * seen.count() / traffic.spanSeconds()),
        notes);
  }

  /** The times for which requests keep these threads; empty where nothing tells. */
  private List<Series> times(Thing pool, String instance) {
    List<Series> own = index.at(Measure.THREADS_DURATION, pool, instance);
    if (!own.isEmpty()) {
      return own;
    }
    if (all().stream().filter(one -> one.service().equals(pool.service())).count() > 1) {
      return List.of();
    }
    List<Series> spans =
        of(Measure.OPERATION, pool, instance).stream()
            .filter(one -> HTTP.matcher(one.key().subject()).matches())
            .toList();
    List<Series> counted = of(Measure.SERVER_DURATION, pool, instance);
    // Spans know when each request began, metrics only the time of the export.
    return seconds(spans) >= SPANS_ENOUGH * seconds(counted) ? spans : counted;
  }

  /** Of the instance; of the service where it has one and requests do not tell theirs. */
  private List<Series> of(Measure measure, Thing pool, String instance) {
    List<Series> own = index.ofInstance(measure, pool.service(), instance);
    return own.isEmpty() && pool.instances().size() == 1
        ? index.ofInstance(measure, pool.service(), "")
        : own;
  }

  private double seconds(List<Series> parts) {
    return parts.stream().mapToDouble(one -> traffic.total(one).sum()).sum();
  }
}
