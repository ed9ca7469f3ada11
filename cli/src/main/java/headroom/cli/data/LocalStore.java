package headroom.cli.data;

import headroom.cli.terminal.UserError;
import headroom.duckdb.DuckDbStore;
import headroom.duckdb.StoreUnavailableException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The store in a folder, and the note that a running server leaves there so that other commands
 * find it: while a server holds the folder, it is the one to ask.
 */
public final class LocalStore implements AutoCloseable {
  private static final String SERVER_NOTE = "server.url";

  private final Path folder;
  private final DuckDbStore rollups;
  private boolean announced;

  private LocalStore(Path folder, DuckDbStore rollups) {
    this.folder = folder;
    this.rollups = rollups;
  }

  public static LocalStore open(Path folder) {
    try {
      return new LocalStore(folder, DuckDbStore.open(folder));
    } catch (StoreUnavailableException e) {
      throw new UserError(
          String.valueOf(e.getMessage()), "Or choose another folder with --data DIR.");
    }
  }

  /** The server that holds this folder, null when none has left a note. */
  public static @Nullable URI serverOf(Path folder) {
    Path note = folder.resolve(SERVER_NOTE);
    try {
      return Files.isRegularFile(note) ? URI.create(Files.readString(note).strip()) : null;
    } catch (IOException | IllegalArgumentException e) {
      return null;
    }
  }

  /** Stops with advice when there is nothing in the folder to ask. */
  public static void requireData(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new UserError(
          "there is no data in " + folder,
          "Start `headroom serve` and send it telemetry, `headroom import FILE`, or name a folder"
              + " with --data DIR.");
    }
  }

  public DuckDbStore rollups() {
    return rollups;
  }

  /** Leaves the note that says where this folder's server is. */
  public void announce(String url) {
    try {
      Files.writeString(folder.resolve(SERVER_NOTE), url);
      announced = true;
    } catch (IOException e) {
      throw new UserError(
          "cannot write to " + folder + ": " + e.getMessage(), "Choose --data DIR.");
    }
  }

  @Override
  public void close() {
    if (announced) {
      try {
        Files.deleteIfExists(folder.resolve(SERVER_NOTE));
      } catch (IOException e) {
        // A note that stays behind is found out when the server it names does not answer.
        announced = true;
      }
    }
    rollups.close();
  }
}
