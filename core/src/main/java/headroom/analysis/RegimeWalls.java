package headroom.analysis;

import headroom.wall.Estimate;
import headroom.wall.HiddenLimit;
import headroom.wall.Wall;
import headroom.wall.Walls;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** The walls of the latest regime, as multiples of the peak of all the time that is looked at. */
final class RegimeWalls {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMMM HH:mm", Locale.ENGLISH).withZone(ZoneOffset.UTC);

  private RegimeWalls() {}

  /**
   * The walls that the latest regime shows; all of the time where it does not show any.
   *
   * @param all walls read from all of the time
   * @param latest those read from the latest regime alone
   */
  static Walls of(Walls all, Walls latest, Instant since) {
    Walls.Load peak = all.load();
    Walls.Load ownPeak = latest.load();
    if (peak == null || ownPeak == null || latest.firstToBreak().isEmpty()) {
      return all;
    }
    double scale = ownPeak.peakPerSecond() / peak.peakPerSecond();
    String note = "read from %s on, when times at equal load changed".formatted(TIME.format(since));
    return new Walls(
        all.asOf(),
        peak,
        latest.walls().stream().map(wall -> scaled(wall, scale, note)).toList(),
        scaled(latest.hidden(), scale),
        all.disturbances());
  }

  private static Wall scaled(Wall wall, double scale, String note) {
    List<String> notes = new ArrayList<>(wall.notes());
    notes.add(note);
    OptionalDouble used = wall.utilizationAtPeak();
    return new Wall(
        wall.station(),
        new Wall.Today(
            wall.limit(),
            used.isPresent() ? OptionalDouble.of(Math.min(1, used.getAsDouble() / scale)) : used),
        new Wall.Claim(
            scaled(wall.multiple(), scale),
            scaled(wall.saturation(), scale),
            wall.confidence(),
            wall.probabilityFirst()),
        new Wall.Story(wall.breaks(), wall.because(), notes),
        Wall.When.NOT_ASKED);
  }

  private static @Nullable HiddenLimit scaled(@Nullable HiddenLimit hidden, double scale) {
    return hidden == null || hidden.atLeast().isEmpty()
        ? hidden
        : new HiddenLimit(
            hidden.name(),
            OptionalDouble.of(hidden.atLeast().getAsDouble() * scale),
            hidden.because(),
            hidden.wouldTell());
  }

  private static @Nullable Estimate scaled(@Nullable Estimate estimate, double scale) {
    return estimate == null
        ? null
        : new Estimate(
            estimate.low() * scale,
            estimate.median() * scale,
            estimate.high() * scale,
            estimate.coverage());
  }
}
