package headroom.cli.data;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that says where the data are. */
public final class DataFolder {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "folder of the data (default: $HEADROOM_DATA, else ~/.headroom)")
  private @Nullable Path given;

  /** Whether the user named a folder. */
  public boolean isGiven() {
    return given != null;
  }

  public Path path() {
    if (given != null) {
      return given;
    }
    String environment = System.getenv("HEADROOM_DATA");
    return environment == null || environment.isBlank()
        ? Path.of(System.getProperty("user.home"), ".headroom")
        : Path.of(environment);
  }

  public LocalStore open() {
    return LocalStore.open(path());
  }

  @Override
  public String toString() {
    return path().toString();
  }
}
