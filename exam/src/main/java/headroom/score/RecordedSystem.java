package headroom.score;

import headroom.sim.Truth;
import headroom.wall.Estimate;
import headroom.wall.PlainWalls;
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
 * @param plain what arithmetic alone says
 */
public record RecordedSystem(
    String name,
    Truth truth,
    double trueMultiple,
    Optional<Estimate> predicted,
    String station,
    double chance,
    boolean hintedAt,
    double peakPerSecond,
    PlainWalls plain)
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
      String name,
      Walls walls,
      PlainWalls plain,
      Truth truth,
      OptionalDouble multiple,
      OptionalDouble notedPeak) {
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
        walls.hidden() != null,
        seen,
        plain);
  }

  /** What the utilisation law says: the tightest station in proportion to the traffic. */
  WallVerdict byUse() {
    return new PlainVerdict(truth, trueMultiple, plain.byUse());
  }

  /** What M/G/c on the measured holds says. */
  WallVerdict byQueue() {
    return new PlainVerdict(truth, trueMultiple, plain.byQueue());
  }

  /** A number without an interval, which never holds, and without a chance. */
  private record PlainVerdict(Truth truth, double trueMultiple, Optional<PlainWalls.At> said)
      implements WallVerdict {
    /** An interval of a number alone. */
    private static final double ANY_COVERAGE = 0.9;

    @Override
    public Optional<Estimate> predicted() {
      return said.map(
          one -> new Estimate(one.multiple(), one.multiple(), one.multiple(), ANY_COVERAGE));
    }

    @Override
    public String station() {
      return said.map(one -> one.station().text()).orElse("");
    }

    @Override
    public double chance() {
      return 1;
    }

    @Override
    public boolean hintedAt() {
      return false;
    }

    @Override
    public boolean mayHideLimit() {
      return true;
    }

    @Override
    public boolean isClear() {
      return !truth.stations().isEmpty() && WallVerdict.super.isClear();
    }
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
