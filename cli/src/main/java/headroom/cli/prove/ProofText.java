package headroom.cli.prove;

import headroom.cli.terminal.NumberText;
import headroom.cli.terminal.Table;
import headroom.wall.Estimate;
import java.util.ArrayList;
import java.util.List;

/** A proof in words, as its last lines. */
public final class ProofText {
  private final ProofResult result;
  private final List<String> lines = new ArrayList<>();

  private ProofText(ProofResult result) {
    this.result = result;
  }

  public static List<String> of(ProofResult result) {
    var text = new ProofText(result);
    text.write();
    return List.copyOf(text.lines);
  }

  private void write() {
    double peak = result.peakPerSecond();
    add(
        "watched    %.0f s at up to %.1f requests/s%s",
        result.settings().watchSeconds(),
        peak,
        result.measuredMultiple().isPresent()
            ? NumberText.format(
                ", which turned out to be %.0f %% of the limit",
                100 / result.measuredMultiple().getAsDouble())
            : "");
    if (result.first().isPresent() && result.predicted().isPresent()) {
      Estimate said = result.predicted().get();
      add(
          "predicted  %s breaks first, at %.2fx (%.2f to %.2f), that is %.1f requests/s",
          result.first().get().station().text(),
          said.median(),
          said.low(),
          said.high(),
          said.median() * peak);
    } else {
      add("predicted  nothing: no station was seen well enough");
    }
    switch (result.outcome()) {
      case Outcome.Reached reached -> measured(reached.wall(), peak);
      case Outcome.NotReached not -> notReached(not);
    }
    if (result.relativeError().isPresent()) {
      add(
          "error      %+.1f %%, %s the interval; station %s",
          100 * result.relativeError().getAsDouble(),
          result.insideInterval().orElse(false) ? "inside" : "OUTSIDE",
          result.stationRight().map(right -> right ? "right" : "WRONG").orElse("not seen"));
    }
    stations();
    Reasons.of(result).forEach(reason -> add("why        %s", reason));
  }

  private void measured(MeasuredWall wall, double peak) {
    add(
        "measured   %s, at %.2fx, that is %.1f requests/s (%.1f to %.1f)",
        result.measuredStation(),
        result.counted(wall.perSecond()) / peak,
        result.counted(wall.perSecond()),
        result.counted(wall.low()),
        result.counted(wall.high()));
  }

  private void notReached(Outcome.NotReached not) {
    add("measured   no wall: %s", not.why());
    not.held()
        .ifPresent(held ->
            add(
                "           the objective held at up to %.1f requests/s, %.2fx",
                result.counted(held), result.multiple(held)));
    not.failed()
        .ifPresent(failed ->
            add(
                "           and failed at %.1f requests/s, %.2fx",
                result.counted(failed), result.multiple(failed)));
  }

  private void stations() {
    var table = new Table("station", "predicted", "use at the break", "waited", "");
    for (StationRow row : StationRow.of(result)) {
      table.row(
          row.station().text(),
          row.predicted()
              .map(said ->
                  NumberText.format("%.2fx (%.2f to %.2f)", said.median(), said.low(), said.high()))
              .orElse("-"),
          row.use().map(use -> NumberText.percent(use.utilization())).orElse("not seen"),
          row.use()
              .map(use -> NumberText.orDash(use.waitSeconds(), NumberText::shortDuration))
              .orElse("-"),
          row.full() ? "full" : "");
    }
    lines.add("");
    lines.addAll(table.lines());
  }

  private void add(String pattern, Object... figures) {
    lines.add(NumberText.format(pattern, figures));
  }
}
