package headroom.cli.load;

import headroom.cli.terminal.NumberText;
import headroom.cli.terminal.Table;
import headroom.load.study.comparison.ResultComparison;
import headroom.load.study.comparison.ResultComparison.Change;
import headroom.load.study.comparison.ResultComparison.Direction;
import headroom.load.study.comparison.ResultComparison.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.DoubleFunction;

/** A comparison in words. */
final class ComparisonText {
  private ComparisonText() {}

  static List<String> lines(ResultComparison comparison) {
    var lines = new ArrayList<String>();
    lines.add(
        comparison.isWorse()
            ? "WORSE: at least one figure beyond what chance explains"
            : "nothing became worse beyond what chance explains");
    lines.add("");
    var table = new Table("STEP", "", "BEFORE", "AFTER", "CHANGE", "95 OF 100 WITHIN", "");
    for (ResultComparison.StepChange step : comparison.steps()) {
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
    DoubleFunction<String> form =
        change.unit() == Unit.SHARE ? NumberText::points : NumberText::ratio;
    table.row(
        step,
        label(change.what()),
        value(change.unit(), change.before()),
        value(change.unit(), change.after()),
        NumberText.orDash(change.change(), form),
        change.low().isEmpty()
            ? "-"
            : NumberText.orDash(change.low(), form)
                + " to "
                + NumberText.orDash(change.high(), form),
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
    return NumberText.orDash(
        value,
        switch (unit) {
          case SECONDS -> NumberText::duration;
          case SHARE -> NumberText::finePercent;
          case PER_REQUEST -> perRequest -> NumberText.format("%.2f", perRequest);
        });
  }
}
