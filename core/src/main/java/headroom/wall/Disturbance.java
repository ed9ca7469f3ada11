package headroom.wall;

import headroom.wall.evidence.SlowTimes;
import headroom.wall.evidence.Traffic;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Time in which responses were slower than at other times at equal load.
 *
 * @param what in words
 */
public record Disturbance(Instant from, Instant to, String what) {
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("d MMM HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

  static Disturbance of(SlowTimes.Stretch slow, Traffic traffic) {
    int seconds = traffic.windowSeconds();
    Instant from = traffic.from().plusSeconds((long) slow.from() * seconds);
    int length = (slow.to() - slow.from()) * seconds;
    return new Disturbance(
        from,
        from.plusSeconds(length),
        String.format(
            Locale.ROOT,
            "%s at %s UTC were %.1f times as slow for a reason that was not load",
            length < 300 ? length + " s" : length / 60 + " min",
            CLOCK.format(from),
            slow.factor()));
  }
}
