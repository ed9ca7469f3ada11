package wallet;

import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;

/** The entry point: {@code wallet} runs the service, {@code wallet database} its database. */
public final class Main {
  // Held on to: the logging library forgets the level of a logger that nobody references.
  private static final Logger ROOT_LOGGER = Logger.getLogger("");

  private Main() {}

  public static void main(String[] arguments) {
    ROOT_LOGGER.setLevel(Level.WARNING);
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return withConverters(new CommandLine(new ServiceCommand()))
        .addSubcommand(withConverters(new CommandLine(new DatabaseCommand())));
  }

  static CommandLine withConverters(CommandLine commandLine) {
    return commandLine
        .registerConverter(Duration.class, Durations::parse)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler((failure, line, parsed) -> {
          line.getErr().println("wallet: " + failure.getMessage());
          return CommandLine.ExitCode.SOFTWARE;
        });
  }
}
