package headroom.cli.exam.simulate;

import headroom.plan.quantity.Quantities;
import headroom.sim.Distribution;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long things take, as people write it.
 *
 * <pre>
 *   4ms                         always
 *   exp 4ms                     exponential
 *   erlang 3 4ms                three exponential stages, 4 ms together
 *   lognormal 2 4ms             variance twice the squared mean
 *   pareto 1.5 1ms..2s          a power law between two times
 *   3ms + exp 1ms               one after the other, the first always the same
 *   1% of 2s else exp 4ms       one of two
 * </pre>
 */
final class Distributions {
  private static final Pattern MIXED = Pattern.compile("(\\S+) of (.+?) else (.+)");
  private static final Pattern SHIFTED = Pattern.compile("(\\S+)\\s*\\+\\s*(.+)");
  private static final Pattern NUMBERED =
      Pattern.compile("(erlang|lognormal|pareto) (\\d{1,6}(?:\\.\\d{1,9})?) (\\S+)");

  private Distributions() {}

  /** Throws {@link IllegalArgumentException} with the text in its message. */
  static Distribution parse(String text) {
    String plain = text.trim();
    Matcher mixed = MIXED.matcher(plain);
    if (mixed.matches()) {
      return new Distribution.Mixed(
          Quantities.share(mixed.group(1)), sum(mixed.group(2)), parse(mixed.group(3)));
    }
    return sum(plain);
  }

  private static Distribution sum(String text) {
    Matcher shifted = SHIFTED.matcher(text.trim());
    return shifted.matches()
        ? new Distribution.Shifted(seconds(shifted.group(1)), term(shifted.group(2)))
        : term(text.trim());
  }

  private static Distribution term(String text) {
    if (text.startsWith("exp ")) {
      return new Distribution.Exponential(seconds(text.substring(4).trim()));
    }
    Matcher numbered = NUMBERED.matcher(text);
    if (!numbered.matches()) {
      return new Distribution.Constant(seconds(text));
    }
    double parameter = Double.parseDouble(numbered.group(2));
    String rest = numbered.group(3);
    return switch (numbered.group(1)) {
      case "erlang" -> new Distribution.Stages(seconds(rest), stages(numbered.group(2)));
      case "lognormal" -> new Distribution.Lognormal(seconds(rest), parameter);
      default -> pareto(parameter, rest);
    };
  }

  private static int stages(String text) {
    return Quantities.integer("the stages of erlang", text, 1, 1_000);
  }

  private static Distribution pareto(double shape, String range) {
    int dots = range.indexOf("..");
    if (dots < 0) {
      throw new IllegalArgumentException(
          "pareto needs two times, such as pareto 1.5 1ms..2s, got '" + range + "'");
    }
    return new Distribution.Pareto(
        seconds(range.substring(0, dots)), seconds(range.substring(dots + 2)), shape);
  }

  private static double seconds(String text) {
    try {
      return Quantities.duration(text).toNanos() / 1e9;
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "a time must look like 4ms, exp 4ms, erlang 3 4ms, lognormal 2 4ms, pareto 1.5 1ms..2s,"
              + " 3ms + exp 1ms or 1% of 2s else 4ms, got '"
              + text
              + "'",
          e);
    }
  }
}
