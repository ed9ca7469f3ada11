package headroom.load.network;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Linux delays the timers of ordinary threads by up to 50 microseconds, to save power; a thread may
 * ask for less.
 *
 * <p>Source: proc_pid_timerslack_ns(5).
 */
final class TimerSlack {
  private TimerSlack() {}

  /** Asks for the least slack for the calling thread, where the system lets it. */
  static void minimise() {
    try {
      Path thread = Files.readSymbolicLink(Path.of("/proc/thread-self")).getFileName();
      Files.writeString(Path.of("/proc", String.valueOf(thread), "timerslack_ns"), "1");
    } catch (IOException | RuntimeException e) {
      // Not Linux, or not allowed: starts are some microseconds later, and the lag shows it.
      return;
    }
  }
}
