package headroom.cli.exam.simulate;

import headroom.plan.quantity.Quantities;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Values of a scenario as they are written. Each throws with the value in its message. */
final class Values {
  private static final Pattern BYTES = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,6})?)(KiB|MiB|GiB)");

  private Values() {}

  static double seconds(String text) {
    return Quantities.duration(text).toNanos() / 1e9;
  }

  /** A number that is not negative. */
  static double number(String text) {
    if (!text.matches("\\d{1,12}(\\.\\d{1,9})?")) {
      throw new IllegalArgumentException("a number must look like 2 or 0.5, got '" + text + "'");
    }
    return Double.parseDouble(text);
  }

  static boolean yesOrNo(String text) {
    return switch (text) {
      case "true", "yes" -> true;
      case "false", "no" -> false;
      default -> throw new IllegalArgumentException("must be true or false, got '" + text + "'");
    };
  }

  /** {@code 512MiB}, {@code 4GiB}. */
  static double bytes(String text) {
    Matcher matcher = BYTES.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "an amount of memory must look like 512MiB or 4GiB, got '" + text + "'");
    }
    double unit =
        switch (matcher.group(2)) {
          case "KiB" -> 0x1p10;
          case "MiB" -> 0x1p20;
          default -> 0x1p30;
        };
    return Double.parseDouble(matcher.group(1)) * unit;
  }

  /** {@code 400MiB/s}, {@code 50MiB/h}. */
  static double bytesPerSecond(String text) {
    int slash = text.indexOf('/');
    String unit = text.substring(slash + 1);
    double seconds =
        switch (unit) {
          case "s" -> 1;
          case "min" -> 60;
          case "h" -> 3_600;
          case "d" -> 86_400;
          default ->
              throw new IllegalArgumentException(
                  "must look like 400MiB/s or 50MiB/h, got '" + text + "'");
        };
    return bytes(text.substring(0, Math.max(0, slash)).trim()) / seconds;
  }
}
