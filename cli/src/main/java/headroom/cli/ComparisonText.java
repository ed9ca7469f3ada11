package headroom.cli;

import headroom.load.study.comparison.Comparison;
import headroom.load.study.comparison.Comparison.Change;
import headroom.load.study.comparison.Comparison.Direction;
import headroom.load.study.comparison.Comparison.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** A comparison in words. */
final class ComparisonText {
  private ComparisonText() {}

  static List<String> lines(Comparison comparison) {
    var lines = new ArrayList<String>();
    lines.add(
        comparison.isWorse()
            ? "WORSE: at least one figure beyond what chance explains"
            : "nothing became worse beyond what chance explains");
    lines.add("");
    var table = new Table("STEP", "", "BEFORE", "AFTER", "CHANGE", "95 OF 100 WITHIN", "");
    for (Comparison.StepChange step : comparison.steps()) {
      String name = step.step();
      for (Change change : step.changes()) {
        row(table, name, change);
        name = "";
      }
    }
    lines.addAll(table.lines());
    comparison.onlyBefore().forEach(step -> lines.add("only before: " + step));
    comparison.onlyAfter().forEach(step -> lines.add("only after: " + step));
    return lines;
  }

  static String word(Direction direction) {
    return switch (direction) {
      case WORSE -> "worse";
      case BETTER -> "better";
      case UNCERTAIN -> "no difference shown";
      case UNKNOWN -> "too little measured";
      case NOT_JUDGED -> "not judged";
    };
  }

  private static void row(Table table, String step, Change change) {
    boolean share = change.unit() == Unit.SHARE;
    table.row(
        step,
        label(change.what()),
        value(change.unit(), change.before()),
        value(change.unit(), change.after()),
        share ? points(change.change()) : ratio(change.change()),
        change.low().isEmpty()
            ? "-"
            : (share ? points(change.low()) : ratio(change.low()))
                + " to "
                + (share ? points(change.high()) : ratio(change.high())),
        word(change.direction()));
  }

  private static String label(String what) {
    return switch (what) {
      case "attempts" -> "attempts per request";
      case "refusedByBudget" -> "given up for want of budget";
      default -> what;
    };
  }

  private static String value(Unit unit, OptionalDouble value) {
    return switch (unit) {
      case SECONDS -> time(value);
      case SHARE -> percent(value);
      case PER_REQUEST ->
          value.isEmpty() ? "-" : String.format(Locale.ROOT, "%.2f", value.getAsDouble());
    };
  }

  private static String time(OptionalDouble seconds) {
    if (seconds.isEmpty()) {
      return "-";
    }
    double value = seconds.getAsDouble();
    return value < 1
        ? String.format(Locale.ROOT, value < 0.01 ? "%.2f ms" : "%.1f ms", value * 1e3)
        : String.format(Locale.ROOT, "%.2f s", value);
  }

  private static String percent(OptionalDouble share) {
    return share.isEmpty() ? "-" : String.format(Locale.ROOT, "%.2f %%", share.getAsDouble() * 100);
  }

  /** Of a share, in percentage points. */
  private static String points(OptionalDouble difference) {
    return difference.isEmpty()
        ? "-"
        : String.format(Locale.ROOT, "%+.2f pp", difference.getAsDouble() * 100);
  }

  private static String ratio(OptionalDouble ratio) {
    return ratio.isEmpty() ? "-" : String.format(Locale.ROOT, "x%.2f", ratio.getAsDouble());
  }
}
