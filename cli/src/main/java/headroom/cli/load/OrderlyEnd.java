package headroom.cli.load;

import headroom.cli.terminal.Terminal;
import headroom.load.engine.LoadRun;
import java.time.Duration;

/** Ends a load test when the user asks for it: in order, but not for long. */
final class OrderlyEnd {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final LoadRun run;
  private final Terminal terminal;

  OrderlyEnd(LoadRun run, Terminal terminal) {
    this.run = run;
    this.terminal = terminal;
  }

  /** Starts no more users; requests under way have a few seconds to come to their end. */
  void ask() {
    terminal.say(
        "interrupted: waiting up to %d s for requests under way; Ctrl-C again leaves at once",
        PATIENCE.toSeconds());
    run.stop("interrupted");
    var patience = new Thread(this::closeWhenLate, "orderly-end");
    patience.setDaemon(true);
    patience.start();
  }

  private void closeWhenLate() {
    try {
      if (run.await(PATIENCE) == null) {
        run.close();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
