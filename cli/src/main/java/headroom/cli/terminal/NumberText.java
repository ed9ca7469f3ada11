package headroom.cli.terminal;

import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.DoubleFunction;

/** Numbers as a reader of lines and tables wants them, the same in every country. */
public final class NumberText {
  private static final String UNKNOWN = "-";

  private NumberText() {}

  /** Two digits after the point below ten, one below a hundred, whole numbers from there on. */
  public static String number(double value) {
    return format(value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%.0f", value);
  }

  /** Of a share 0..1, such as {@code 12 %}. */
  public static String percent(double share) {
    return format("%.0f %%", share * 100);
  }

  /** Of a share 0..1 that may be small, such as {@code 0.12 %}. */
  public static String finePercent(double share) {
    return format("%.2f %%", share * 100);
  }

  /** Of a difference of shares, in percentage points, such as {@code +0.12 pp}. */
  public static String points(double difference) {
    return format("%+.2f pp", difference * 100);
  }

  /** Such as {@code x1.25}. */
  public static String ratio(double ratio) {
    return format("x%.2f", ratio);
  }

  /** Always in milliseconds, to be compared down a column. */
  public static String milliseconds(double seconds) {
    return format("%.1f ms", seconds * 1e3);
  }

  /** With digits enough to tell two apart that are alike, such as {@code 41.3 ms}. */
  public static String duration(double seconds) {
    return seconds < 1
        ? format(seconds < 0.01 ? "%.2f ms" : "%.1f ms", seconds * 1e3)
        : format("%.2f s", seconds);
  }

  /** With digits enough for a glance at what changes every second, such as {@code 41 ms}. */
  public static String shortDuration(double seconds) {
    double millis = seconds * 1e3;
    if (millis >= 1_000) {
      return format("%.2f s", millis / 1e3);
    }
    return format(millis < 10 ? "%.2f ms" : "%.0f ms", millis);
  }

  /** Such as {@code 1:05}, or {@code 1:00:05} from an hour on; nothing is below zero. */
  public static String clock(double seconds) {
    long whole = Math.max(0, Math.round(seconds));
    return whole < 3_600
        ? format("%d:%02d", whole / 60, whole % 60)
        : format("%d:%02d:%02d", whole / 3_600, whole / 60 % 60, whole % 60);
  }

  /** A figure in one of these forms, or a dash for one that is not known. */
  public static String orDash(OptionalDouble figure, DoubleFunction<String> form) {
    return figure.isEmpty() ? UNKNOWN : form.apply(figure.getAsDouble());
  }

  /** A text with figures in it. */
  public static String format(String pattern, Object... figures) {
    return String.format(Locale.ROOT, pattern, figures);
  }
}
