package headroom.cli;

import headroom.load.engine.LiveSnapshot;
import headroom.load.engine.LoadEngine;
import headroom.load.engine.LoadOptions;
import headroom.load.engine.LoadRun;
import headroom.load.engine.TargetUnusableException;
import headroom.load.journey.Plan;
import headroom.load.journey.PlanException;
import headroom.load.journey.PlanParser;
import headroom.load.journey.Profile;
import headroom.load.report.ReportFiles;
import headroom.load.report.ResultJson;
import headroom.load.report.Summary;
import headroom.load.result.LoadResult;
import headroom.rollup.Cell;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A load test. */
@Command(
    name = "test",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Runs a plan: whole journeys, arriving at times that are fixed beforehand; latency counts from"
          + " the intended start.",
      "Exit code 0: the objectives held; 1: one failed or a stop rule ended the run; 2: the plan or"
          + " the target is unusable, or the generator could not keep up."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  headroom test plan.yaml --out results",
      "  headroom test plan.yaml --json | jq .verdict",
      "  cat plan.yaml | headroom test -"
    })
final class TestCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(paramLabel = "PLAN.yaml", description = "the plan; - reads it from standard input")
  private String plan = "";

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "write report.html, result.json, summary.txt and junit.xml there")
  private @Nullable Path out;

  @Option(names = "--json", description = "print the result as JSON")
  private boolean json;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "fixes arrivals, think times and generated data (default: 1)")
  private long seed;

  TestCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Plan parsed = parse(read());
    try (var progress = new Progress(terminal, "testing", System::nanoTime);
        LoadRun run =
            LoadEngine.start(parsed, LoadOptions.seed(seed), now -> show(progress, parsed, now))) {
      LoadResult result = run.await();
      terminal.clearStatus();
      if (out != null) {
        ReportFiles.write(result, out);
        terminal.say("report: %s", out.resolve("report.html"));
      }
      terminal.result(json ? ResultJson.of(result).strip() : Summary.of(result).stripTrailing());
      return code(result);
    } catch (TargetUnusableException e) {
      throw new UserError(
          String.valueOf(e.getMessage()), "Is it running, and is `target:` its address?");
    } catch (IOException e) {
      throw new UserError(
          "the report could not be written to " + out + ": " + e.getMessage(),
          "Choose another folder with --out DIR.");
    }
  }

  private static int code(LoadResult result) {
    if (!result.isValid()) {
      return ExitCode.NOT_ASKED;
    }
    return result.hasPassed() ? ExitCode.OK : ExitCode.NO;
  }

  private String read() {
    try {
      return plan.equals("-")
          ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8)
          : Files.readString(Path.of(plan));
    } catch (NoSuchFileException e) {
      throw new UserError("there is no file " + plan, "Give the path of a plan, or - to pipe one.");
    } catch (IOException e) {
      throw new UserError("cannot read " + plan + ": " + e.getMessage(), "Is it a text file?");
    }
  }

  private Plan parse(String text) {
    try {
      return PlanParser.parse(text);
    } catch (PlanException e) {
      throw new UserError(
          "the plan cannot be used:" + System.lineSeparator() + e.getMessage(),
          "Mend " + plan + " and run it again.");
    }
  }

  private static void show(Progress progress, Plan plan, LiveSnapshot now) {
    double total =
        switch (plan.profile()) {
          case Profile.Open open -> open.segments().stream().mapToDouble(s -> s.seconds()).sum();
          case Profile.Closed closed -> closed.duration().toSeconds();
        };
    Cell all = new Cell();
    now.window().values().forEach(all::merge);
    double perSecond = now.windowSeconds() > 0 ? all.count() / now.windowSeconds() : 0;
    progress.at(
        total > 0 ? now.elapsedSeconds() / total : 1,
        "%.0f requests/s, p99 %.0f ms, %d errors, %d dropped"
            .formatted(perSecond, 1e3 * all.quantile(0.99).orElse(0), now.errors(), now.dropped()));
  }
}
