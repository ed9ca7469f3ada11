package wallet;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** How the service is run. The defaults are the flawed service that everybody was content with. */
final class Knobs {
  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "HTTP port on the loopback interface; 0 picks a free one (default: 8090)")
  int port = 8090;

  @Option(
      names = "--jdbc-url",
      paramLabel = "URL",
      description = "PostgreSQL to use; without it an embedded one is started")
  @Nullable String jdbcUrl;

  @Option(
      names = "--database-distance",
      paramLabel = "TIME",
      description =
          "one-way network time to the embedded database, as to another availability zone"
              + " (default: 0; with --jdbc-url give it to the database command)")
  Duration databaseDistance = Duration.ZERO;

  @Option(
      names = "--pool-size",
      paramLabel = "N",
      description = "connections in the pool 'ledger' (default: ${DEFAULT-VALUE})",
      defaultValue = "5")
  int poolSize;

  @Option(
      names = "--reporting",
      paramLabel = "sync|async",
      description =
          "sync: every exchange writes its reporting and accounting rows before it commits;"
              + " async: a background worker does, in batches, on its own pool (default: sync)")
  Reporting reporting = Reporting.SYNC;

  @Option(
      names = "--index",
      paramLabel = "on|off",
      description =
          "index of exchanges by customer; off: history scans the growing table (default: on)")
  Toggle index = Toggle.ON;

  @Option(
      names = "--cache-ttl",
      paramLabel = "TIME",
      description =
          "how long rates and balances are cached; with 0 every exchange asks the rate provider"
              + " while it holds its connection (default: 30s)")
  Duration cacheTtl = Duration.ofSeconds(30);

  @Option(
      names = "--retries",
      paramLabel = "naive|budgeted",
      description =
          "naive: a failed partner call is repeated at once, up to 3 times; budgeted: once, after a"
              + " random pause, and at most one retry per ten calls (default: naive)")
  Retries retries = Retries.NAIVE;

  @Option(
      names = "--batch",
      paramLabel = "on|off",
      description =
          "interest for all accounts, one by one in one transaction on the customers' pool"
              + " (default: off)")
  Toggle batch = Toggle.OFF;

  @Option(
      names = "--batch-every",
      paramLabel = "TIME",
      description = "time from one start of the batch to the next (default: 60s)")
  Duration batchEvery = Duration.ofSeconds(60);

  @Option(
      names = "--partner-errors",
      paramLabel = "SHARE",
      description =
          "share of calls that the rate provider and notification gateway fail, 0..1 (default: 0.01)")
  double partnerErrors = 0.01;

  @Option(
      names = "--partner-time",
      paramLabel = "TIME",
      description = "time the rate provider and notification gateway take (default: 20ms)")
  Duration partnerTime = Duration.ofMillis(20);

  @Option(
      names = "--partner-capacity",
      paramLabel = "N",
      description =
          "calls that the partners serve at once, the others wait, also those that were given up;"
              + " 0 for any number (default: 0)")
  int partnerCapacity;

  @Option(
      names = "--http-threads",
      paramLabel = "N",
      description = "most HTTP requests served at once (default: 200)")
  int httpThreads = 200;

  @Option(
      names = "--users",
      paramLabel = "N",
      description = "seeded accounts user-1 to user-N, each with PIN 1234 (default: 2000)")
  int users = 2_000;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "seed of the accounts' contents and of the partner's failures (default: 1)")
  long seed = 1;

  @Option(
      names = "--exit-with-parent",
      description = "stop when standard input closes, as it does when the parent process ends")
  boolean exitWithParent;

  enum Reporting {
    SYNC,
    ASYNC;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  enum Toggle {
    ON,
    OFF;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  enum Retries {
    NAIVE,
    BUDGETED;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Knobs from arguments as on the command line; throws when one is unusable. */
  static Knobs parse(String... arguments) {
    var command = new ServiceCommand();
    Main.withConverters(new CommandLine(command)).parseArgs(arguments);
    var problems = command.knobs.problems();
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", problems));
    }
    return command.knobs;
  }

  /** Everything that is wrong with the values; empty when they can be used. */
  List<String> problems() {
    var problems = new ArrayList<String>();
    check(problems, port >= 0 && port <= 65_535, "--port must be 0..65535, got " + port);
    check(
        problems, poolSize >= 1 && poolSize <= 200, "--pool-size must be 1..200, got " + poolSize);
    check(
        problems,
        partnerErrors >= 0 && partnerErrors <= 1,
        "--partner-errors must be 0..1, got " + partnerErrors);
    check(
        problems,
        partnerCapacity >= 0 && partnerCapacity <= 1_000,
        "--partner-capacity must be 0..1000, got " + partnerCapacity);
    check(
        problems,
        httpThreads >= 1 && httpThreads <= 2_000,
        "--http-threads must be 1..2000, got " + httpThreads);
    check(problems, users >= 1 && users <= 1_000_000, "--users must be 1..1000000, got " + users);
    check(problems, batchEvery.toMillis() >= 1, "--batch-every must be at least 1ms");
    check(
        problems,
        jdbcUrl == null || databaseDistance.isZero(),
        "--database-distance is for the embedded database, not for --jdbc-url");
    return problems;
  }

  private static void check(List<String> problems, boolean holds, String problem) {
    if (!holds) {
      problems.add(problem);
    }
  }
}
