package headroom.sim;

import headroom.model.Event;
import headroom.model.Measure;
import headroom.model.SeriesKey;
import headroom.rollup.Cell;
import headroom.rollup.Resolution;
import headroom.store.History;
import headroom.store.Series;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SplittableRandom;

/** The series that a service reported, by window, without the rows that got lost on their way. */
final class ReportedSeries {
  private final String service;
  private final Resolution resolution;
  private final double missing;
  private final long lossSeed;
  private final Map<SeriesKey, Track> tracks = new HashMap<>();

  /**
   * @param missing share of the rows of an instance that are lost
   */
  ReportedSeries(String service, Resolution resolution, double missing, long lossSeed) {
    this.service = service;
    this.resolution = resolution;
    this.missing = missing;
    this.lossSeed = lossSeed;
  }

  String instance(int replica) {
    return service + "-" + (replica + 1);
  }

  Track track(SeriesKey key) {
    return tracks.computeIfAbsent(key, Track::new);
  }

  Track track(Measure measure, String instance, String subject, String detail) {
    return track(new SeriesKey(measure, service, instance, subject, detail));
  }

  /** Of a pool of one instance, or of one partition. */
  Track track(Measure measure, VirtualStation.Pool pool, int replica) {
    if (pool.partitions() == 1) {
      return track(measure, instance(pool.perReplica() ? replica : 0), pool.name(), "");
    }
    // Parts of a queue are partitions of it; others are pools of their own.
    return pool.kind() == VirtualStation.Pool.Kind.CONSUMERS
        ? track(measure, instance(0), pool.name(), String.valueOf(replica))
        : track(measure, instance(0), pool.name() + "-" + replica, "");
  }

  /** Where a series is written to at a moment of virtual time. */
  Cell cell(Track track, double at) {
    return track.at(window(at));
  }

  private long window(double at) {
    return resolution.windowStart(VirtualTelemetry.EPOCH + (long) at);
  }

  /** Whether the row of this instance gets lost. */
  boolean isLost(int replica, double at) {
    if (missing == 0) {
      return false;
    }
    long mixed = lossSeed ^ (window(at) * 31 + replica) * 0x9E3779B97F4A7C15L;
    return new SplittableRandom(mixed).nextDouble() < missing;
  }

  /** All that is written, with these events. */
  History history(List<Event> events) {
    List<Series> series =
        tracks.values().stream()
            .filter(track -> !track.cells().isEmpty())
            .map(Track::series)
            .toList();
    List<NavigableMap<Long, Cell>> filled =
        tracks.values().stream().map(Track::cells).filter(cells -> !cells.isEmpty()).toList();
    long none = VirtualTelemetry.EPOCH;
    long first = filled.stream().mapToLong(NavigableMap::firstKey).min().orElse(none);
    long last = filled.stream().mapToLong(NavigableMap::lastKey).max().orElse(none);
    return History.of(
        resolution,
        Instant.ofEpochSecond(first),
        Instant.ofEpochSecond(last + resolution.seconds()),
        series,
        events);
  }

  /** What was written since the last call, which is forgotten. */
  List<Series> drain() {
    return tracks.values().stream()
        .filter(track -> !track.cells().isEmpty())
        .map(Track::drain)
        .sorted(Comparator.comparing(Series::key, Series.BY_KEY))
        .toList();
  }
}
