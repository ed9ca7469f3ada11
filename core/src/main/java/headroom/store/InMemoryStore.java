package headroom.store;

import headroom.model.Event;
import headroom.model.Measure;
import headroom.model.SeriesKey;
import headroom.rollup.Cell;
import headroom.rollup.Resolution;
import headroom.rollup.Rollup;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** A store for tests and simulations: the contract without the disk. */
public final class InMemoryStore implements RollupStore {
  private final Map<Resolution, Map<SeriesKey, NavigableMap<Long, Cell>>> tiers =
      new EnumMap<>(Resolution.class);
  private final List<Event> events = new ArrayList<>();

  public InMemoryStore() {
    for (Resolution resolution : Resolution.values()) {
      tiers.put(resolution, new HashMap<>());
    }
  }

  @Override
  public synchronized void merge(List<Rollup> rollups) {
    for (Rollup rollup : rollups) {
      tiers.forEach((resolution, series) ->
          series
              .computeIfAbsent(rollup.key(), unused -> new TreeMap<>())
              .computeIfAbsent(resolution.windowStart(rollup.windowStart()), unused -> new Cell())
              .merge(rollup.cell()));
    }
  }

  @Override
  public synchronized void scan(
      Resolution resolution,
      Instant from,
      Instant to,
      Set<Measure> measures,
      Consumer<Series> consumer) {
    List<Series> found = new ArrayList<>();
    long first = Resolution.firstSecond(from);
    long end = Math.max(first, Resolution.firstSecond(to));
    tier(resolution)
        .forEach((key, windows) -> {
          if (measures.isEmpty() || measures.contains(key.measure())) {
            var part = windows.subMap(first, end);
            if (!part.isEmpty()) {
              found.add(series(key, part));
            }
          }
        });
    found.sort(Comparator.comparing(Series::key, Series.BY_KEY));
    found.forEach(consumer);
  }

  private static Series series(SeriesKey key, SortedMap<Long, Cell> windows) {
    var copies = new TreeMap<Long, Cell>();
    windows.forEach((start, cell) -> copies.put(start, cell.copy()));
    return Series.of(key, copies);
  }

  @Override
  public synchronized Optional<Extent> extent(Resolution resolution) {
    var windows = tier(resolution).values().stream().filter(series -> !series.isEmpty()).toList();
    if (windows.isEmpty()) {
      return Optional.empty();
    }
    long first = windows.stream().mapToLong(NavigableMap::firstKey).min().orElseThrow();
    long last = windows.stream().mapToLong(NavigableMap::lastKey).max().orElseThrow();
    return Optional.of(
        new Extent(
            Instant.ofEpochSecond(first), Instant.ofEpochSecond(last + resolution.seconds())));
  }

  @Override
  public synchronized void record(Event event) {
    if (!events.contains(event)) {
      events.add(event);
      events.sort(Comparator.comparing(Event::at));
    }
  }

  @Override
  public synchronized List<Event> events(Instant from, Instant to, String kind) {
    return events.stream()
        .filter(event -> kind.isEmpty() || event.kind().equals(kind))
        .filter(event -> !event.at().isBefore(from) && event.at().isBefore(to))
        .toList();
  }

  @Override
  public synchronized void expire(Instant now) {
    tiers.forEach((resolution, series) -> {
      long oldest = now.minus(resolution.retention()).getEpochSecond();
      series.values().forEach(windows -> windows.headMap(oldest).clear());
      series.values().removeIf(NavigableMap::isEmpty);
    });
    Instant oldestEvent = now.minus(Resolution.DAY.retention());
    events.removeIf(event -> event.at().isBefore(oldestEvent));
  }

  @Override
  public void close() {}

  private Map<SeriesKey, NavigableMap<Long, Cell>> tier(Resolution resolution) {
    return tiers.getOrDefault(resolution, Map.of());
  }
}
