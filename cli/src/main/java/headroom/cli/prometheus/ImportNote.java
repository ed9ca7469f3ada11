package headroom.cli.prometheus;

import headroom.cli.terminal.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Optional;
import java.util.Properties;

/**
 * The note beside the data that says how far an import from a Prometheus has come, so that one that
 * was stopped goes on from there. While a chunk is being stored the note names its end too: whoever
 * finds it so cannot know how much of the chunk was stored, and leaves the rest of it out rather
 * than count an hour twice.
 */
public final class ImportNote {
  private static final String NAME = "prometheus-import.properties";

  private final Path file;
  private final String source;
  private final Properties properties = new Properties();

  /**
   * @param source what is imported: another address or selector is another import
   */
  public ImportNote(Path folder, String source) {
    this.file = folder.resolve(NAME);
    this.source = source;
    if (Files.isRegularFile(file)) {
      try (InputStream in = Files.newInputStream(file)) {
        properties.load(in);
      } catch (IOException | IllegalArgumentException e) {
        throw new UserError(
            "cannot read " + file + ": " + e.getMessage(), "Remove it to begin anew.");
      }
    }
  }

  /** Up to when all is stored that is going to be; empty before the first chunk. */
  public Optional<Instant> reached() {
    Optional<Instant> storing = instant("storing");
    return storing.isPresent() ? storing : instant("reached");
  }

  /** Whether the last import was stopped while it stored. */
  boolean wasInterrupted() {
    return instant("storing").isPresent();
  }

  void storing(Instant end) {
    properties.setProperty(source + ".storing", end.toString());
    write();
  }

  void stored(Instant end) {
    properties.remove(source + ".storing");
    properties.setProperty(source + ".reached", end.toString());
    write();
  }

  private Optional<Instant> instant(String what) {
    return Optional.ofNullable(properties.getProperty(source + "." + what)).map(Instant::parse);
  }

  private void write() {
    try {
      Path next = file.resolveSibling(NAME + ".new");
      try (OutputStream out = Files.newOutputStream(next)) {
        properties.store(out, "how far imports from Prometheus have come");
      }
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UserError("cannot write " + file + ": " + e.getMessage(), "Choose --data DIR.");
    }
  }
}
