package headroom.detect;

import java.util.Locale;

/** Numbers as a reader wants them. */
final class Words {
  private Words() {}

  static String seconds(double seconds) {
    if (seconds < 0.9995) {
      return format(seconds < 0.01 ? "%.1f ms" : "%.0f ms", seconds * 1_000);
    }
    if (seconds < 120) {
      return format("%.3g s", seconds);
    }
    return seconds < 7_200
        ? format("%.0f minutes", seconds / 60)
        : format("%.1f hours", seconds / 3_600);
  }

  static String percent(double share) {
    return format(share < 0.1 ? "%.1f %%" : "%.0f %%", share * 100);
  }

  static String quantile(double q) {
    double percent = q * 100;
    return percent == Math.rint(percent) ? format("p%.0f", percent) : "p" + percent;
  }

  static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }

  /** An id that is the same for the same kind and subject, fit for a URL. */
  static String id(Finding.Kind kind, String... parts) {
    String joined = String.join("/", parts);
    return kind.wireName()
        + ":"
        + joined.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9/._-]+", "-")
        + "~"
        + Integer.toHexString(joined.hashCode());
  }
}
