package headroom.cli;

import headroom.forecast.GrowthPlan;
import headroom.server.api.WallsJson;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The walls in order of breaking. */
@Command(
    name = "walls",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Which station breaks at which multiple of today's peak, first to break first.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  headroom walls",
      "  headroom walls --server http://127.0.0.1:8080 --json",
      "  headroom walls --at 3,10         what has broken at 3 and at 10 times today's peak",
      "  headroom walls --growth 8%%/month --launch 2026-12-01:2.5x    dates by your own plan"
    })
final class WallsCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private Question question;

  @Option(
      names = "--at",
      paramLabel = "MULTIPLE",
      split = ",",
      description = "also say which walls are reached at these multiples")
  private List<Double> at = List.of();

  @Mixin private GrowthOptions growth;

  WallsCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws InterruptedException {
    for (double multiple : at) {
      if (!(multiple > 0)) {
        throw new UserError("--at must be greater than 0, got " + multiple, "Such as --at 3,10.");
      }
    }
    GrowthPlan plan = growth.plan();
    List<String> query = new ArrayList<>(growth.query());
    if (!at.isEmpty()) {
      query.add("at=" + at.stream().map(String::valueOf).collect(Collectors.joining(",")));
    }
    return question.answer(
        terminal,
        "/api/v1/walls" + (query.isEmpty() ? "" : "?" + String.join("&", query)),
        analysis -> WallsJson.write(analysis.walls(plan), at),
        WallsText::lines);
  }
}
