package headroom.server.api;

import headroom.model.Measure;
import headroom.model.SeriesKey;
import headroom.model.Station;
import headroom.model.StationChart;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The series that somebody asked for.
 *
 * @param charts how they are drawn; empty when single measures were asked for
 */
record StationSeries(
    Set<Measure> measures, Predicate<SeriesKey> wanted, List<StationChart> charts) {
  /** Those of a station; empty when a name says no kind that has any. */
  static Optional<StationSeries> of(String name) {
    return Station.parse(name)
        .filter(station -> !station.kind().allMeasures().isEmpty())
        .map(station ->
            new StationSeries(
                station.kind().allMeasures(), station::isToldBy, station.kind().charts()));
  }
}
