package headroom.store;

import headroom.model.Event;
import headroom.model.Measure;
import headroom.rollup.Resolution;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What analysis reads: the series of a span of time at one resolution, and what happened in it.
 * Immutable by convention: nobody changes the cells.
 *
 * @param from inclusive, at a window's start
 * @param to exclusive, at a window's end
 */
public record History(
    Resolution resolution,
    Instant from,
    Instant to,
    Map<Measure, List<Series>> series,
    List<Event> events) {
  public History {
    series = inOrder(series);
    events = List.copyOf(events);
  }

  /** A history of these series, each measure in the order given. */
  public static History of(
      Resolution resolution,
      Instant from,
      Instant to,
      Collection<Series> series,
      List<Event> events) {
    Map<Measure, List<Series>> byMeasure =
        series.stream()
            .collect(
                Collectors.groupingBy(
                    one -> one.key().measure(),
                    () -> new EnumMap<>(Measure.class),
                    Collectors.toUnmodifiableList()));
    return new History(resolution, from, to, byMeasure, events);
  }

  /** By measure, so that whoever walks over all of them does so in the same order every time. */
  private static Map<Measure, List<Series>> inOrder(Map<Measure, List<Series>> series) {
    Map<Measure, List<Series>> ordered = new EnumMap<>(Measure.class);
    ordered.putAll(series);
    return Collections.unmodifiableMap(ordered);
  }

  /** The series of one measure, none when it was not reported. */
  public List<Series> of(Measure measure) {
    return series.getOrDefault(measure, List.of());
  }
}
