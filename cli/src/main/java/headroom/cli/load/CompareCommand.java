package headroom.cli.load;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import headroom.cli.terminal.ExitCode;
import headroom.cli.terminal.Terminal;
import headroom.cli.terminal.UserError;
import headroom.load.study.comparison.ResultComparison;
import headroom.load.study.comparison.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Two results of a test side by side. */
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Says what changed from one test to another, step by step, with the interval that holds the"
          + " change in 95 of 100 cases.",
      "Exit code 0: nothing became worse beyond chance; 1: something did; 2: the results cannot be"
          + " compared."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  headroom test plan.yaml --out before   # then deploy",
      "  headroom test plan.yaml --out after",
      "  headroom compare before after"
    })
public final class CompareCommand implements Callable<Integer> {
  private static final long SEED = 20_261_122L;

  private final Terminal terminal;

  @Parameters(index = "0", paramLabel = "BEFORE", description = "a result.json or its folder")
  private Path before = Path.of("");

  @Parameters(index = "1", paramLabel = "AFTER", description = "a result.json or its folder")
  private Path after = Path.of("");

  @Option(names = "--json", description = "print the comparison as JSON")
  private boolean json;

  public CompareCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Sample one = read(before);
    Sample other = read(after);
    ResultComparison comparison = ResultComparison.of(one, other, SEED);
    if (json) {
      terminal.result(json(comparison).toPrettyString());
    } else {
      ComparisonText.lines(comparison).forEach(terminal::result);
    }
    return comparison.isWorse() ? ExitCode.NO : ExitCode.OK;
  }

  private static Sample read(Path given) {
    Path file = Files.isDirectory(given) ? given.resolve("result.json") : given;
    try {
      Sample sample = Sample.read(Files.readString(file));
      if (!sample.valid()) {
        throw new UserError(
            file + " is of an invalid run: its figures say nothing about the target",
            "Its summary says why; run it again.");
      }
      return sample;
    } catch (NoSuchFileException e) {
      throw new UserError(
          "there is no file " + file, "Write one with: headroom test PLAN.yaml --out DIR");
    } catch (IOException e) {
      throw new UserError("cannot read " + file + ": " + e.getMessage(), "Is it a text file?");
    } catch (IllegalArgumentException e) {
      throw new UserError(
          file + ": " + e.getMessage(), "Give what `headroom test --out DIR` has written.");
    }
  }

  private static ObjectNode json(ResultComparison comparison) {
    ObjectNode document = new ObjectMapper().createObjectNode();
    document.put("worse", comparison.isWorse());
    ObjectNode steps = document.putObject("steps");
    for (ResultComparison.StepChange step : comparison.steps()) {
      ObjectNode changes = steps.putObject(step.step());
      for (ResultComparison.Change change : step.changes()) {
        ObjectNode one = changes.putObject(change.what());
        put(one, "before", change.before());
        put(one, "after", change.after());
        put(
            one,
            change.unit() == ResultComparison.Unit.SHARE ? "difference" : "ratio",
            change.change());
        put(one, "low", change.low());
        put(one, "high", change.high());
        one.put("direction", ComparisonText.word(change.direction()));
      }
    }
    ArrayNode onlyBefore = document.putArray("onlyBefore");
    comparison.onlyBefore().forEach(onlyBefore::add);
    ArrayNode onlyAfter = document.putArray("onlyAfter");
    comparison.onlyAfter().forEach(onlyAfter::add);
    return document;
  }

  private static void put(ObjectNode node, String name, OptionalDouble value) {
    value.ifPresentOrElse(v -> node.put(name, v), () -> node.putNull(name));
  }
}
