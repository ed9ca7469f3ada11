package headroom.cli;

import headroom.cli.answer.ActionsCommand;
import headroom.cli.answer.FindingsCommand;
import headroom.cli.answer.LedgerCommand;
import headroom.cli.answer.QueryCommand;
import headroom.cli.answer.WallsCommand;
import headroom.cli.demo.DemoCommand;
import headroom.cli.exam.ScoreCommand;
import headroom.cli.exam.SimulateCommand;
import headroom.cli.load.CompareCommand;
import headroom.cli.load.PlanCommand;
import headroom.cli.load.TestCommand;
import headroom.cli.process.Logging;
import headroom.cli.process.Stop;
import headroom.cli.prove.ProveCommand;
import headroom.cli.serve.ImportCommand;
import headroom.cli.serve.ServeCommand;
import headroom.cli.terminal.ExitCode;
import headroom.cli.terminal.Terminal;
import headroom.cli.terminal.UserError;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The entry: parses the command line, runs the command, and turns what goes wrong into words. */
@Command(
    name = "headroom",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "How much growth this system can take, what breaks first, and when.",
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nFirst steps:%n",
    footer = {
      "  headroom demo                  watch a real service, predict its wall, then reach it",
      "  headroom prove PLAN.yaml       the same with your own service",
      "  headroom serve                 take telemetry on 4317 and 4318, show pages on 8080",
      "  headroom walls --json          the walls, for machines",
      "",
      "Exit codes: 0 fine, 1 the answer is no, 2 it could not be asked."
    })
public final class Main implements Runnable {
  @Spec private CommandSpec spec;

  private Main() {}

  /** Runs the command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    Stop.install();
    int code = run(Terminal.ofProcess(), arguments);
    Stop.done();
    System.exit(code);
  }

  /** Runs the command and returns its exit code. */
  static int run(Terminal terminal, String... arguments) {
    Logging.quiet();
    try {
      return commandLine(terminal, arguments).execute(arguments);
    } catch (OutOfMemoryError | LinkageError e) {
      return explain(terminal, "headroom", e);
    }
  }

  /**
   * The commands by name, in the order in which help lists them. None is loaded before it is made:
   * a reference to a constructor would load its class here, and with it what that class is made of.
   */
  @SuppressWarnings("UnnecessaryLambda")
  private static Map<String, Function<Terminal, Object>> commands() {
    var commands = new LinkedHashMap<String, Function<Terminal, Object>>();
    commands.put("demo", terminal -> new DemoCommand(terminal));
    commands.put("prove", terminal -> new ProveCommand(terminal));
    commands.put("serve", terminal -> new ServeCommand(terminal));
    commands.put("import", terminal -> new ImportCommand(terminal));
    commands.put("walls", terminal -> new WallsCommand(terminal));
    commands.put("ledger", terminal -> new LedgerCommand(terminal));
    commands.put("findings", terminal -> new FindingsCommand(terminal));
    commands.put("actions", terminal -> new ActionsCommand(terminal));
    commands.put("plan", terminal -> new PlanCommand(terminal));
    commands.put("test", terminal -> new TestCommand(terminal));
    commands.put("simulate", terminal -> new SimulateCommand(terminal));
    commands.put("score", terminal -> new ScoreCommand(terminal));
    commands.put("compare", terminal -> new CompareCommand(terminal));
    commands.put("query", terminal -> new QueryCommand(terminal));
    return commands;
  }

  /** All commands, or of them only the one that the arguments begin with: each takes its time. */
  static CommandLine commandLine(Terminal terminal, String... arguments) {
    var line = new CommandLine(new Main());
    Map<String, Function<Terminal, Object>> commands = commands();
    Function<Terminal, Object> named = arguments.length == 0 ? null : commands.get(arguments[0]);
    for (Function<Terminal, Object> command : named == null ? commands.values() : List.of(named)) {
      line.addSubcommand(command.apply(terminal));
    }
    line.setExecutionExceptionHandler((failure, command, parsed) -> {
      terminal.clearStatus();
      return explain(terminal, command.getCommandSpec().qualifiedName(), failure);
    });
    line.setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setUsageHelpAutoWidth(true);
    return line;
  }

  private static int explain(Terminal terminal, String command, Throwable failure) {
    if (failure instanceof InterruptedException) {
      return ExitCode.INTERRUPTED;
    }
    if (failure instanceof UserError) {
      terminal.say(command + ": " + failure.getMessage());
      return ExitCode.NOT_ASKED;
    }
    terminal.say(command + ": something went wrong that should not have: " + failure);
    if (System.getenv("HEADROOM_DEBUG") == null) {
      terminal.say("Set HEADROOM_DEBUG=1 and run it again to see where.");
    } else {
      failure.printStackTrace();
    }
    return ExitCode.NOT_ASKED;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }
}
