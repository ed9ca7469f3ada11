package headroom.load.engine;

import headroom.load.result.Hook;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The commands of a run: each on a thread of its own, ended when it takes too long, remembered with
 * what came of it.
 */
final class Hooks implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Hooks.class);

  /** Of a command's output only the end is kept. */
  private static final int KEPT_BYTES = 2_000;

  private final List<Hook> done = new ArrayList<>();
  private final List<Process> running = new ArrayList<>();
  private final List<CompletableFuture<Void>> pending = new ArrayList<>();

  /** Runs a command and returns at once. */
  synchronized void run(List<String> arguments, Duration timeout, double atSeconds) {
    var over = new CompletableFuture<Void>();
    pending.add(over);
    Thread.ofPlatform()
        .daemon()
        .name("hook")
        .start(() -> {
          var hook = new Hook(String.join(" ", arguments), atSeconds, failure(arguments, timeout));
          hook.failure().ifPresent(why -> log.warn("{}: {}", hook.command(), why));
          synchronized (this) {
            done.add(hook);
          }
          over.complete(null);
        });
  }

  private Optional<String> failure(List<String> arguments, Duration timeout) {
    Process process;
    try {
      process = new ProcessBuilder(arguments).redirectErrorStream(true).start();
    } catch (IOException e) {
      return Optional.of("could not be run: " + e.getMessage());
    }
    synchronized (this) {
      running.add(process);
    }
    try {
      process.getOutputStream().close();
      CompletableFuture<String> output =
          CompletableFuture.supplyAsync(() -> end(process.getInputStream()), Hooks::onThread);
      if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        return Optional.of("took longer than %d ms".formatted(timeout.toMillis()));
      }
      return process.exitValue() == 0
          ? Optional.empty()
          : Optional.of("exit code %d: %s".formatted(process.exitValue(), printed(output)));
    } catch (IOException e) {
      return Optional.of("could not be talked to: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of("interrupted");
    } finally {
      synchronized (this) {
        running.remove(process);
      }
    }
  }

  private static void onThread(Runnable task) {
    Thread.ofPlatform().daemon().name("hook-output").start(task);
  }

  /** What it printed; a child that keeps the output open is not waited for. */
  private static String printed(CompletableFuture<String> output) throws InterruptedException {
    try {
      return output.get(1, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      return "(its output could not be read)";
    }
  }

  private static String end(InputStream output) {
    byte[] kept = new byte[0];
    byte[] buffer = new byte[KEPT_BYTES];
    try {
      for (int read = output.read(buffer); read >= 0; read = output.read(buffer)) {
        byte[] both = java.util.Arrays.copyOf(kept, kept.length + read);
        System.arraycopy(buffer, 0, both, kept.length, read);
        int from = Math.max(0, both.length - KEPT_BYTES);
        kept = java.util.Arrays.copyOfRange(both, from, both.length);
      }
    } catch (IOException e) {
      // The process is gone; what was read so far is what there is.
    }
    return new String(kept, StandardCharsets.UTF_8).strip();
  }

  /** What came of those that are over, after waiting a little for the others. */
  List<Hook> outcomes(Duration patience) {
    List<CompletableFuture<Void>> open;
    synchronized (this) {
      open = List.copyOf(pending);
    }
    var all = CompletableFuture.allOf(open.toArray(CompletableFuture<?>[]::new));
    try {
      all.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      log.warn("a command of the plan was still running at the end of the run");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    synchronized (this) {
      return done.stream().sorted(java.util.Comparator.comparingDouble(Hook::atSeconds)).toList();
    }
  }

  @Override
  public synchronized void close() {
    for (Process process : running) {
      process.descendants().forEach(ProcessHandle::destroy);
      process.destroy();
    }
  }
}
