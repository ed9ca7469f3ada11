package headroom.cli.load;

import headroom.cli.terminal.Terminal;
import headroom.cli.terminal.UserError;
import headroom.plan.Plan;
import headroom.plan.read.PlanInputs;
import headroom.plan.read.PlanParser;
import headroom.plan.yaml.ProblemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options that say which plan, and what is changed in it. */
public final class PlanSource {
  @Parameters(paramLabel = "PLAN.yaml", description = "the plan; - reads it from standard input")
  private String plan = "";

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description =
          "replace a value of the plan, such as target=http://127.0.0.1:8090, objectives.p99=1s or"
              + " a variable; may be repeated")
  private List<String> settings = List.of();

  /** Reads the plan, from standard input when that was asked for. */
  public Plan read(Terminal terminal) {
    boolean piped = plan.equals("-");
    if (piped) {
      terminal.say("reading the plan from standard input");
    }
    Path folder = piped ? null : Path.of(plan).getParent();
    try {
      return PlanParser.parse(
          piped ? standardInput() : Files.readString(Path.of(plan)),
          PlanInputs.of(folder == null ? Path.of("") : folder).with(settings));
    } catch (NoSuchFileException e) {
      throw new UserError("there is no file " + plan, "Give the path of a plan, or - to pipe one.");
    } catch (IOException e) {
      throw new UserError("cannot read " + plan + ": " + e.getMessage(), "Is it a text file?");
    } catch (ProblemException e) {
      throw new UserError(
          "the plan cannot be used:" + System.lineSeparator() + e.getMessage(),
          "Mend " + (piped ? "it" : plan) + " and run it again.");
    }
  }

  private static String standardInput() throws IOException {
    return new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
  }
}
