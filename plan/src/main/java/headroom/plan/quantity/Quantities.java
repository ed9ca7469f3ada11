package headroom.plan.quantity;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations, rates and shares as people write them. Every method throws with the value in it. */
public final class Quantities {
  private static final Pattern DURATION_PART = Pattern.compile("(\\d+(?:\\.\\d+)?)(us|ms|s|m|h|d)");
  private static final Pattern RATE =
      Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*/\\s*(s|sec|second|m|min|minute|h|hour)");
  private static final Pattern PERCENT = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*%");

  private static final int MOST_PER_SECOND = 1_000_000;

  private Quantities() {}

  /** {@code 500ms}, {@code 1.5s}, {@code 1m30s}. */
  public static Duration duration(String text) {
    Matcher part = DURATION_PART.matcher(text);
    int at = 0;
    double nanos = 0;
    while (part.find() && part.start() == at) {
      nanos += Double.parseDouble(part.group(1)) * nanosPer(part.group(2));
      at = part.end();
    }
    if (at == 0 || at != text.length()) {
      throw new IllegalArgumentException(
          "a duration must look like 500ms, 10s or 1m30s, got '" + text + "'");
    }
    if (nanos > Duration.ofDays(366).toNanos()) {
      throw new IllegalArgumentException("a duration must be at most 366 days, got '" + text + "'");
    }
    return Duration.ofNanos(Math.round(nanos));
  }

  private static double nanosPer(String unit) {
    return switch (unit) {
      case "us" -> 1e3;
      case "ms" -> 1e6;
      case "s" -> 1e9;
      case "m" -> 60e9;
      case "h" -> 3_600e9;
      default -> 86_400e9;
    };
  }

  /** {@code 50/s}, {@code 30/min}, {@code 0.5/s}: per second. */
  public static double rate(String text) {
    Matcher matcher = RATE.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "a rate must look like 50/s or 30/min, got '" + text + "'");
    }
    double perUnit = Double.parseDouble(matcher.group(1));
    double perSecond =
        switch (matcher.group(2).charAt(0)) {
          case 's' -> perUnit;
          case 'm' -> perUnit / 60;
          default -> perUnit / 3_600;
        };
    if (perSecond > MOST_PER_SECOND) {
      throw new IllegalArgumentException(
          "a rate must be at most %d/s, more than one machine can make, got '%s'"
              .formatted(MOST_PER_SECOND, text));
    }
    return perSecond;
  }

  /** {@code 1%} is 0.01; so is {@code 0.01}. */
  public static double share(String text) {
    Matcher matcher = PERCENT.matcher(text);
    double share;
    if (matcher.matches()) {
      share = Double.parseDouble(matcher.group(1)) / 100;
    } else if (text.matches("\\d+(\\.\\d+)?")) {
      share = Double.parseDouble(text);
    } else {
      throw new IllegalArgumentException("a share must look like 1% or 0.01, got '" + text + "'");
    }
    if (share > 1) {
      throw new IllegalArgumentException("a share must be at most 100%, got '" + text + "'");
    }
    return share;
  }

  /** A whole number within bounds. */
  public static int integer(String name, String text, int min, int max) {
    try {
      int value = Integer.parseInt(text);
      if (value >= min && value <= max) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Falls through to the same message as a number out of bounds.
    }
    throw new IllegalArgumentException(
        "%s must be a whole number from %d to %d, got '%s'".formatted(name, min, max, text));
  }
}
