package headroom.cli.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A program of the demo in its own process. It ends with us: its standard input is a pipe that we
 * hold open, and it stops when the pipe closes, however we end.
 */
final class ChildProcess implements AutoCloseable {
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(10);

  private final String name;
  private final Process process;
  private final Path log;
  private final CompletableFuture<String> ready = new CompletableFuture<>();

  private ChildProcess(String name, Process process, Path log) {
    this.name = name;
    this.process = process;
    this.log = log;
  }

  /**
   * Starts a program and returns at once.
   *
   * @param log where all that it prints is kept
   * @param readyPrefix how the line begins that it prints when it is ready
   */
  static ChildProcess start(
      String name,
      List<String> command,
      Map<String, String> environment,
      Path log,
      String readyPrefix)
      throws IOException {
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    var child = new ChildProcess(name, builder.start(), log);
    Thread.ofVirtual().name(name + "-output").start(() -> child.readOutput(readyPrefix));
    return child;
  }

  private void readOutput(String readyPrefix) {
    try (BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        var writer = Files.newBufferedWriter(log)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        writer.write(line);
        writer.newLine();
        writer.flush();
        if (line.startsWith(readyPrefix)) {
          ready.complete(line.substring(readyPrefix.length()).strip());
        }
      }
      ready.completeExceptionally(new IOException(name + " ended before it was ready"));
    } catch (IOException e) {
      ready.completeExceptionally(e);
    }
  }

  /** Waits for the line that says it is ready; returns what follows the prefix. */
  String awaitReady(Duration patience) throws IOException, InterruptedException {
    try {
      return ready.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new IOException(
          e.getCause() + System.lineSeparator() + tail() + "All it said is in " + log, e);
    } catch (TimeoutException e) {
      throw new IOException(
          "%s was not ready within %d s; what it said is in %s"
              .formatted(name, patience.toSeconds(), log),
          e);
    }
  }

  private String tail() {
    try (var lines = Files.lines(log)) {
      List<String> all = lines.toList();
      return String.join(
              System.lineSeparator(), all.subList(Math.max(0, all.size() - 8), all.size()))
          + System.lineSeparator();
    } catch (IOException | UncheckedIOException e) {
      return "";
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  long pid() {
    return process.pid();
  }

  /** Asks the program to stop, waits a little, then insists. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
