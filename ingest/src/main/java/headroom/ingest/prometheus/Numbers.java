package headroom.ingest.prometheus;

/** Numbers as Prometheus writes them. */
final class Numbers {
  /** The one not-a-number that means: this series ended. */
  private static final long STALE_BITS = 0x7ff0000000000002L;

  private Numbers() {}

  static boolean isStale(double value) {
    return Double.doubleToRawLongBits(value) == STALE_BITS;
  }

  /** A number in any spelling: 0.5, 5e-1, +Inf; not a number when it is none. */
  static double parse(String text) {
    switch (text) {
      case "+Inf", "Inf", "+inf", "inf" -> {
        return Double.POSITIVE_INFINITY;
      }
      case "-Inf", "-inf" -> {
        return Double.NEGATIVE_INFINITY;
      }
      default -> {
        try {
          boolean javaOnly = text.isEmpty() || Character.isLetter(text.charAt(text.length() - 1));
          return javaOnly ? Double.NaN : Double.parseDouble(text);
        } catch (NumberFormatException notANumber) {
          return Double.NaN;
        }
      }
    }
  }
}
