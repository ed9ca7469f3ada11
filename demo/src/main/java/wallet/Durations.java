package wallet;

import java.time.Duration;
import java.util.regex.Pattern;
import picocli.CommandLine.TypeConversionException;

/** Durations as people write them: {@code 500us}, {@code 2ms}, {@code 30s}, {@code 10m}. */
final class Durations {
  private static final Pattern SHAPE = Pattern.compile("(\\d{1,9})(us|ms|s|m|h)?");

  private Durations() {}

  static Duration parse(String text) {
    var matcher = SHAPE.matcher(text);
    if (!matcher.matches()) {
      throw new TypeConversionException(
          "a duration is a whole number with us, ms, s, m or h, such as 30s, got '" + text + "'");
    }
    long amount = Long.parseLong(matcher.group(1));
    String unit = matcher.group(2);
    if (unit == null) {
      if (amount == 0) {
        return Duration.ZERO;
      }
      throw new TypeConversionException("a duration needs a unit, such as " + text + "s");
    }
    return switch (unit) {
      case "us" -> Duration.ofNanos(amount * 1_000);
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      default -> Duration.ofHours(amount);
    };
  }
}
