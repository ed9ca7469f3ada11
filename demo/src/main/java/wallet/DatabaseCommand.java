package wallet;

import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs PostgreSQL at a distance until it is told to stop. */
@Command(
    name = "database",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "A PostgreSQL of its own, as far away as --distance says; prints its JDBC URL.")
final class DatabaseCommand implements Callable<Integer> {
  @Option(
      names = "--distance",
      paramLabel = "TIME",
      description = "one-way network time, as to another availability zone (default: 3ms)")
  Duration distance = Duration.ofMillis(3);

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "port on the loopback interface; 0 picks a free one (default: 0)")
  int port;

  @Option(
      names = "--exit-with-parent",
      description = "stop when standard input closes, as it does when the parent process ends")
  boolean exitWithParent;

  @Override
  public Integer call() throws Exception {
    var database = Database.start(distance, port);
    return Lifetime.run("database ready: " + database.jdbcUrl(), database, exitWithParent);
  }
}
