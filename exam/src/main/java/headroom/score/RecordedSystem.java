package headroom.score;

import headroom.sim.Truth;
import headroom.wall.Estimate;
import headroom.wall.Wall;
import headroom.wall.Walls;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What was predicted from the recording of a system, beside what is known of it.
 *
 * @param name of the recording
 * @param truth its rate is infinite when no wall is within reach, NaN when only a multiple was
 *     noted; its stations are empty when it is not known which one broke
 * @param hintedAt whether a hidden limit was said to be possible
 * @param peakPerSecond that was seen in the recording; 0 when no root operation was
 */
public record RecordedSystem(
    String name,
    Truth truth,
    double trueMultiple,
    Optional<Estimate> predicted,
    String station,
    double chance,
    boolean hintedAt,
    double peakPerSecond)
    implements WallVerdict {
  /** Beyond it the two peaks are of different things, such as of a tenth of the traces. */
  private static final double SAME_PEAK = 1.25;

  /**
   * Lays a prediction beside what is known. The true wall is measured in the peak that was seen,
   * unless the peak that was noted is another one: then only a multiple can be compared.
   *
   * @param multiple of the noted peak; empty to have it taken from the rates
   * @param notedPeak root operations per second; empty when it was not noted
   */
  public static RecordedSystem of(
      String name, Walls walls, Truth truth, OptionalDouble multiple, OptionalDouble notedPeak) {
    Optional<Wall> first =
        walls.walls().stream().filter(wall -> wall.multiple() != null).findFirst();
    double seen = walls.load() == null ? 0 : walls.load().peakPerSecond();
    return new RecordedSystem(
        name,
        truth,
        trueMultiple(truth.perSecond(), seen, multiple, notedPeak),
        first.map(Wall::multiple),
        first.map(wall -> wall.station().text()).orElse(""),
        first.map(Wall::probabilityFirst).orElse(0.0),
        first.map(Wall::hiddenLimit).isPresent(),
        seen);
  }

  private static double trueMultiple(
      double perSecond, double seen, OptionalDouble multiple, OptionalDouble notedPeak) {
    double noted = notedPeak.orElse(seen);
    boolean same = seen > 0 && seen <= SAME_PEAK * noted && noted <= SAME_PEAK * seen;
    return same && !Double.isNaN(perSecond) ? perSecond / seen : multiple.orElse(perSecond / noted);
  }

  /** Whether there is a wall that a prediction can be compared with. */
  public boolean hasWall() {
    return !Double.isInfinite(truth.perSecond());
  }

  /** Nobody knows of a real system that it does not. */
  @Override
  public boolean mayHideLimit() {
    return true;
  }

  @Override
  public boolean isClear() {
    return !truth.stations().isEmpty() && WallVerdict.super.isClear();
  }

  @Override
  public boolean isTie() {
    return !truth.stations().isEmpty() && !isClear();
  }
}
