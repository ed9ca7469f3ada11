package headroom.cli.prove;

import headroom.analysis.StationUses;
import headroom.model.Station;
import headroom.wall.Estimate;
import headroom.wall.Wall;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One station, predicted and seen.
 *
 * @param predicted at which multiple of the watched peak it was said to break; empty where nothing
 *     was said
 * @param use while the objective failed; empty where nothing told
 * @param full whether it is the one that was full then
 */
record StationRow(
    Station station, Optional<Estimate> predicted, Optional<StationUses.Use> use, boolean full) {
  /** All that were predicted, in the order of breaking, then others that were full. */
  static List<StationRow> of(ProofResult result) {
    List<StationRow> rows = new ArrayList<>();
    for (Wall wall : result.watched().walls().walls()) {
      rows.add(
          new StationRow(
              wall.station(),
              Optional.ofNullable(wall.multiple()),
              result.use().of(wall.station()),
              result.station().filter(wall.station()::equals).isPresent()));
    }
    result
        .station()
        .filter(full -> rows.stream().noneMatch(row -> row.station.equals(full)))
        .ifPresent(
            full -> rows.add(new StationRow(full, Optional.empty(), result.use().of(full), true)));
    return rows;
  }
}
