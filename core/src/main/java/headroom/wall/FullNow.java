package headroom.wall;

import static headroom.wall.belief.Errors.COVERAGE;
import static headroom.wall.belief.Sightings.EXPLAINS_UP_TO;
import static headroom.wall.belief.Sightings.FULL_NOW;

import headroom.model.Discipline;
import headroom.wall.Wall.Claim;
import headroom.wall.Wall.Confidence;
import headroom.wall.Wall.Story;
import headroom.wall.evidence.StationUse;
import headroom.wall.evidence.StationUse.Sample;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Walls of stations held against an objective that was seen to fail: the station that is full while
 * it fails is the first, at or below that load. Where none is, none of them is the reason.
 */
final class FullNow {
  private final AlreadyFailing failing;
  private final Map<String, StationUse> uses;

  /**
   * @param uses of all the time
   */
  FullNow(AlreadyFailing failing, List<StationUse> uses) {
    this.failing = failing;
    this.uses =
        uses.stream()
            .collect(Collectors.toMap(use -> use.station().toString(), use -> use, (a, b) -> a));
  }

  /** The same walls without contradiction, and a wall that no station explains where none does. */
  List<Wall> reconciled(List<Wall> walls) {
    Optional<Wall> full = full(walls);
    Optional<Wall> reason = full.or(() -> near(walls));
    List<Wall> all = new ArrayList<>();
    if (reason.isEmpty()) {
      all.add(failing.wall());
      walls.forEach(wall -> all.add(notBelow(wall, failing.multiple())));
      return all;
    }
    Wall first = first(reason.get(), full.isPresent());
    for (Wall wall : walls) {
      if (wall.equals(reason.get())) {
        all.add(first);
      } else {
        Estimate multiple = first.multiple();
        all.add(multiple == null ? wall : notBelow(wall, multiple.median()));
      }
    }
    return all;
  }

  /**
   * The station that is fullest while the objective fails; processors before what waits for them.
   */
  private Optional<Wall> full(List<Wall> walls) {
    return walls.stream()
        .filter(wall -> wall.limit() != null && delays(wall) && used(wall) >= FULL_NOW)
        .max(Comparator.comparingDouble(this::used));
  }

  /** Whether responses wait for it: what they do not wait for cannot make them late. */
  private static boolean delays(Wall wall) {
    return wall.kind().discipline().filter(Discipline::delaysResponses).isPresent();
  }

  private double used(Wall wall) {
    @Nullable StationUse use = uses.get(wall.station().toString());
    if (use == null || use.servers().isEmpty()) {
      return 0;
    }
    double busy = 0;
    double length = 0;
    BitSet windows = failing.windows();
    for (Sample sample : use.samples()) {
      if (windows.get(sample.from(), sample.to()).cardinality() * 2 > sample.to() - sample.from()) {
        busy += sample.busy() * (sample.to() - sample.from());
        length += sample.to() - sample.from();
      }
    }
    return length == 0 ? 0 : busy / length / use.usableServers();
  }

  /** The station whose wall was foretold about where it fails. */
  private Optional<Wall> near(List<Wall> walls) {
    return walls.stream()
        .filter(wall -> delays(wall) && median(wall) <= EXPLAINS_UP_TO * failing.multiple())
        .min(Comparator.comparingDouble(FullNow::median));
  }

  /** Where the wall lies; beyond every load where it is not known. */
  private static double median(Wall wall) {
    Estimate multiple = wall.multiple();
    return multiple == null ? Double.POSITIVE_INFINITY : multiple.median();
  }

  private Wall first(Wall wall, boolean full) {
    double seen = failing.multiple();
    Estimate multiple =
        wall.multiple() == null
            ? new Estimate(failing.held(), seen, seen, COVERAGE)
            : behind(wall.multiple());
    Estimate saturation =
        wall.saturation() == null
            ? null
            : full ? wall.saturation().atMost(seen) : wall.saturation();
    return new Wall(
        wall.station(),
        wall.today(),
        new Claim(multiple, saturation, Confidence.MEASURED, 1),
        new Story(failing.text() + ": " + wall.breaks(), wall.because(), wall.notes()),
        wall.when());
  }

  /** As foretold, as far as it is behind; all between what held and what failed where none is. */
  private Estimate behind(Estimate foretold) {
    Estimate behind = foretold.atMost(failing.multiple());
    return foretold.low() < failing.multiple() ? behind : behind.downTo(failing.held());
  }

  private static Wall notBelow(Wall wall, double floor) {
    Estimate multiple = wall.multiple();
    Estimate saturation = wall.saturation();
    return multiple == null || !delays(wall)
        ? wall
        : new Wall(
            wall.station(),
            wall.today(),
            new Claim(
                multiple.atLeast(floor),
                saturation == null ? null : saturation.atLeast(floor),
                wall.confidence(),
                0),
            wall.story(),
            wall.when());
  }
}
