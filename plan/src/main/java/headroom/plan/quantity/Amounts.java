package headroom.plan.quantity;

import java.util.Locale;
import java.util.OptionalDouble;

/** Numbers as people read them: three digits that matter, with their unit. */
public final class Amounts {
  private Amounts() {}

  /** A dash for what is not known. */
  public static String seconds(OptionalDouble seconds) {
    return seconds.isPresent() ? seconds(seconds.getAsDouble()) : "–";
  }

  public static String seconds(double seconds) {
    double magnitude = Math.abs(seconds);
    if (magnitude == 0) {
      return "0";
    }
    if (magnitude < 1e-3) {
      return digits(seconds * 1e6) + " µs";
    }
    if (magnitude < 1) {
      return digits(seconds * 1e3) + " ms";
    }
    if (magnitude < 120) {
      return digits(seconds) + " s";
    }
    return digits(seconds / 60) + " min";
  }

  /** In percent. */
  public static String share(double share) {
    return digits(share * 100) + " %";
  }

  /** Thousands set apart. */
  public static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count).replace(',', ' ');
  }

  public static String rate(double perSecond) {
    return digits(perSecond) + "/s";
  }

  public static String bytes(long bytes) {
    double value = bytes;
    if (bytes < 1_000) {
      return bytes + " B";
    }
    if (bytes < 1_000_000) {
      return digits(value / 1e3) + " kB";
    }
    return bytes < 1_000_000_000 ? digits(value / 1e6) + " MB" : digits(value / 1e9) + " GB";
  }

  private static String digits(double value) {
    double magnitude = Math.abs(value);
    int decimals = magnitude >= 99.95 || magnitude == 0 ? 0 : magnitude >= 9.995 ? 1 : 2;
    String text = String.format(Locale.ROOT, "%." + decimals + "f", value);
    return text.contains(".") ? text.replaceAll("0+$", "").replaceAll("\\.$", "") : text;
  }
}
