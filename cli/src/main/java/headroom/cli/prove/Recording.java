package headroom.cli.prove;

import headroom.cli.terminal.JsonText;
import headroom.cli.terminal.Terminal;
import headroom.cli.terminal.UserError;
import headroom.ingest.pipeline.IngestWorker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A folder with the telemetry that was predicted from and where the service broke afterwards, as
 * {@code score --recordings} reads it.
 */
public final class Recording implements AutoCloseable {
  private static final String TELEMETRY = "telemetry.pb.gz";

  /** A bound for those who watch for an hour; minutes are some megabytes. */
  private static final long MOST_BYTES = 1L << 30;

  private final Path folder;
  private final TelemetryTape tape;

  private Recording(Path folder, TelemetryTape tape) {
    this.folder = folder;
    this.tape = tape;
  }

  /**
   * Begins one.
   *
   * @param worker who takes the telemetry
   */
  public static Recording in(Path folder, IngestWorker worker) {
    try {
      Files.createDirectories(folder);
      return new Recording(folder, TelemetryTape.to(folder.resolve(TELEMETRY), MOST_BYTES, worker));
    } catch (IOException e) {
      throw new UserError(
          "cannot write into %s: %s".formatted(folder, e.getMessage()), "Choose another folder.");
    }
  }

  /** Stands between the server and the worker. */
  public IngestWorker worker() {
    return tape;
  }

  /** Is told from when to when. */
  public Tape tape() {
    return tape;
  }

  /** Writes the truth beside the telemetry. */
  public void keepTruth(ProofResult result, String note, Terminal terminal) throws IOException {
    tape.close();
    Files.writeString(
        folder.resolve("truth.json"),
        JsonText.pretty(ProofJson.truth(result, note)) + System.lineSeparator());
    String problem = tape.problem();
    Path file = folder.resolve(TELEMETRY);
    terminal.say(
        "recorded: %,d bytes in %s%s",
        Files.size(file), file, problem == null ? "" : "; " + problem);
  }

  @Override
  public void close() throws IOException {
    tape.close();
  }
}
