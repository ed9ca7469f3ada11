package headroom.cli.answer;

import com.fasterxml.jackson.databind.JsonNode;
import headroom.analysis.StoreAnalysis;
import headroom.cli.terminal.Terminal;
import headroom.cli.terminal.UserError;
import headroom.forecast.GrowthPlan;
import headroom.server.api.WallsJson;
import headroom.wall.WhatIf;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
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
      "  headroom walls --p99 2s --errors 0.5%%    of a system that may take two seconds",
      "  headroom walls --what-if pool=wallet/pool/ledger:20",
      "  headroom walls --what-if 'cache=SELECT rate:0.9' --what-if cpu=postgres/cpu:8",
      "  headroom walls --growth 8%%/month --launch 2026-12-01:2.5x    dates by your own plan"
    })
public final class WallsCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private Question question;
  @Mixin private ObjectiveOptions objectives;

  @Option(
      names = "--at",
      paramLabel = "MULTIPLE",
      split = ",",
      description = "also say which walls are reached at these multiples")
  private List<Double> at = List.of();

  @Option(
      names = "--what-if",
      paramLabel = "CHANGE",
      description = {
        "also say where the walls would be with this change made; may be given several times:",
        "pool=STATION:SIZE, cpu=STATION:CORES, replicas=SERVICE:COUNT,",
        "cache=STATEMENT:HIT-RATIO, fewer=STATEMENT:RUNS-PER-REQUEST, async=STATEMENT;",
        "a statement is named by how it begins"
      })
  private List<String> whatIf = List.of();

  @Mixin private GrowthOptions growth;

  public WallsCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws InterruptedException {
    for (double multiple : at) {
      if (!(multiple > 0)) {
        throw new UserError("--at must be greater than 0, got " + multiple, "Such as --at 3,10.");
      }
    }
    requireReadable();
    GrowthPlan plan = growth.plan();
    if (!whatIf.isEmpty() && !plan.isEmpty()) {
      throw new UserError(
          "--what-if moves walls and says nothing of dates, so a growth plan has no use there",
          "Ask one after the other.");
    }
    List<String> parameters = new ArrayList<>(growth.query());
    if (!at.isEmpty()) {
      parameters.add("at=" + at.stream().map(String::valueOf).collect(Collectors.joining(",")));
    }
    whatIf.forEach(
        change -> parameters.add("whatIf=" + URLEncoder.encode(change, StandardCharsets.UTF_8)));
    return question.answer(
        terminal,
        objectives,
        "/api/v1/walls" + (parameters.isEmpty() ? "" : "?" + String.join("&", parameters)),
        analysis -> document(analysis, plan),
        WallsText::lines);
  }

  private void requireReadable() {
    try {
      WhatIf.parse(whatIf);
    } catch (IllegalArgumentException wrong) {
      throw new UserError(String.valueOf(wrong.getMessage()), "See `headroom walls --help`.");
    }
  }

  private JsonNode document(StoreAnalysis analysis, GrowthPlan plan) {
    if (whatIf.isEmpty()) {
      return WallsJson.write(analysis.walls(plan), analysis.objectives().usual(), at);
    }
    try {
      return WallsJson.write(
          analysis.whatIf(WhatIf.parse(whatIf)), analysis.objectives().usual(), whatIf, at);
    } catch (IllegalArgumentException wrong) {
      throw new UserError(
          String.valueOf(wrong.getMessage()), "`headroom walls` lists the stations.");
    }
  }
}
