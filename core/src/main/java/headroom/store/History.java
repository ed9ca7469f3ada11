package headroom.store;

import headroom.model.Event;
import headroom.model.Measure;
import headroom.rollup.Resolution;
import java.time.Instant;
import java.util.Collection;
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
    series = Map.copyOf(series);
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

  /** The series of one measure, none when it was not reported. */
  public List<Series> of(Measure measure) {
    return series.getOrDefault(measure, List.of());
  }
}
